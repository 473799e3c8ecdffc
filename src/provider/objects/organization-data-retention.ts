import { idAlias, objectType } from "../api/arguments.ts";
import { apiObject } from "../api/object.ts";
import { retentionType } from "./data-retention-arguments.ts";

/** What is kept of the organization's requests. */
export const organizationDataRetention = apiObject({
  name: "openai_organization_data_retention",
  noun: "organization data retention",
  subcategory: "Organization",
  key: "admin",
  path: "organization/data_retention",
  id: "organization",
  idAlias: "singleton_id",
  singleton: true,
  responseJson: true,
  attributes: {
    singleton_id: idAlias("The ID of what an organization has one of: always `organization`."),
    type: retentionType(),
    object: objectType("organization.data_retention"),
  },
  leftOut: { retention_type: "it is type" },
  resource: {
    description:
      "Sets what is kept of the requests and answers of all projects that do not say otherwise. The API cannot reset it: a " +
      "destroy leaves it as it is.",
    update: ["type"],
    answersUpdate: true,
    gone: "forget",
  },
  dataSource: {
    description: "Reads what is kept of the organization's requests and answers.",
  },
});
