import { notBlank, string } from "../../framework/index.ts";
import { flag, idAlias, text, timestamp } from "../api/arguments.ts";
import { apiObject } from "../api/object.ts";

/** A group of users of the organization. */
export const group = apiObject({
  name: "openai_group",
  noun: "group",
  subcategory: "Organization",
  key: "admin",
  path: "organization/groups",
  id: "group_abc123",
  idAlias: "group_id",
  responseJson: true,
  readByList: "first",
  attributes: {
    group_id: idAlias("The ID of the group, as `id` has it."),
    name: string({ required: true, validate: [notBlank()], description: "The name of the group." }),
    group_type: text("`group`, or `tenant_group` of an identity provider's tenant."),
    is_scim_managed: flag(
      "Whether an identity provider manages the group, through SCIM; the API then changes nothing of it.",
    ),
    created_at: timestamp("of its creation"),
  },
  resource: {
    description: "Keeps a group of users, to which roles can be assigned and projects opened.",
    update: ["name"],
    answersUpdate: true,
    made: (listed, sent) => listed.name === sent.name,
  },
  dataSource: { argument: "group_id", description: "Reads a group of users." },
  list: { displayName: "name", description: "Reads all groups of the organization." },
});
