import { list, notBlank, string, types } from "../../framework/index.ts";
import { flag, idAlias, text } from "../api/arguments.ts";
import { apiObject } from "../api/object.ts";
import { wired } from "../api/wire.ts";
import { eachNotBlank, notEmpty } from "../argument-validators.ts";
import { sameElements } from "./role-arguments.ts";

/** What a role of the organization, or of a project, takes and reports. */
export const roleAttributes = {
  role_id: idAlias("The ID of the role, as `id` has it."),
  role_name: wired(
    string({ required: true, validate: [notBlank()], description: "The name, which no other role has." }),
    { answer: "name" },
  ),
  description: string({ optional: true, description: "What the role is for." }),
  permissions: list(types.string, {
    required: true,
    validate: [notEmpty(), eachNotBlank()],
    equivalent: sameElements,
    description: "What the role permits, for example `api.groups.read`. The order means nothing.",
  }),
  predefined_role: flag("Whether the role is OpenAI's own, which cannot be changed."),
  resource_type: text("What the role is for: `api.organization` or `api.project`."),
};

export const roleLeftOut = {
  name: "it is role_name",
  object: "it is always the same",
} as const;

/** A role of the organization: permissions under a name, for groups and users. */
export const role = apiObject({
  name: "openai_role",
  noun: "role",
  subcategory: "Organization",
  key: "admin",
  path: "organization/roles",
  id: "role_abc123",
  idAlias: "role_id",
  responseJson: true,
  readByList: "first",
  attributes: roleAttributes,
  leftOut: roleLeftOut,
  resource: {
    description:
      "Keeps a role of the organization: permissions under a name, to be assigned to groups and users.",
    update: ["role_name", "description", "permissions"],
    answersUpdate: true,
  },
  dataSource: { argument: "role_id", description: "Reads a role of the organization." },
  list: {
    displayName: "role_name",
    description: "Reads all roles of the organization, OpenAI's own included.",
    rename: { role_name: "name" },
  },
});
