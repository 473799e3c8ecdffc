import { integer, nested, object, oneOf, set, string, types } from "../../framework/index.ts";
import { idAlias, idArgument, isPast, text, timestamp } from "../api/arguments.ts";
import { apiObject } from "../api/object.ts";
import { wired } from "../api/wire.ts";
import { atLeast } from "../argument-validators.ts";
import { mayDeleteKey } from "./own-key.ts";

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
  readByList: "first",
  missing: ["its owner left the project", "the project was archived"],
  attributes: {
    project_id: idArgument("The ID of the project, for example `proj_abc123`."),
    api_key_id: idAlias("The ID of the key, as `id` has it."),
    scopes: wired(
      set(types.string, {
        optional: true,
        description:
          'What the key may do, for example `["api.model.request"]`, in place of what it might before. An empty set takes the ' +
          "limits away: it may do all that its owner may. Left out, they stay as they are; the API does not report them.",
      }),
      { sentOnly: true, updateOnly: true, stays: true },
    ),
    expires_in_seconds: wired(
      integer({
        optional: true,
        validate: [atLeast(1)],
        description:
          "After how many seconds the key expires, counted from the apply that sets it. Another number sets it anew. Left out, its " +
          "end stays as it is; the API does not take one away.",
      }),
      { sentOnly: true, updateOnly: true, stays: true },
    ),
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
  resource: {
    description:
      "Keeps what a key of a project may do, and when it ends. The API creates no such key: an import takes one into state, of a " +
      "user or a service account; `openai_project_service_account` makes one with `api_key`. A destroy deletes the key.\n\n" +
      "The value of the key is not part of it, and the key that the provider itself uses is not deleted. A key that has expired " +
      "can be deleted, and not changed.",
    create: "import",
    madeBy:
      "the dashboard makes keys of a user, and openai_project_service_account makes one of a service account with api_key.",
    update: ["scopes", "expires_in_seconds"],
    volatile: ["last_used_at", "expires_at", "owner_project_access"],
    answersUpdate: true,
    removal: {
      title: "API key is deleted",
      detail:
        "A destroy of an openai_project_api_key deletes the key: whatever uses it is refused from then on, and the API creates " +
        "none in its place.\n\nTo keep the key, take the resource out of the state instead: a removed block with destroy = false, " +
        "or terraform state rm.",
    },
    async mayChange(request) {
      const { plan, state, diagnostics } = request;
      if (plan === null) return mayDeleteKey(request);
      if (!isPast(state.expires_at)) return true;
      diagnostics.addError(
        "API key has expired",
        `The key ${JSON.stringify(state.id)} has expired, and the API does not change such a key. Nothing was sent.\n\n` +
          "Make another key in its place, or take the arguments back.",
      );
      return false;
    },
  },
  dataSource: {
    argument: "api_key_id",
    leaveOut: ["scopes", "expires_in_seconds"],
    description: "Reads what the API reports of a key of a project: whose it is, its last use and its end.",
  },
  list: {
    attribute: "api_keys",
    displayName: "name",
    description: "Reads all keys of a project, without their values.",
    leaveOut: ["project_id", "scopes", "expires_in_seconds"],
    order: false,
    whole: { owner_project_access: "any" },
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
