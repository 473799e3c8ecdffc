import { bool, type ConfigValidator, list, nested, object, string, types } from "../../framework/index.ts";
import { text, timestamp } from "../api/arguments.ts";
import { apiObject } from "../api/object.ts";
import { endsBefore, timeArgument } from "../api/time-argument.ts";
import { wired } from "../api/wire.ts";
import { eachNotBlank, notEmpty } from "../argument-validators.ts";
import { eachEventType, tenantEvents } from "./audit-log-events.ts";

function only(member: string, what: string) {
  return wired(
    list(types.string, {
      optional: true,
      validate: [notEmpty(), eachNotBlank()],
      description: `Only events ${what}.`,
    }),
    { member: `${member}[]` },
  );
}

/** Two bounds of one side exclude each other, and a range has to have something in it. */
const range: ConfigValidator = {
  names: ["gt", "gte", "lt", "lte"],
  description: () => 'only one of "gt" and "gte" can be set, and of "lt" and "lte", which is later',
  validate(config) {
    for (const [bound, other] of [
      ["gt", "gte"],
      ["lt", "lte"],
    ] as const) {
      if (typeof config[bound] !== "string" || typeof config[other] !== "string") continue;
      return {
        attribute: other,
        summary: "Conflicting arguments",
        detail: `Only one of "${bound}" and "${other}" can be set. Remove one.`,
      };
    }
    const [from, to] = [
      typeof config.gt === "string" ? "gt" : "gte",
      typeof config.lt === "string" ? "lt" : "lte",
    ];
    return endsBefore(config, from, to);
  },
};

function bound(which: string) {
  return timeArgument({
    optional: true,
    description: `${which}: in RFC 3339, for example \`2026-11-01T00:00:00Z\`, or in Unix seconds.`,
  });
}

const filters = {
  effective_at: object(
    nested(
      {
        gt: bound("Only events after this time"),
        gte: bound("Only events from this time on"),
        lt: bound("Only events before this time"),
        lte: bound("Only events up to this time, inclusive"),
      },
      { validate: [range] },
    ),
    { optional: true, description: "When the events were." },
  ),
  event_types: wired(
    list(types.string, {
      optional: true,
      validate: [notEmpty(), eachEventType()],
      description: "Only events of these types, for example `project.created`.",
    }),
    { member: "event_types[]" },
  ),
  tenant_only: bool({
    optional: true,
    validate: [tenantEvents],
    description:
      "Whether only events of the tenant that the organization belongs to are read. The API wants `true` for event types " +
      "that begin with `tenant.`, for `role.bound_to_resource` and for `role.unbound_from_resource`, and with no others.",
  }),
  project_ids: only("project_ids", "in these projects"),
  actor_ids: only("actor_ids", "of these users, service accounts or API keys, by their IDs"),
  actor_emails: only("actor_emails", "of users with these email addresses"),
  resource_ids: only("resource_ids", "that were about these objects, by their IDs"),
};

const user = object(nested({ id: text("The ID of the user."), email: text("The user's email address.") }), {
  computed: true,
  description: "The user; null where it was none.",
});

/** What somebody did in the organization. */
export const auditLog = {
  filters,
  ...apiObject({
    name: "openai_audit_log",
    noun: "audit log",
    subcategory: "Usage",
    key: "admin",
    path: "organization/audit_logs",
    id: "audit_log-abc123",
    attributes: {
      effective_at: timestamp("of the event"),
      type: text("What happened, for example `project.created`."),
      actor: object(
        nested({
          type: text("`session` or `api_key`."),
          session: object(nested({ ip_address: text("The IP address that it came from."), user }), {
            computed: true,
            description: "The session in a browser; null where it was none.",
          }),
          api_key: object(
            nested({
              id: text("The tracking ID of the key."),
              type: text("`user` or `service_account`."),
              user,
              service_account: object(nested({ id: text("The ID of the service account.") }), {
                computed: true,
                description: "The service account; null where it was none.",
              }),
            }),
            { computed: true, description: "The API key; null where it was none." },
          ),
        }),
        { computed: true, description: "Who did it; null where the API does not say." },
      ),
      project: object(
        nested({ id: text("The ID of the project."), name: text("The name of the project.") }),
        {
          computed: true,
          description:
            "The project that it was in; null where it was in none. What an admin key does is in the default project.",
        },
      ),
      details_json: wired(
        string({
          computed: true,
          description:
            "What the event has of its type, as JSON text: the member that `type` names; null without one.",
        }),
        { read: (event) => event.get(event.get("type").string() ?? "").json() },
      ),
      event_json: wired(
        string({ computed: true, description: "The whole event, as JSON text, as it was received." }),
        { read: (event) => event.json() },
      ),
    },
    list: {
      description:
        "Reads what was done in the organization, the newest first: who made, changed or removed what, and who logged in. " +
        "There is nothing unless the organization's settings turn audit logging on.",
      order: false,
      cursor: true,
      filters,
    },
  }),
};
