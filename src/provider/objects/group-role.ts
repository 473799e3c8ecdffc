import { idArgument } from "../api/arguments.ts";
import { apiObject } from "../api/object.ts";
import { assignedRole, assignmentLeftOut, plainRole, roleId } from "./role-arguments.ts";

/** A role of the organization that a group has. */
export const groupRole = apiObject({
  name: "openai_group_role",
  noun: "group role",
  subcategory: "Organization",
  key: "admin",
  path: "organization/groups/{group_id}/roles",
  id: "role_abc123",
  idArgument: "role_id",
  association: { answer: "role", plain: plainRole },
  responseJson: true,
  readByList: "first",
  missing: ["the role was taken from the group", "the group was deleted"],
  attributes: {
    group_id: idArgument("The ID of the group, for example `group_abc123`."),
    role_id: roleId("role_abc123"),
    ...assignedRole,
  },
  leftOut: assignmentLeftOut,
  resource: {
    description: "Assigns a role of the organization to a group.",
    leaveOut: ["name", "description", "permissions", "predefined_role", "resource_type"],
  },
  dataSource: { argument: "role_id", description: "Reads a role of the organization that a group has." },
  list: {
    attribute: "roles",
    displayName: "name",
    description: "Reads the roles of the organization that a group has.",
    leaveOut: ["group_id", "role_id"],
  },
});
