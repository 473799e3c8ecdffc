import type { Given } from "./provider-session.ts";

/*
 * States of objects of the Administration API as other providers write them: the names of their attributes, and what they
 * write otherwise than this provider does. The values are made from an object of the tests.
 */

/** The shape of another provider's state. */
export interface ForeignShape {
  /** The end of its address. */
  readonly provider: string;
  /** The resource's type there. */
  readonly type: string;
  /** The resource's type here. */
  readonly target: string;
  /** Of its schema there; unset means 0. */
  readonly version?: number;
  /** The names of all its attributes. */
  readonly attributes: string;
  /** The values that are not those of this provider under the same name. */
  readonly as?: (own: Own) => Given;
  /** Arguments of this provider that it does not have: a configuration that comes from there has none of them. */
  readonly without?: readonly string[];
}

/** A state of this provider's, as JSON has it. */
// biome-ignore lint/suspicious/noExplicitAny: a shape names what it takes, and a test fails where it is not there.
export type Own = Readonly<Record<string, any>>;

/** The state of a shape that an object of this provider's would have there. */
export function foreignFrom({ attributes, as, type }: ForeignShape, own: Own): Given {
  const odd = as?.(own) ?? {};
  return Object.fromEntries(
    attributes.split(" ").map((name) => {
      if (Object.hasOwn(odd, name)) return [name, odd[name]];
      if (!Object.hasOwn(own, name)) throw new Error(`${type} has ${name} from nowhere`);
      return [name, own[name]];
    }),
  );
}

const official = { provider: "openai/openai" };
const mkdev = { provider: "mkdev-me/openai" };
const jianyuan = { provider: "jianyuan/openai" };

const inProject = (own: Own) => ({ id: `${own.project_id}:${own.id}` });
const named = (own: Own) => ({ name: own.role_name });
const singleton = (own: Own) => ({ singleton_id: own.singleton_id ?? "organization" });
const enforced = (own: Own) => ({ enforcement: { status: own.enforcement_status } });
const notified = (own: Own) => ({
  notification_channel: {
    recipients: own.notification_channel_recipients,
    subject_prefix: own.notification_channel_subject_prefix,
    type: own.notification_channel_type,
  },
});

const limits =
  "batch_1_day_max_input_tokens max_audio_megabytes_per_1_minute max_images_per_1_minute max_requests_per_1_day " +
  "max_requests_per_1_minute max_tokens_per_1_minute project_id rate_limit_id";
const alert =
  "alert_id currency id interval notification_channel_recipients notification_channel_subject_prefix " +
  "notification_channel_type threshold_amount";

