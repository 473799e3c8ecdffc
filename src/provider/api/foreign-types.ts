/** The types of other providers' resources that keep the same object, and what they call its attributes. */
export interface ForeignTypes {
  /** The types by the end of their provider's address. */
  readonly from: Readonly<Record<string, readonly string[]>>;
  /**
   * For an attribute that has another name there: its names, the first that has a value counts. A name with dots is one
   * within an object, or within a list of one.
   */
  readonly names?: Readonly<Record<string, readonly string[]>>;
  /** Keys that can be read nowhere again: one that finds no place here is lost with the other state. */
  readonly secrets?: readonly string[];
}

const mkdev = "mkdev-me/openai";
const official = "openai/openai";
const jianyuan = "jianyuan/openai";

/** Of an object that the providers have under the same type. */
const everywhere = (type: string) => ({ [official]: [type], [mkdev]: [type], [jianyuan]: [type] });
const officialAndMkdev = (type: string) => ({ [official]: [type], [mkdev]: [type] });
const officialAndJianyuan = (type: string) => ({ [official]: [type], [jianyuan]: [type] });

/** Where jianyuan/openai has an object that is flat here. */
const alert = {
  notification_channel_recipients: ["notification_channel.recipients"],
  notification_channel_subject_prefix: ["notification_channel.subject_prefix"],
  notification_channel_type: ["notification_channel.type"],
};
const enforcement = { enforcement_status: ["enforcement.status"] };
const role = { role_name: ["name"] };

/** By the names of this provider's resources. */
export const foreignTypes: Readonly<Record<string, ForeignTypes>> = {
  openai_chat_completion: {
    from: { [mkdev]: ["openai_chat_completion"] },
    names: { id: ["chat_completion_id"] },
  },
  openai_file: { from: { [mkdev]: ["openai_file"] }, names: { path: ["file"] } },
  openai_vector_store: { from: { [mkdev]: ["openai_vector_store"] } },
  openai_vector_store_file: { from: { [mkdev]: ["openai_vector_store_file"] } },
  openai_vector_store_file_batch: { from: { [mkdev]: ["openai_vector_store_file_batch"] } },
  openai_batch: { from: { [mkdev]: ["openai_batch"] } },
  openai_response: {
    // The second is that of its 1.x.
    from: { [mkdev]: ["openai_response", "openai_model_response"] },
    names: {
      conversation: ["conversation_id"],
      output_text: ["content", "output.text"],
      created_at: ["created"],
    },
  },

  openai_admin_api_key: {
    from: { [mkdev]: ["openai_admin_api_key"], [jianyuan]: ["openai_admin_api_key"] },
    names: { value: ["api_key_value", "api_key"] },
    secrets: ["api_key_value", "api_key"],
  },
  openai_certificate: { from: { [official]: ["openai_certificate"] } },
  openai_group: { from: everywhere("openai_group") },
  openai_group_role: {
    from: {
      [official]: ["openai_group_role"],
      [mkdev]: ["openai_organization_group_role"],
      [jianyuan]: ["openai_group_role_assignment"],
    },
  },
  openai_group_user: { from: everywhere("openai_group_user") },
  openai_invite: { from: everywhere("openai_invite") },
  openai_organization_data_retention: {
    from: { [official]: ["openai_organization_data_retention"], [jianyuan]: ["openai_data_retention"] },
  },
  openai_organization_spend_alert: {
    from: { [official]: ["openai_organization_spend_alert"], [jianyuan]: ["openai_spend_alert"] },
    names: alert,
  },
  openai_organization_spend_limit: {
    from: { [official]: ["openai_organization_spend_limit"], [jianyuan]: ["openai_spend_limit"] },
    names: enforcement,
  },
  openai_organization_user: {
    from: {
      [official]: ["openai_organization_user"],
      [mkdev]: ["openai_organization_user"],
      [jianyuan]: ["openai_user_role"],
    },
    names: { id: ["user_id"] },
  },
  openai_project: { from: everywhere("openai_project") },
  openai_project_data_retention: { from: { [official]: ["openai_project_data_retention"] } },
  // Of several, the configuration says which the group came with.
  openai_project_group: { from: officialAndMkdev("openai_project_group"), names: { role: ["role_ids"] } },
  openai_project_group_role: {
    from: {
      [official]: ["openai_project_group_role"],
      [jianyuan]: ["openai_project_group_role_assignment"],
    },
  },
  openai_project_hosted_tool_permissions: {
    from: { [official]: ["openai_project_hosted_tool_permissions"] },
  },
  openai_project_model_permissions: { from: officialAndJianyuan("openai_project_model_permissions") },
  openai_project_rate_limit: {
    from: {
      [official]: ["openai_project_rate_limit"],
      [mkdev]: ["openai_rate_limit"],
      [jianyuan]: ["openai_project_rate_limit"],
    },
    names: {
      max_requests_per_1_minute: ["max_requests_per_minute"],
      max_tokens_per_1_minute: ["max_tokens_per_minute"],
      max_images_per_1_minute: ["max_images_per_minute"],
    },
  },
  openai_project_role: { from: everywhere("openai_project_role"), names: role },
  openai_project_service_account: {
    from: everywhere("openai_project_service_account"),
    names: { api_key_value: ["api_key"] },
    secrets: ["api_key_value", "api_key"],
  },
  openai_project_spend_alert: { from: officialAndJianyuan("openai_project_spend_alert"), names: alert },
  openai_project_spend_limit: { from: officialAndJianyuan("openai_project_spend_limit"), names: enforcement },
  openai_project_user: { from: everywhere("openai_project_user") },
  openai_project_user_role: {
    from: { [official]: ["openai_project_user_role"], [jianyuan]: ["openai_project_user_role_assignment"] },
  },
  openai_role: {
    from: {
      [official]: ["openai_role"],
      [mkdev]: ["openai_organization_role"],
      [jianyuan]: ["openai_organization_role"],
    },
    names: role,
  },
  openai_user_role: {
    from: {
      [official]: ["openai_user_role"],
      [mkdev]: ["openai_organization_user_role"],
      [jianyuan]: ["openai_user_role_assignment"],
    },
  },
};
