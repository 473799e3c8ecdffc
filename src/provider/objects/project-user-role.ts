import { idArgument } from "../api/arguments.ts";
import { apiObject } from "../api/object.ts";
import { assignedRole, assignmentLeftOut, plainRole, roleId } from "./role-arguments.ts";

/** A role of a project that a user has there. */
export const projectUserRole = apiObject({
  name: "openai_project_user_role",
  noun: "project user role",
  subcategory: "Projects",
  key: "admin",
  path: "projects/{project_id}/users/{user_id}/roles",
  id: "role_abc123",
  idArgument: "role_id",
  association: { answer: "role", plain: plainRole },
  responseJson: true,
  missing: ["the role was taken from the user", "the user left the project"],
  attributes: {
    project_id: idArgument("The ID of the project, for example `proj_abc123`."),
    user_id: idArgument("The ID of the user, for example `user-abc123`."),
    role_id: roleId("role_abc123"),
    ...assignedRole,
  },
  leftOut: assignmentLeftOut,
  resource: {
    description: "Assigns a role of a project to a user of the project.",
  },
  dataSource: { argument: "role_id", description: "Reads a role of a project that a user has there." },
  list: {
    attribute: "roles",
    displayName: "name",
    description: "Reads the roles of a project that a user has there.",
    leaveOut: ["project_id", "user_id", "role_id"],
  },
});
