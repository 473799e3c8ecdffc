import { idArgument } from "../api/arguments.ts";
import { apiObject } from "../api/object.ts";
import { spendAlert, spendAlertLeftOut, spendAlertUpdate } from "./spend-alert-arguments.ts";

/** An amount of a project's spending at which a mail is sent. */
export const projectSpendAlert = apiObject({
  name: "openai_project_spend_alert",
  noun: "project spend alert",
  subcategory: "Projects",
  key: "admin",
  path: "organization/projects/{project_id}/spend_alerts",
  id: "alert_abc123",
  idAlias: "alert_id",
  responseJson: true,
  readByList: "first",
  missing: ["the project was archived"],
  attributes: {
    project_id: idArgument("The ID of the project, for example `proj_abc123`."),
    ...spendAlert,
  },
  leftOut: { ...spendAlertLeftOut, object: "it is always project.spend_alert" },
  resource: {
    description:
      "Keeps an alert: a mail that is sent when a project's spending of the month reaches an amount.",
    update: spendAlertUpdate,
    updatesWhole: true,
    answersUpdate: true,
  },
  dataSource: { argument: "alert_id", description: "Reads an alert of a project's spending." },
  list: {
    attribute: "spend_alerts",
    description: "Reads all alerts of a project's spending.",
    leaveOut: ["project_id", "alert_id"],
  },
});
