import { atLeastOneOf, notBlank, string } from "../../framework/index.ts";
import { idArgument, text, timestamp } from "../api/arguments.ts";
import { apiObject } from "../api/object.ts";
import { wired } from "../api/wire.ts";
import { pathSegmentValidator } from "../http-validators.ts";
import { emailAddress, sameAddress } from "./address.ts";
import { knownRole, sameRole } from "./role-arguments.ts";

/** A member of a project. */
export const projectUser = apiObject({
  name: "openai_project_user",
  noun: "project user",
  subcategory: "Projects",
  key: "admin",
  path: "organization/projects/{project_id}/users",
  id: "user-abc123",
  idArgument: "user_id",
  idAlias: "user_id",
  responseJson: true,
  readByList: "first",
  missing: ["the user was removed from the project", "the project was archived"],
  attributes: {
    project_id: idArgument("The ID of the project, for example `proj_abc123`."),
    user_id: wired(
      string({
        optional: true,
        computed: true,
        validate: [notBlank(), pathSegmentValidator()],
        description:
          "The ID of a user of the organization, for example `user-abc123`. Beside `email` it must name the same user.",
      }),
      { sentOnly: true },
    ),
    email: string({
      optional: true,
      computed: true,
      validate: [notBlank(), emailAddress()],
      equivalent: sameAddress,
      description: "The email address of a user of the organization, in place of `user_id`.",
    }),
    role: string({
      required: true,
      validate: [notBlank(), knownRole("owner", "member")],
      equivalent: sameRole,
      description: "`owner` or `member`.",
    }),
    name: text("The name of the user."),
    added_at: timestamp("of when the user was added"),
  },
  leftOut: { object: "it is always organization.project.user" },
  resource: {
    description:
      "Keeps a user of the organization in a project, with a role there. An owner of the project whom the admin key in use " +
      "belongs to is not removed: an error says so before anything is sent.",
    configValidators: [atLeastOneOf("user_id", "email")],
    update: ["role"],
    answersUpdate: true,
    prepare: async ({ plan, ...request }) =>
      (await (await import("./user-checks.ts")).nameOneUser(plan, request)) ? {} : undefined,
    mayChange: async (request) =>
      request.plan !== null ||
      !sameRole(request.state.role, "owner") ||
      (await import("./user-checks.ts")).mayRemoveUser("the project, which the user owns", request),
  },
  dataSource: {
    argument: "user_id",
    description: "Reads a user of a project: the role there, name and address.",
  },
  list: {
    attribute: "users",
    displayName: "email",
    description: "Reads all users of a project, with their roles there.",
    leaveOut: ["project_id"],
    order: false,
  },
});
