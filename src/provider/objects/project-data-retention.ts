import { idArgument, objectType } from "../api/arguments.ts";
import { apiObject } from "../api/object.ts";
import { retentionType } from "./data-retention-arguments.ts";

/** What is kept of a project's requests. */
export const projectDataRetention = apiObject({
  name: "openai_project_data_retention",
  noun: "project data retention",
  subcategory: "Projects",
  key: "admin",
  path: "organization/projects/{project_id}/data_retention",
  id: "proj_abc123",
  singleton: true,
  responseJson: true,
  missing: ["the project was archived"],
  attributes: {
    project_id: idArgument("The ID of the project, for example `proj_abc123`."),
    type: retentionType("organization_default"),
    object: objectType("project.data_retention"),
  },
  leftOut: { retention_type: "it is type" },
  resource: {
    description:
      "Sets what is kept of a project's requests and answers. A destroy sets it back to `organization_default`.",
    update: ["type"],
    answersUpdate: true,
    gone: { set: { retention_type: "organization_default" } },
  },
  dataSource: { description: "Reads what is kept of a project's requests and answers." },
});