export const foreignShapes: readonly ForeignShape[] = [
  {
    ...mkdev,
    type: "openai_admin_api_key",
    target: "openai_admin_api_key",
    attributes: "api_key_value created_at expires_at id name object scopes",
    as: (own) => ({ api_key_value: own.value, object: "organization.admin_api_key", scopes: null }),
    without: ["expires_in_seconds"],
  },
  {
    ...jianyuan,
    type: "openai_admin_api_key",
    target: "openai_admin_api_key",
    attributes: "api_key created_at id name",
    as: (own) => ({ api_key: own.value }),
    without: ["expires_in_seconds"],
  },
  {
    ...official,
    type: "openai_certificate",
    target: "openai_certificate",
    attributes: "certificate certificate_id created_at expires_at id name valid_at",
  },
  {
    ...official,
    type: "openai_group",
    target: "openai_group",
    attributes: "created_at group_id group_type id is_scim_managed name",
  },
  {
    ...mkdev,
    type: "openai_group",
    target: "openai_group",
    attributes: "created_at id is_scim_managed name",
  },
  { ...jianyuan, type: "openai_group", target: "openai_group", attributes: "created_at id name" },
  { ...official, type: "openai_group_role", target: "openai_group_role", attributes: "group_id role_id" },
  {
    ...mkdev,
    type: "openai_organization_group_role",
    target: "openai_group_role",
    attributes: "group_id id role_id",
    as: (own) => ({ id: `${own.group_id}:${own.role_id}` }),
  },
  {
    ...jianyuan,
    type: "openai_group_role_assignment",
    target: "openai_group_role",
    attributes: "group_id role_id",
  },
  { ...official, type: "openai_group_user", target: "openai_group_user", attributes: "group_id user_id" },
  {
    ...mkdev,
    type: "openai_group_user",
    target: "openai_group_user",
    attributes: "email group_id id is_service_account user_id user_name",
    as: (own) => ({
      id: `${own.group_id}:${own.user_id}`,
      email: "ada@example.com",
      is_service_account: false,
      user_name: "Ada",
    }),
  },
  { ...jianyuan, type: "openai_group_user", target: "openai_group_user", attributes: "group_id user_id" },
  {
    ...official,
    type: "openai_invite",
    target: "openai_invite",
    attributes: "accepted_at created_at email expires_at id invite_id projects role status",
  },
  {
    ...mkdev,
    type: "openai_invite",
    target: "openai_invite",
    attributes: "created_at email expires_at id invite_id projects role status",
    // Blocks, of which there may be none.
    as: (own) => ({ projects: own.projects ?? [] }),
  },
  {
    ...jianyuan,
    type: "openai_invite",
    target: "openai_invite",
    attributes: "accepted_at created_at email expires_at id role status",
    without: ["projects"],
  },
  {
    ...official,
    type: "openai_organization_data_retention",
    target: "openai_organization_data_retention",
    attributes: "object singleton_id type",
    as: singleton,
  },
  {
    ...jianyuan,
    type: "openai_data_retention",
    target: "openai_organization_data_retention",
    attributes: "type",
  },
  {
    ...official,
    type: "openai_organization_spend_alert",
    target: "openai_organization_spend_alert",
    attributes: alert,
  },
  {
    ...jianyuan,
    type: "openai_spend_alert",
    target: "openai_organization_spend_alert",
    attributes: "currency id interval notification_channel threshold_amount",
    as: notified,
  },
  {
    ...official,
    type: "openai_organization_spend_limit",
    target: "openai_organization_spend_limit",
    attributes: "currency enforcement_status interval object singleton_id threshold_amount",
    as: singleton,
  },
  {
    ...jianyuan,
    type: "openai_spend_limit",
    target: "openai_organization_spend_limit",
    attributes: "currency enforcement interval threshold_amount",
    as: enforced,
  },
  {
    ...official,
    type: "openai_organization_user",
    target: "openai_organization_user",
    attributes:
      "added_at api_key_last_used_at created developer_persona email id is_default is_scale_tier_authorized_purchaser " +
      "is_scim_managed is_service_account name role technical_level user_id",
  },
  {
    ...mkdev,
    type: "openai_organization_user",
    target: "openai_organization_user",
    attributes: "added_at email id name role user_id",
  },
  {
    ...jianyuan,
    type: "openai_user_role",
    target: "openai_organization_user",
    attributes: "role user_id",
  },
  {
    ...official,
    type: "openai_project",
    target: "openai_project",
    attributes: "archived_at created_at external_key_id geography id name project_id status",
    without: ["deletion_protection"],
  },
  {
    ...mkdev,
    type: "openai_project",
    target: "openai_project",
    attributes: "archived_at created_at id name status",
    // Texts there.
    as: () => ({ created_at: "2026-11-26T12:00:00Z", archived_at: null }),
    without: ["deletion_protection", "external_key_id"],
  },
  {
    ...jianyuan,
    type: "openai_project",
    target: "openai_project",
    attributes: "archived_at created_at external_key_id geography id name status",
    without: ["deletion_protection"],
  },
  {
    ...official,
    type: "openai_project_data_retention",
    target: "openai_project_data_retention",
    attributes: "object project_id type",
  },
  {
    ...official,
    type: "openai_project_group",
    target: "openai_project_group",
    attributes: "created_at group_id group_name group_type project_id role",
  },
  {
    ...mkdev,
    type: "openai_project_group",
    target: "openai_project_group",
    attributes: "created_at group_id group_name id project_id role_ids",
    as: (own) => ({ id: `${own.project_id}:${own.group_id}`, role_ids: [own.role] }),
  },
  {
    ...official,
    type: "openai_project_group_role",
    target: "openai_project_group_role",
    attributes: "group_id project_id role_id",
  },
  {
    ...jianyuan,
    type: "openai_project_group_role_assignment",
    target: "openai_project_group_role",
    attributes: "group_id project_id role_id",
  },
  {
    ...official,
    type: "openai_project_hosted_tool_permissions",
    target: "openai_project_hosted_tool_permissions",
    attributes:
      "code_interpreter_enabled file_search_enabled image_generation_enabled mcp_enabled project_id web_search_enabled",
  },
  {
    ...official,
    type: "openai_project_model_permissions",
    target: "openai_project_model_permissions",
    attributes: "mode model_ids object project_id",
  },
  {
    ...jianyuan,
    type: "openai_project_model_permissions",
    target: "openai_project_model_permissions",
    attributes: "mode model_ids project_id",
    // A set there.
    as: (own) => ({ model_ids: [...(own.model_ids ?? [])].sort() }),
  },
  {
    ...official,
    type: "openai_project_rate_limit",
    target: "openai_project_rate_limit",
    attributes: `${limits} id model`,
  },
  {
    ...mkdev,
    type: "openai_rate_limit",
    target: "openai_project_rate_limit",
    attributes:
      "batch_1_day_max_input_tokens id max_audio_megabytes_per_1_minute max_images_per_minute max_requests_per_1_day " +
      "max_requests_per_minute max_tokens_per_minute model project_id rate_limit_id",
    as: (own) => ({
      id: own.rate_limit_id,
      max_images_per_minute: own.max_images_per_1_minute,
      max_requests_per_minute: own.max_requests_per_1_minute,
      max_tokens_per_minute: own.max_tokens_per_1_minute,
    }),
  },
  {
    ...jianyuan,
    type: "openai_project_rate_limit",
    target: "openai_project_rate_limit",
    attributes: limits,
  },
  {
    ...official,
    type: "openai_project_role",
    target: "openai_project_role",
    attributes: "description id permissions predefined_role project_id resource_type role_id role_name",
  },
  {
    ...mkdev,
    type: "openai_project_role",
    target: "openai_project_role",
    attributes: "description id name permissions predefined_role project_id resource_type",
    as: (own) => ({ ...named(own), ...inProject(own) }),
  },
  {
    ...jianyuan,
    type: "openai_project_role",
    target: "openai_project_role",
    attributes: "description id name permissions project_id",
    as: (own) => ({ ...named(own), permissions: [...own.permissions].sort() }),
  },
  {
    ...official,
    type: "openai_project_service_account",
    target: "openai_project_service_account",
    attributes: "created_at id name project_id service_account_id",
  },
  {
    ...mkdev,
    type: "openai_project_service_account",
    target: "openai_project_service_account",
    attributes: "api_key_id api_key_value created_at id name project_id role service_account_id",
    as: (own) => ({ ...inProject(own), api_key_id: "key_theirs", api_key_value: "sk-svcacct-theirs" }),
  },
  {
    ...jianyuan,
    type: "openai_project_service_account",
    target: "openai_project_service_account",
    attributes: "api_key api_key_id created_at id name project_id role",
    as: () => ({ api_key_id: "key_theirs", api_key: "sk-svcacct-theirs" }),
  },
  {
    ...official,
    type: "openai_project_spend_alert",
    target: "openai_project_spend_alert",
    attributes: `${alert} project_id`,
  },
  {
    ...jianyuan,
    type: "openai_project_spend_alert",
    target: "openai_project_spend_alert",
    attributes: "currency id interval notification_channel project_id threshold_amount",
    as: notified,
  },
  {
    ...official,
    type: "openai_project_spend_limit",
    target: "openai_project_spend_limit",
    attributes: "currency enforcement_status interval object project_id threshold_amount",
  },
  {
    ...jianyuan,
    type: "openai_project_spend_limit",
    target: "openai_project_spend_limit",
    attributes: "currency enforcement interval project_id threshold_amount",
    as: enforced,
  },
  {
    ...official,
    type: "openai_project_user",
    target: "openai_project_user",
    attributes: "added_at email name project_id role user_id",
  },
  {
    ...mkdev,
    type: "openai_project_user",
    target: "openai_project_user",
    version: 1,
    attributes: "added_at email id project_id role_ids user_id",
    as: (own) => ({ ...inProject(own), role_ids: ["role_1"] }),
  },
  {
    ...jianyuan,
    type: "openai_project_user",
    target: "openai_project_user",
    attributes: "project_id role user_id",
  },
  {
    ...official,
    type: "openai_project_user_role",
    target: "openai_project_user_role",
    attributes: "description name permissions predefined_role project_id resource_type role_id user_id",
  },
  {
    ...jianyuan,
    type: "openai_project_user_role_assignment",
    target: "openai_project_user_role",
    attributes: "project_id role_id user_id",
  },
  {
    ...official,
    type: "openai_role",
    target: "openai_role",
    attributes: "description id permissions predefined_role resource_type role_id role_name",
  },
  {
    ...mkdev,
    type: "openai_organization_role",
    target: "openai_role",
    attributes: "description id name permissions predefined_role resource_type",
    as: named,
  },
  {
    ...jianyuan,
    type: "openai_organization_role",
    target: "openai_role",
    attributes: "description id name permissions",
    as: (own) => ({ ...named(own), permissions: [...own.permissions].sort() }),
  },
  { ...official, type: "openai_user_role", target: "openai_user_role", attributes: "role_id user_id" },
  {
    ...mkdev,
    type: "openai_organization_user_role",
    target: "openai_user_role",
    attributes: "id role_id user_id",
    as: (own) => ({ id: `${own.user_id}:${own.role_id}` }),
  },
  {
    ...jianyuan,
    type: "openai_user_role_assignment",
    target: "openai_user_role",
    attributes: "role_id user_id",
  },
];
