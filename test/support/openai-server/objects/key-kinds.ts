import { createHash } from "node:crypto";
import adminApiKey from "../../samples/admin_api_key.json";
import projectApiKey from "../../samples/project_api_key.json";
import projectServiceAccount from "../../samples/project_service_account.json";
import { isObject, type JsonObject } from "../json.ts";
import { parse } from "../parse.ts";
import type { ObjectKind } from "./object-kind.ts";

/* Service accounts of a project, and keys, the organization's too. */

/** A key's value, as its creation answers it once. */
export function keyValue(id: string): string {
  return `sk-svcacct-${createHash("sha256").update(id).digest("hex")}`;
}

/** The same of an admin key. */
export function adminKeyValue(id: string): string {
  return `sk-admin-${createHash("sha256").update(id).digest("hex")}`;
}

/** The ends of a key, which is all that is shown of it later. */
function redacted(value: string): string {
  return `${value.slice(0, 8)}...${value.slice(-4)}`;
}

/** When a key ends that was made now. */
function endOf({ created_at }: Readonly<Record<string, unknown>>, seconds: unknown): number | null {
  return typeof seconds === "number" ? Number(created_at) + seconds : null;
}

const at = "organization/projects/{project_id}";

/** A key of an account as its own list has it, with what it belongs to. */
const accountKey = {
  object: "organization.project.service_account.api_key",
  id: "key_abc123",
  name: "Secret key",
  created_at: 1711471533,
  expires_at: null,
  scopes: null,
  project_id: "",
  service_account_id: "",
};

export const keyKinds: readonly ObjectKind[] = [
  {
    path: "organization/admin_api_keys",
    sample: adminApiKey,
    id: { prefix: "key_" },
    missing: { message: "Admin API key with id '{id}' not found." },
    create: { parameters: ["name", "expires_in_seconds"], required: ["name"] },
    delete: { object: "organization.admin_api_key.deleted" },
    created(object, { expires_in_seconds: seconds }) {
      object.expires_at = endOf(object, seconds);
      object.redacted_value = redacted(adminKeyValue(String(object.id)));
    },
    answers: (object) => asAnswer({ ...object, value: adminKeyValue(String(object.id)) }),
  },
  {
    path: `${at}/service_accounts/{service_account_id}/api_keys`,
    sample: accountKey,
    id: { prefix: "key_" },
    missing: { message: "API key with id '{id}' not found." },
    create: { parameters: ["name", "expires_in_seconds", "scopes"] },
    created(object, { expires_in_seconds: seconds }) {
      object.expires_at = endOf(object, seconds);
    },
    makes: ({ project_id, service_account_id, id, name, expires_at, scopes }) => [
      {
        path: `${at}/api_keys`,
        parents: { project_id: String(project_id) },
        members: {
          id,
          name,
          expires_at,
          scopes,
          redacted_value: redacted(keyValue(String(id))),
          owner: ownedBy(String(service_account_id)),
        },
      },
    ],
    answers({ id, object, name, created_at, expires_at }) {
      return asAnswer({ id, object, name, created_at, expires_at, value: keyValue(String(id)) });
    },
  },
  {
    path: `${at}/api_keys`,
    sample: projectApiKey,
    id: { prefix: "key_" },
    missing: { message: "API key with id '{id}' not found in project '{project_id}'." },
    filters: { owner_project_access: "owner_project_access" },
    unlisted: ({ body }) => body.owner_project_access === "inactive",
    update: ["scopes", "expires_in_seconds"],
    changed(object, { seconds, parameters }) {
      const { expires_in_seconds: left } = parameters;
      if (typeof left === "number") object.expires_at = seconds + left;
      delete object.expires_in_seconds;
    },
    delete: { object: "organization.project.api_key.deleted" },
  },
  {
    path: "organization/projects/{project_id}/service_accounts",
    sample: projectServiceAccount,
    id: { prefix: "user-" },
    missing: { message: "Service account with id '{id}' not found in project '{project_id}'." },
    create: { parameters: ["name", "create_service_account_only", "expires_in_seconds"], required: ["name"] },
    update: ["name", "role"],
    delete: { object: "organization.project.service_account.deleted" },
    created(object, { create_service_account_only: only }) {
      object.role = only === true ? "none" : "member";
    },
    // Without the word that there shall be none, a key comes with it.
    answers: (object) => {
      const { id, role, created_at } = object;
      const key = { id: `key_of_${id}`, created_at, name: "Secret key", value: keyValue(String(id)) };
      return asAnswer({ ...object, api_key: role === "none" ? null : key });
    },
  },
];

function ownedBy(id: string) {
  const account = { id, name: "Deployment", created_at: 1711471533, role: "member" };
  return { type: "service_account", service_account: account };
}

function asAnswer(members: object): JsonObject {
  const body = parse(JSON.stringify(members));
  return isObject(body) ? body : {};
}
