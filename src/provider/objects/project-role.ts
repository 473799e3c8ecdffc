import { idArgument } from "../api/arguments.ts";
import { apiObject } from "../api/object.ts";
import { roleAttributes, roleLeftOut } from "./role.ts";

/** A role of a project: permissions under a name, for its groups and users. */
export const projectRole = apiObject({
  name: "openai_project_role",
  noun: "project role",
  subcategory: "Projects",
  key: "admin",
  path: "projects/{project_id}/roles",
  id: "role_abc123",
  idAlias: "role_id",
  responseJson: true,
  readByList: "first",
  missing: ["the project was archived"],
  attributes: {
    project_id: idArgument("The ID of the project, for example `proj_abc123`."),
    ...roleAttributes,
  },
  leftOut: roleLeftOut,
  resource: {
    description:
      "Keeps a role of a project: permissions under a name, to be assigned to groups and users of the project.",
    update: ["role_name", "description", "permissions"],
    answersUpdate: true,
  },
  dataSource: { argument: "role_id", description: "Reads a role of a project." },
  list: {
    attribute: "roles",
    displayName: "role_name",
    description: "Reads all roles of a project, OpenAI's own included.",
    leaveOut: ["project_id"],
    rename: { role_name: "name" },
  },
});
