import projectDataRetention from "../../samples/project_data_retention.json";
import projectGroup from "../../samples/project_group.json";
import projectGroupRole from "../../samples/project_group_role.json";
import projectHostedToolPermissions from "../../samples/project_hosted_tool_permissions.json";
import projectModelPermissions from "../../samples/project_model_permissions.json";
import projectRole from "../../samples/project_role.json";
import projectSpendAlert from "../../samples/project_spend_alert.json";
import projectUserRole from "../../samples/project_user_role.json";
import type { ObjectKind } from "./kinds.ts";
import { assigned, bareRole, bindRole, plainRole, roleAssignment } from "./organization-kinds.ts";

/* What belongs to a project of the organization. */

const inProject = { above: "organization/projects" } as const;
const alert = ["threshold_amount", "currency", "interval", "notification_channel"] as const;

export const projectKinds: readonly ObjectKind[] = [
  {
    path: "projects/{project_id}/roles",
    ...inProject,
    sample: projectRole,
    id: { prefix: "role_" },
    missing: { message: "Role with id '{id}' not found in project '{project_id}'." },
    create: {
      parameters: ["role_name", "description", "permissions"],
      required: ["role_name", "permissions"],
    },
    renamed: { role_name: "name" },
    update: ["role_name", "description", "permissions"],
    delete: { object: "role.deleted" },
    cursors: "next",
    created: bareRole,
  },
  {
    path: "projects/{project_id}/users/{user_id}/roles",
    ...inProject,
    sample: projectUserRole,
    ...roleAssignment,
    missing: { message: "Role with id '{id}' is not assigned to user '{user_id}'." },
    created: bindRole("project_id"),
    answers: assigned("user.role", "user"),
  },
  {
    path: "organization/projects/{project_id}/groups",
    sample: projectGroup,
    id: { parameter: "group_id" },
    missing: { message: "Group with id '{id}' has no access to project '{project_id}'." },
    create: { parameters: ["group_id", "role"], required: ["group_id", "role"] },
    delete: { object: "project.group.deleted" },
    cursors: "next",
    created(object) {
      object.group_id = object.id;
      delete object.id;
    },
    makes: ({ project_id, group_id }, { role }) => [
      {
        path: "projects/{project_id}/groups/{group_id}/roles",
        parents: { project_id: String(project_id), group_id: String(group_id) },
        members: { id: `${plainRole(String(role))}__project__${project_id}` },
      },
    ],
  },
  {
    path: "projects/{project_id}/groups/{group_id}/roles",
    ...inProject,
    sample: projectGroupRole,
    ...roleAssignment,
    missing: { message: "Role with id '{id}' is not assigned to group '{group_id}'." },
    created: bindRole("project_id"),
    answers: assigned("group.role", "group"),
  },
  {
    path: "organization/projects/{project_id}/data_retention",
    sample: projectDataRetention,
    id: { prefix: "" },
    missing: { message: "Project '{project_id}' not found." },
    singleton: true,
    renamed: { retention_type: "type" },
    update: ["retention_type"],
  },
  {
    path: "organization/projects/{project_id}/hosted_tool_permissions",
    sample: projectHostedToolPermissions,
    id: { prefix: "" },
    missing: { message: "Project '{project_id}' not found." },
    singleton: true,
    update: Object.keys(projectHostedToolPermissions),
  },
  {
    path: "organization/projects/{project_id}/model_permissions",
    sample: projectModelPermissions,
    id: { prefix: "" },
    missing: { message: "Project '{project_id}' has no model permissions." },
    singleton: true,
    unset: { required: ["mode", "model_ids"] },
    update: ["mode", "model_ids"],
    delete: { object: "project.model_permissions.deleted" },
  },
  {
    path: "organization/projects/{project_id}/spend_alerts",
    sample: projectSpendAlert,
    id: { prefix: "alert_" },
    missing: { message: "Spend alert with id '{id}' not found in project '{project_id}'." },
    create: { parameters: alert, required: alert },
    wholeUpdate: true,
    update: alert,
    delete: { object: "project.spend_alert.deleted" },
  },
];
