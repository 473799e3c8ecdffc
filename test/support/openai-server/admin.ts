import type { APIError } from "./errors.ts";
import { knownError, missingAdminScope } from "./known-errors.ts";

/** What a key is for: the Administration API takes admin keys alone, and everything else takes none. */
export type KeyPlane = "project" | "admin";

/** Whether a path below the base path, `/organization/users`, is one of the Administration API. */
export function isAdminPath(path: string): boolean {
  return /^\/(?:organization|projects)(?:\/|$)/.test(path);
}

/** The kind of a key that nothing is known of. */
export function planeOfKey(key: string): KeyPlane {
  return key.startsWith("sk-admin-") ? "admin" : "project";
}

/** The scope that a request to the Administration API needs. */
export function adminScope(method: string, path: string): string {
  const access = method === "GET" ? "read" : "write";
  const step = path.split("/")[2] ?? "";
  if (step === "usage" || step === "costs") return "api.usage.read";
  if (step === "audit_logs") return "api.audit_logs.read";
  if (step === "external_keys" || step === "external_storage") return `api.${step}.${access}`;
  return `api.management.${access}`;
}

/** The API's refusal of a key at a path of the other plane, or of one without the scope; undefined lets it through. */
export function planeError(
  { plane, scopes }: { readonly plane: KeyPlane; readonly scopes?: readonly string[] | undefined },
  method: string,
  path: string,
): APIError | undefined {
  const admin = isAdminPath(path);
  if (!admin) return plane === "admin" ? knownError("missing_scopes") : undefined;
  const scope = adminScope(method, path);
  return plane === "project" || scopes?.includes(scope) === false ? missingAdminScope(scope) : undefined;
}

/**
 * The method and the path of a request with `{id}` in place of IDs, `GET /organization/projects/{id}/users`: what the
 * Administration API counts requests by.
 */
export function endpointOf(method: string, path: string): string {
  const [, first = "", ...steps] = path.split("/");
  const from = first === "organization" ? 1 : 0;
  const all = [first, ...steps];
  if (all[from] === "usage") return `${method} ${path}`;
  // Names and IDs take turns.
  return `${method} /${all.map((step, at) => (at > from && (at - from) % 2 === 1 ? "{id}" : step)).join("/")}`;
}
