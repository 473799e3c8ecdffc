import type { ObjectCase } from "./object-cases.ts";

/* What the tests of all objects need to know of settings of the organization and its projects. */

const project_id = "proj_default";

export const organizationSettingCases: readonly ObjectCase[] = [
  {
    name: "openai_organization_data_retention",
    path: "organization/data_retention",
    config: () => ({ type: "modified_abuse_monitoring" }),
    change: { type: "zero_data_retention" },
    drift: { member: "type", value: "none", attribute: "type" },
    importId: () => "organization",
    idIsKnown: true,
    left: { type: "modified_abuse_monitoring" },
    alwaysThere: true,
    sentAs: { type: "retention_type" },
    readConfig: () => ({}),
  },
  {
    name: "openai_organization_spend_limit",
    path: "organization/spend_limit",
    config: () => ({ currency: "USD", interval: "month", threshold_amount: 5000 }),
    change: { threshold_amount: 7000 },
    drift: { member: "threshold_amount", value: 1, attribute: "threshold_amount" },
    importId: () => "organization",
    idIsKnown: true,
    readConfig: () => ({}),
  },
  {
    name: "openai_organization_spend_alert",
    path: "organization/spend_alerts",
    config: () => ({
      threshold_amount: 5000,
      currency: "USD",
      interval: "month",
      notification_channel_type: "email",
      notification_channel_recipients: ["costs@example.com"],
      notification_channel_subject_prefix: "[Costs]",
    }),
    change: { threshold_amount: 7000, notification_channel_subject_prefix: null },
    drift: { member: "threshold_amount", value: 1, attribute: "threshold_amount" },
    importId: ({ state }) => String(state.id),
    sentAs: { notification_channel_subject_prefix: "notification_channel.subject_prefix" },
    readConfig: ({ state }) => ({ alert_id: state.id }),
  },
  {
    name: "openai_project_service_tier_settings",
    path: "organization/projects/{project_id}/service_tier_settings",
    config: () => ({ project_id, default: "fast", enabled_tiers: ["flex"] }),
    change: { enabled_tiers: ["flex", "ultrafast"] },
    drift: { member: "default", value: "scale", attribute: "default" },
    importId: () => project_id,
    idIsKnown: true,
    left: { default: "fast", enabled_tiers: ["flex"] },
    alwaysThere: true,
    readConfig: () => ({ project_id }),
  },
];
