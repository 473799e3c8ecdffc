import { APIError } from "./errors.ts";

/** Errors of api.openai.com that tests ask for by name, in `fault({ error })` and `KeyOptions.refuse`. */
const KNOWN = {
  no_api_key: () =>
    new APIError(
      401,
      "You didn't provide an API key. Send it in an Authorization header as a bearer token (Authorization: Bearer YOUR_KEY).",
    ),
  mismatched_organization: () =>
    new APIError(401, "OpenAI-Organization header should match organization for API key", {
      code: "mismatched_organization",
    }),
  mismatched_project: () =>
    new APIError(401, "OpenAI-Project header should match project for API key", {
      code: "mismatched_project",
    }),
  missing_scopes: () => new APIError(401, missingScopes("model.request")),
  missing_scopes_403: () => new APIError(403, missingScopes("api.model.read")),
  missing_admin_scopes: () => missingAdminScope("api.management.read"),
  ip_not_authorized: () =>
    new APIError(401, "Your IP address is not authorized to use this API key.", {
      code: "ip_not_authorized",
    }),
  model_access: () =>
    new APIError(403, "Project `proj_local` does not have access to model `gpt-4o`", {
      code: "model_not_found",
    }),
  region: () =>
    new APIError(403, "Country, region, or territory not supported", {
      type: "request_forbidden",
      code: "unsupported_country_region_territory",
    }),
  not_found: () =>
    new APIError(404, "Completion chatcmpl-unknown not found", { param: "completion_id", code: "not_found" }),
  method_not_supported: () =>
    new APIError(405, "Only POST requests are accepted.", { code: "method_not_supported" }),
  request_timeout: () => new APIError(408, "The request took too long to arrive.", { type: "timeout" }),
  conflict: () =>
    new APIError(409, "The resource is being changed by another request.", { code: "conflict" }),
  rate_limit: () =>
    new APIError(
      429,
      "Rate limit reached for gpt-4o-mini in organization org-local on requests per min (RPM): Limit 3, Used 3, Requested 1. Please try again in 20ms.",
      { type: "requests", code: "rate_limit_exceeded" },
    ),
  slow_down: () =>
    new APIError(429, "You're making too many requests, please slow down.", { type: "rate_limit_error" }),
  insufficient_quota: () =>
    new APIError(429, "You exceeded your current quota, please check your plan and billing details.", {
      type: "insufficient_quota",
      code: "insufficient_quota",
    }),
  credit_balance_exhausted: () =>
    new APIError(429, "You have no credits remaining.", {
      type: "insufficient_quota",
      code: "credit_balance_exhausted",
      withoutParam: true,
    }),
  server_error: () =>
    new APIError(500, "The server had an error while processing your request. Sorry about that!", {
      type: "server_error",
    }),
  overloaded: () =>
    new APIError(503, "The engine is currently overloaded, please try again later", { type: "server_error" }),
};

export type ErrorName = keyof typeof KNOWN;

export function knownError(name: ErrorName): APIError {
  return KNOWN[name]();
}

export const errorNames: readonly string[] = Object.keys(KNOWN);

/** 401 for a key that does not exist; like OpenAI, it echoes the key's first 8 and last 4 characters. */
export function incorrectKey(key: string): APIError {
  const masked =
    key.length > 12
      ? `${key.slice(0, 8)}${"*".repeat(key.length - 12)}${key.slice(-4)}`
      : `${key.slice(0, 3)}${"*".repeat(Math.max(0, key.length - 3))}`;
  return new APIError(
    401,
    `Incorrect API key provided: ${masked}. You can find your API key at https://platform.openai.com/account/api-keys.`,
    { code: "invalid_api_key" },
  );
}

/** The one 404 for a completion: never stored, not yet visible, deleted, expired or of another project. */
export function completionNotFound(id: string): APIError {
  return new APIError(404, `Completion ${id} not found`, { param: "completion_id", code: "not_found" });
}

export function invalidURL(method: string, path: string): APIError {
  return new APIError(404, `Invalid URL (${method} ${path})`);
}

/** What the Administration API says of a key without a scope, which a project's key has none of. */
export function missingAdminScope(scope: string): APIError {
  return new APIError(403, missingScopes(scope).replace(" and project", ""));
}

function missingScopes(scope: string): string {
  return `You have insufficient permissions for this operation. Missing scopes: ${scope}. Check that you have the correct role in your organization and project, and if you're using a restricted API key, that it has the necessary scopes.`;
}
