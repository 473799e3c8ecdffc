import auditLog from "../../samples/audit_log.json";
import costs from "../../samples/organization_costs.json";
import usage from "../../samples/organization_usage.json";
import type { JsonObject } from "../json.ts";
import { type BucketKind, usageWidths } from "./buckets.ts";
import type { ObjectKind } from "./object-kind.ts";

const projects = { project_ids: "project_id" };
const callers = { ...projects, user_ids: "user_id", api_key_ids: "api_key_id" };
const models = { ...callers, models: "model" };
const tokens = { ...models, batch: "batch" };

/** What each kind of usage can be filtered and grouped by. */
const usages: Readonly<Record<keyof typeof usage, Omit<BucketKind, "widths">>> = {
  completions: {
    filters: tokens,
    groupBy: ["project_id", "user_id", "api_key_id", "model", "batch", "service_tier", "api_source"],
  },
  decisions: {
    filters: tokens,
    groupBy: ["project_id", "user_id", "api_key_id", "model", "batch", "service_tier", "api_source"],
  },
  embeddings: { filters: models, groupBy: ["project_id", "user_id", "api_key_id", "model"] },
  moderations: { filters: models, groupBy: ["project_id", "user_id", "api_key_id", "model"] },
  images: {
    filters: { ...models, sizes: "size", sources: "source" },
    groupBy: ["project_id", "user_id", "api_key_id", "model", "size", "source"],
  },
  audio_speeches: { filters: models, groupBy: ["project_id", "user_id", "api_key_id", "model"] },
  audio_transcriptions: { filters: models, groupBy: ["project_id", "user_id", "api_key_id", "model"] },
  vector_stores: { filters: projects, groupBy: ["project_id"] },
  code_interpreter_sessions: { filters: projects, groupBy: ["project_id"] },
  file_search_calls: {
    filters: { ...callers, vector_store_ids: "vector_store_id" },
    groupBy: ["project_id", "user_id", "api_key_id", "vector_store_id"],
  },
  web_search_calls: {
    filters: { ...models, context_levels: "context_level" },
    groupBy: ["project_id", "user_id", "api_key_id", "model", "context_level", "api_source"],
  },
};

function bucketKind(path: string, sample: JsonObject, buckets: BucketKind): ObjectKind {
  return {
    path: `organization/${path}`,
    sample,
    id: { prefix: "" },
    missing: { message: `Unknown request URL: GET /organization/${path}/{id}.` },
    buckets,
  };
}

/** What the Administration API counts and records. */
export const usageKinds: readonly ObjectKind[] = [
  ...Object.entries(usages).map(([name, kind]) => {
    const sample: JsonObject = { ...Reflect.get(usage, name) };
    return bucketKind(`usage/${name}`, sample, { ...kind, widths: usageWidths });
  }),
  bucketKind("costs", costs, {
    filters: { ...projects, api_key_ids: "api_key_id", line_items: "line_item" },
    groupBy: ["project_id", "user_id", "line_item", "api_key_id", "api_source"],
    widths: { "1d": { most: 180, usual: 7 } },
  }),
  {
    path: "organization/audit_logs",
    sample: auditLog,
    id: { prefix: "audit_log-" },
    missing: { message: "No audit log found with id '{id}'." },
    listOnly: true,
    matches: isAsked,
  },
];

/** Whether an event is one that a query asks for. */
function isAsked(event: Readonly<Record<string, unknown>>, query: URLSearchParams): boolean {
  const one = (name: string, ...values: unknown[]) => {
    const wanted = query.getAll(`${name}[]`);
    return wanted.length === 0 || values.some((value) => wanted.includes(String(value)));
  };
  const at = Number(event.effective_at);
  const bound = (name: string) => Number(query.get(`effective_at[${name}]`) ?? Number.NaN);
  const user = memberOf(memberOf(memberOf(event, "actor"), "session"), "user");
  const about = memberOf(event, String(event.type));
  const isOfTenant = String(event.type).startsWith("tenant.");
  return (
    !(at <= bound("gt") || at < bound("gte") || at >= bound("lt") || at > bound("lte")) &&
    isOfTenant === (query.get("tenant_only") === "true") &&
    one("event_types", event.type) &&
    one("project_ids", memberOf(event, "project").id) &&
    one("actor_ids", user.id) &&
    one("actor_emails", user.email) &&
    one("resource_ids", about.id)
  );
}

function memberOf(
  object: Readonly<Record<string, unknown>>,
  name: string,
): Readonly<Record<string, unknown>> {
  const member = object[name];
  return typeof member === "object" && member !== null ? { ...member } : {};
}
