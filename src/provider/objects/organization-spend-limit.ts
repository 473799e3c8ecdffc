import { idAlias, objectType } from "../api/arguments.ts";
import { apiObject } from "../api/object.ts";
import { spendLimit, spendLimitLeftOut, spendLimitUpdate } from "./spend-limit-arguments.ts";

/** The amount from which on the organization's requests are refused. */
export const organizationSpendLimit = apiObject({
  name: "openai_organization_spend_limit",
  noun: "organization spend limit",
  subcategory: "Organization",
  key: "admin",
  path: "organization/spend_limit",
  id: "organization",
  idAlias: "singleton_id",
  singleton: true,
  responseJson: true,
  missing: ["the organization has no limit"],
  attributes: {
    singleton_id: idAlias("The ID of what an organization has one of: always `organization`."),
    ...spendLimit,
    object: objectType("organization.spend_limit"),
  },
  leftOut: spendLimitLeftOut,
  resource: {
    description:
      "Keeps the amount from which on the organization's requests are refused until the month ends.",
    update: spendLimitUpdate,
    volatile: ["enforcement_status"],
    answersUpdate: true,
  },
  dataSource: {
    description: "Reads the spend limit of the organization, and whether it is enforced now.",
  },
});
