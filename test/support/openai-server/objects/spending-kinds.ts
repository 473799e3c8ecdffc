import organizationSpendAlert from "../../samples/organization_spend_alert.json";
import organizationSpendLimit from "../../samples/organization_spend_limit.json";
import projectSpendAlert from "../../samples/project_spend_alert.json";
import projectSpendLimit from "../../samples/project_spend_limit.json";
import type { JsonObject } from "../json.ts";
import type { ObjectKind } from "./object-kind.ts";

/* What the organization and each project may spend, and who is warned. */

const limit = ["threshold_amount", "currency", "interval"] as const;
const alert = [...limit, "notification_channel"] as const;

/** @param whose At the beginning of a sentence. */
function spendLimit(path: string, sample: JsonObject, whose: string): ObjectKind {
  return {
    path: `${path}/spend_limit`,
    sample,
    id: { prefix: "" },
    missing: { message: `${whose} has no spend limit.` },
    singleton: true,
    unset: { required: limit },
    update: limit,
    delete: { object: `${sample.object}.deleted` },
  };
}

/** @param within What follows the ID where one is missing. */
function spendAlerts(path: string, sample: JsonObject, within: string): ObjectKind {
  return {
    path: `${path}/spend_alerts`,
    sample,
    id: { prefix: "alert_" },
    missing: { message: `Spend alert with id '{id}' not found${within}.` },
    create: { parameters: alert, required: alert },
    wholeUpdate: true,
    update: alert,
    delete: { object: `${sample.object}.deleted` },
  };
}

const project = "organization/projects/{project_id}";

export const spendingKinds: readonly ObjectKind[] = [
  spendLimit("organization", organizationSpendLimit, "The organization"),
  spendLimit(project, projectSpendLimit, "Project '{project_id}'"),
  spendAlerts("organization", organizationSpendAlert, ""),
  spendAlerts(project, projectSpendAlert, " in project '{project_id}'"),
];
