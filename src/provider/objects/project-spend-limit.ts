import { idArgument, objectType } from "../api/arguments.ts";
import { apiObject } from "../api/object.ts";
import { spendLimit, spendLimitLeftOut, spendLimitUpdate } from "./spend-limit-arguments.ts";

/** The amount from which on a project's requests are refused. */
export const projectSpendLimit = apiObject({
  name: "openai_project_spend_limit",
  noun: "project spend limit",
  subcategory: "Projects",
  key: "admin",
  path: "organization/projects/{project_id}/spend_limit",
  id: "proj_abc123",
  singleton: true,
  responseJson: true,
  missing: ["the project has no limit", "the project was archived"],
  attributes: {
    project_id: idArgument("The ID of the project, for example `proj_abc123`."),
    ...spendLimit,
    object: objectType("project.spend_limit"),
  },
  leftOut: spendLimitLeftOut,
  resource: {
    description: "Keeps the amount from which on a project's requests are refused until the month ends.",
    update: spendLimitUpdate,
    volatile: ["enforcement_status"],
    answersUpdate: true,
  },
  dataSource: { description: "Reads the spend limit of a project, and whether it is enforced now." },
});
