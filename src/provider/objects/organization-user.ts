import { list, notBlank, string, types } from "../../framework/index.ts";
import { flag, idAlias, text, timestamp } from "../api/arguments.ts";
import { apiObject } from "../api/object.ts";
import { wired } from "../api/wire.ts";
import { eachNotBlank, notEmpty } from "../argument-validators.ts";
import { knownRole, sameRole } from "./role-arguments.ts";

function setting(description: string) {
  return string({ optional: true, computed: true, validate: [notBlank()], description });
}

/** A user of the organization. */
export const organizationUser = apiObject({
  name: "openai_organization_user",
  noun: "organization user",
  subcategory: "Organization",
  key: "admin",
  path: "organization/users",
  id: "user-abc123",
  idAlias: "user_id",
  responseJson: true,
  readByList: "first",
  missing: ["the user left the organization"],
  attributes: {
    user_id: idAlias("The ID of the user, as `id` has it."),
    role: string({
      optional: true,
      computed: true,
      validate: [notBlank(), knownRole("owner", "reader")],
      equivalent: sameRole,
      description: "The role in the organization: `owner` or `reader`. Left out, it stays as it is.",
    }),
    developer_persona: setting("What kind of developer the user is. Left out, it stays as it is."),
    technical_level: setting("How technical the user is. Left out, it stays as it is."),
    name: text("The name of the user."),
    email: text("The email address of the user."),
    added_at: timestamp("of when the user was added"),
    created: timestamp("of when the user was created"),
    api_key_last_used_at: timestamp("of the last use of one of the user's API keys"),
    is_default: flag("Whether this is the organization's default user."),
    is_service_account: flag("Whether the user is a service account."),
    is_scale_tier_authorized_purchaser: flag("Whether the user may buy Scale Tier."),
    is_scim_managed: flag("Whether an identity provider manages the user, through SCIM."),
  },
  leftOut: {
    object: "it is always organization.user",
    projects: "openai_project_users reads who is in a project",
    role_id: "openai_user_role assigns roles",
    user: "its members are attributes",
  },
  resource: {
    description:
      "Keeps the role of a user of the organization. The API creates no users: an import takes one into state, and " +
      "`openai_invite` invites one. A destroy removes the user from the organization. The last owner, and the user whom the " +
      "admin key in use belongs to, are not removed: an error says so before anything is sent.",
    create: "import",
    madeBy: "openai_invite invites a user to the organization.",
    update: ["role", "developer_persona", "technical_level"],
    volatile: ["api_key_last_used_at"],
    answersUpdate: true,
    removal: {
      title: "User is removed from the organization",
      detail:
        "A destroy of an openai_organization_user removes the user from the organization, with access to all its projects.\n\n" +
        "To keep the user, take the resource out of the state instead: a removed block with destroy = false, or terraform " +
        "state rm.",
    },
    mayChange: async (request) => (await import("./user-checks.ts")).mayChangeUser(request),
  },
  dataSource: { argument: "user_id", description: "Reads a user of the organization." },
  list: {
    attribute: "users",
    displayName: "email",
    description: "Reads all users of the organization.",
    order: false,
    filters: {
      emails: wired(
        list(types.string, {
          optional: true,
          validate: [notEmpty(), eachNotBlank()],
          description: "Only users with these email addresses.",
        }),
        { member: "emails[]" },
      ),
    },
  },
});
