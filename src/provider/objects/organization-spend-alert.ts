import { apiObject } from "../api/object.ts";
import { spendAlert, spendAlertLeftOut, spendAlertUpdate } from "./spend-alert-arguments.ts";

/** An amount of the organization's spending at which a mail is sent. */
export const organizationSpendAlert = apiObject({
  name: "openai_organization_spend_alert",
  noun: "organization spend alert",
  subcategory: "Organization",
  key: "admin",
  path: "organization/spend_alerts",
  id: "alert_abc123",
  idAlias: "alert_id",
  responseJson: true,
  readByList: "first",
  attributes: spendAlert,
  leftOut: { ...spendAlertLeftOut, object: "it is always organization.spend_alert" },
  resource: {
    description:
      "Keeps an alert: a mail that is sent when the organization's spending of the month reaches an amount.",
    update: spendAlertUpdate,
    updatesWhole: true,
    answersUpdate: true,
  },
  dataSource: { argument: "alert_id", description: "Reads an alert of the organization's spending." },
  list: {
    attribute: "spend_alerts",
    description: "Reads all alerts of the organization's spending.",
    leaveOut: ["alert_id"],
  },
});
