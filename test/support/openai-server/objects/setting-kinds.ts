import organizationDataRetention from "../../samples/organization_data_retention.json";
import projectDataRetention from "../../samples/project_data_retention.json";
import projectHostedToolPermissions from "../../samples/project_hosted_tool_permissions.json";
import projectModelPermissions from "../../samples/project_model_permissions.json";
import projectServiceTierSettings from "../../samples/project_service_tier_settings.json";
import type { JsonObject } from "../json.ts";
import type { ObjectKind } from "./object-kind.ts";

/* Settings of the organization and of its projects: there is one of each. */

function setting(path: string, sample: JsonObject, missing: string, update: readonly string[]): ObjectKind {
  return { path, sample, id: { prefix: "" }, missing: { message: missing }, singleton: true, update };
}

const project = "organization/projects/{project_id}";
const noProject = "Project '{project_id}' not found.";
const retention = { renamed: { retention_type: "type" } } as const;

export const settingKinds: readonly ObjectKind[] = [
  {
    ...setting("organization/data_retention", organizationDataRetention, "Not found.", ["retention_type"]),
    ...retention,
  },
  {
    ...setting(`${project}/data_retention`, projectDataRetention, noProject, ["retention_type"]),
    ...retention,
  },
  setting(
    `${project}/hosted_tool_permissions`,
    projectHostedToolPermissions,
    noProject,
    Object.keys(projectHostedToolPermissions),
  ),
  setting(`${project}/service_tier_settings`, projectServiceTierSettings, noProject, [
    "default",
    "enabled_tiers",
  ]),
  {
    ...setting(
      `${project}/model_permissions`,
      projectModelPermissions,
      "Project '{project_id}' has no model permissions.",
      ["mode", "model_ids"],
    ),
    unset: { required: ["mode", "model_ids"] },
    delete: { object: "project.model_permissions.deleted" },
  },
];
