import { nested, object, oneOf, string } from "../../framework/index.ts";
import { idAlias, idArgument, text, timestamp } from "../api/arguments.ts";
import { apiObject } from "../api/object.ts";

const owner = (whose: string) => ({
  id: text(`The ID of the ${whose}.`),
  name: text(`The name of the ${whose}.`),
  role: text(`The role of the ${whose} in the project.`),
  created_at: timestamp(`of when the ${whose} was created`),
});

/** A key of a project, without its value. */
export const projectApiKey = apiObject({
  name: "openai_project_api_key",
  noun: "project API key",
  subcategory: "Projects",
  key: "admin",
  path: "organization/projects/{project_id}/api_keys",
  id: "key_abc123",
  idAlias: "api_key_id",
  responseJson: true,
  missing: ["it was deleted", "its owner left the project", "the project was archived"],
  attributes: {
    project_id: idArgument("The ID of the project, for example `proj_abc123`."),
    api_key_id: idAlias("The ID of the key, as `id` has it."),
    name: text("The name of the key."),
    redacted_value: text("The ends of the key. The whole is reported by its creation alone."),
    created_at: timestamp("of its creation"),
    last_used_at: timestamp("of its last use; null where it was never used"),
    expires_at: timestamp("of its end; null where it has none"),
    owner_project_access: text("`active` or `inactive`: whether its owner has access to the project."),
    owner: object(
      nested({
        type: text("`user` or `service_account`."),
        user: object(nested({ ...owner("user"), email: text("The user's address.") }), {
          computed: true,
          description: "The user that it belongs to.",
        }),
        service_account: object(nested(owner("service account")), {
          computed: true,
          description: "The service account that it belongs to.",
        }),
      }),
      { computed: true, description: "Whose key it is." },
    ),
  },
  leftOut: { object: "it is always organization.project.api_key" },
  dataSource: {
    argument: "api_key_id",
    description: "Reads what the API reports of a key of a project: whose it is, its last use and its end.",
  },
  list: {
    attribute: "api_keys",
    displayName: "name",
    description: "Reads all keys of a project, without their values.",
    leaveOut: ["project_id"],
    order: false,
    filters: {
      owner_project_access: string({
        optional: true,
        validate: [oneOf("active", "inactive", "any")],
        description:
          "Only keys whose owner has access (`active`), has none (`inactive`), or `any`. Left out, the API leaves some keys out.",
      }),
    },
  },
});
