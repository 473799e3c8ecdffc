import { flag, idArgument, text } from "../api/arguments.ts";
import { apiObject } from "../api/object.ts";

/** A user in a group. */
export const groupUser = apiObject({
  name: "openai_group_user",
  noun: "group user",
  subcategory: "Organization",
  key: "admin",
  path: "organization/groups/{group_id}/users",
  id: "user-abc123",
  idArgument: "user_id",
  association: {},
  responseJson: true,
  readByList: "first",
  missing: ["the user was removed from the group", "the group was deleted"],
  attributes: {
    group_id: idArgument("The ID of the group, for example `group_abc123`."),
    user_id: idArgument("The ID of the user, for example `user-abc123`."),
    name: text("The name of the user."),
    email: text("The email address of the user; null where there is none."),
    is_service_account: flag("Whether the user is a service account."),
    user_type: text("`user`, or `tenant_user` of an identity provider's tenant."),
  },
  leftOut: { picture: "the address of a picture is of no use to a configuration" },
  resource: {
    description: "Keeps a user of the organization in a group.",
    leaveOut: ["name", "email", "is_service_account", "user_type"],
  },
  dataSource: { argument: "user_id", description: "Reads a user of a group." },
  list: {
    attribute: "users",
    displayName: "email",
    description: "Reads all users of a group.",
    leaveOut: ["group_id", "user_id"],
  },
});
