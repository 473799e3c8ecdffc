import { idArgument } from "../api/arguments.ts";
import { apiObject } from "../api/object.ts";
import { assignedRole, assignmentLeftOut, plainRole, roleId } from "./role-arguments.ts";

/** A role of the organization that a user has. */
export const userRole = apiObject({
  name: "openai_user_role",
  noun: "user role",
  subcategory: "Organization",
  key: "admin",
  path: "organization/users/{user_id}/roles",
  id: "role_abc123",
  idArgument: "role_id",
  association: { answer: "role", plain: plainRole },
  responseJson: true,
  readByList: "first",
  missing: ["the role was taken from the user", "the user left the organization"],
  attributes: {
    user_id: idArgument("The ID of the user, for example `user-abc123`."),
    role_id: roleId("role_abc123"),
    ...assignedRole,
  },
  leftOut: assignmentLeftOut,
  resource: {
    description: "Assigns a role of the organization to a user.",
    leaveOut: ["name", "description", "permissions", "predefined_role", "resource_type"],
  },
  dataSource: { argument: "role_id", description: "Reads a role of the organization that a user has." },
  list: {
    attribute: "roles",
    displayName: "name",
    description: "Reads the roles of the organization that a user has.",
    leaveOut: ["user_id", "role_id"],
  },
});
