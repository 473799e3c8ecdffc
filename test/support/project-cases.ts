import type { ObjectCase } from "./object-cases.ts";
import type { Kept } from "./provider-session.ts";

/* What the tests of all objects need to know of what belongs to a project. */

/** The project that each organization has from the start. */
const project_id = "proj_default";
const at = "organization/projects/{project_id}";

const belowProject = ({ state }: Kept) => `${state.project_id}/${state.id}`;

export const projectCases: readonly ObjectCase[] = [
  {
    name: "openai_project_role",
    path: "projects/{project_id}/roles",
    config: () => ({
      project_id,
      description: "Reads files",
      permissions: ["api.vector_stores.read", "api.files.read"],
      role_name: "Reviewer",
    }),
    change: { permissions: ["api.files.read"], description: null },
    drift: { member: "name", value: "renamed", attribute: "role_name" },
    importId: belowProject,
    readConfig: ({ state }) => ({ project_id, role_id: state.id }),
  },
  {
    name: "openai_project_user_role",
    path: "projects/{project_id}/users/{user_id}/roles",
    config: () => ({ project_id, user_id: "user-ada", role_id: "role_1" }),
    importId: ({ state }) => `${project_id}/${state.user_id}/${state.id}`,
    idIsKnown: true,
    foundAgain: true,
    readConfig: ({ state }) => ({ project_id, user_id: state.user_id, role_id: state.role_id }),
  },
  {
    name: "openai_project_group",
    path: `${at}/groups`,
    config: () => ({ project_id, group_id: "group_1", role: "role_1" }),
    foundAgain: true,
    importId: belowProject,
    idIsKnown: true,
    readConfig: ({ state }) => ({ project_id, group_id: state.group_id }),
  },
  {
    name: "openai_project_group_role",
    path: "projects/{project_id}/groups/{group_id}/roles",
    config: () => ({ project_id, group_id: "group_1", role_id: "role_1" }),
    importId: ({ state }) => `${project_id}/${state.group_id}/${state.id}`,
    idIsKnown: true,
    foundAgain: true,
    readConfig: ({ state }) => ({ project_id, group_id: state.group_id, role_id: state.role_id }),
  },
  {
    name: "openai_project_data_retention",
    path: `${at}/data_retention`,
    config: () => ({ project_id, type: "none" }),
    change: { type: "zero_data_retention" },
    drift: { member: "type", value: "modified_abuse_monitoring", attribute: "type" },
    importId: () => project_id,
    idIsKnown: true,
    left: { type: "organization_default" },
    alwaysThere: true,
    sentAs: { type: "retention_type" },
    readConfig: () => ({ project_id }),
  },
  {
    name: "openai_project_hosted_tool_permissions",
    path: `${at}/hosted_tool_permissions`,
    config: () => ({
      project_id,
      code_interpreter_enabled: true,
      file_search_enabled: false,
      image_generation_enabled: true,
      mcp_enabled: false,
      web_search_enabled: true,
    }),
    change: { mcp_enabled: true },
    drift: { member: "web_search", value: { enabled: false }, attribute: "web_search_enabled" },
    importId: () => project_id,
    idIsKnown: true,
    left: { file_search: { enabled: false } },
    alwaysThere: true,
    sentAs: { mcp_enabled: "mcp.enabled", web_search_enabled: "web_search.enabled" },
    readConfig: () => ({ project_id }),
  },
  {
    name: "openai_project_model_permissions",
    path: `${at}/model_permissions`,
    config: () => ({ project_id, mode: "allow_list", model_ids: ["gpt-5.6-sol"] }),
    change: { mode: "deny_list", model_ids: ["gpt-6-luna", "gpt-5.6-sol"] },
    drift: { member: "mode", value: "deny_list", attribute: "mode" },
    importId: () => project_id,
    idIsKnown: true,
    readConfig: () => ({ project_id }),
  },
  {
    name: "openai_project_spend_alert",
    path: `${at}/spend_alerts`,
    config: () => ({
      project_id,
      threshold_amount: 5000,
      currency: "USD",
      interval: "month",
      notification_channel_type: "email",
      notification_channel_recipients: ["costs@example.com"],
      notification_channel_subject_prefix: "[Website]",
    }),
    change: { threshold_amount: 7000, notification_channel_subject_prefix: null },
    drift: { member: "threshold_amount", value: 1, attribute: "threshold_amount" },
    importId: belowProject,
    sentAs: { notification_channel_subject_prefix: "notification_channel.subject_prefix" },
    readConfig: ({ state }) => ({ project_id, alert_id: state.id }),
  },
];
