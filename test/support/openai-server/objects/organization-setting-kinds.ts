import organizationDataRetention from "../../samples/organization_data_retention.json";
import organizationSpendAlert from "../../samples/organization_spend_alert.json";
import organizationSpendLimit from "../../samples/organization_spend_limit.json";
import projectServiceTierSettings from "../../samples/project_service_tier_settings.json";
import type { ObjectKind } from "./kinds.ts";

/* Settings of the organization, and of its projects, that the official provider has in part. */

const alert = ["threshold_amount", "currency", "interval", "notification_channel"] as const;
const limit = ["threshold_amount", "currency", "interval"] as const;

export const organizationSettingKinds: readonly ObjectKind[] = [
  {
    path: "organization/data_retention",
    sample: organizationDataRetention,
    id: { prefix: "" },
    missing: { message: "Not found." },
    singleton: true,
    renamed: { retention_type: "type" },
    update: ["retention_type"],
  },
  {
    path: "organization/spend_limit",
    sample: organizationSpendLimit,
    id: { prefix: "" },
    missing: { message: "The organization has no spend limit." },
    singleton: true,
    unset: { required: limit },
    update: limit,
    delete: { object: "organization.spend_limit.deleted" },
  },
  {
    path: "organization/spend_alerts",
    sample: organizationSpendAlert,
    id: { prefix: "alert_" },
    missing: { message: "Spend alert with id '{id}' not found." },
    create: { parameters: alert, required: alert },
    wholeUpdate: true,
    update: alert,
    delete: { object: "organization.spend_alert.deleted" },
  },
  {
    path: "organization/projects/{project_id}/service_tier_settings",
    sample: projectServiceTierSettings,
    id: { prefix: "" },
    missing: { message: "Project '{project_id}' not found." },
    singleton: true,
    update: ["default", "enabled_tiers"],
  },
];
