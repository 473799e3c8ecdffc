import { idArgument } from "../api/arguments.ts";
import { apiObject } from "../api/object.ts";
import { assignedRole, assignmentLeftOut, plainRole, roleId } from "./role-arguments.ts";

/** A role of a project that a group has there. */
export const projectGroupRole = apiObject({
  name: "openai_project_group_role",
  noun: "project group role",
  subcategory: "Projects",
  key: "admin",
  path: "projects/{project_id}/groups/{group_id}/roles",
  id: "role_abc123",
  idArgument: "role_id",
  association: { answer: "role", plain: plainRole },
  responseJson: true,
  missing: ["the role was taken from the group", "the group left the project"],
  attributes: {
    project_id: idArgument("The ID of the project, for example `proj_abc123`."),
    group_id: idArgument("The ID of the group, for example `group_abc123`."),
    role_id: roleId("role_abc123"),
    ...assignedRole,
  },
  leftOut: assignmentLeftOut,
  resource: {
    description: "Assigns a role of a project to a group of the project.",
    leaveOut: ["name", "description", "permissions", "predefined_role", "resource_type"],
  },
  dataSource: { argument: "role_id", description: "Reads a role of a project that a group has there." },
  list: {
    attribute: "roles",
    displayName: "name",
    description: "Reads the roles of a project that a group has there.",
    leaveOut: ["project_id", "group_id", "role_id"],
  },
});
