import type { Caller } from "./access.ts";
import type { Clock } from "./clock.ts";
import type { Mode } from "./options.ts";

/** What of a request decides on its answer's headers. */
export interface HeaderContext {
  readonly method: string;
  readonly status: number;
  readonly requestID: string;
  readonly caller: Caller | undefined;
  readonly clock: Clock;
  readonly mode: Mode;
}

/** The headers beside those of the body, as they were recorded from api.openai.com. */
export function apiHeaders(context: HeaderContext): Record<string, string | readonly string[]> {
  const { clock, requestID, status, caller, method } = context;
  const common = { date: new Date(clock.now()).toUTCString(), "x-request-id": requestID };
  if (context.mode !== "openai") {
    return {
      ...common,
      "apim-request-id": requestID,
      "x-ms-region": "Local",
      "x-content-type-options": "nosniff",
    };
  }
  const edge = {
    ...common,
    "alt-svc": 'h3=":443"',
    "cf-cache-status": "DYNAMIC",
    "cf-ray": "94f0a1c6de2bb7a1-LCL",
    server: "cloudflare",
    "strict-transport-security": "max-age=31536000; includeSubDomains; preload",
    "x-content-type-options": "nosniff",
    "x-openai-proxy-wasm": "v0.1",
  };
  if (status === 401 || caller === undefined) {
    return {
      ...edge,
      vary: "Origin",
      "set-cookie": ["__cf_bm=local; path=/; HttpOnly", "_cfuvid=local; path=/; HttpOnly"],
    };
  }
  const headers = {
    ...edge,
    "openai-organization": caller.organization,
    "openai-processing-ms": "12",
    "openai-project": caller.project,
    "openai-version": "2020-10-01",
    "x-envoy-upstream-service-time": "15",
  };
  return method === "POST" && status === 200 ? { ...headers, ...limits() } : headers;
}

/** Only answers to POST requests tell the limits. */
function limits(): Record<string, string> {
  return {
    "access-control-expose-headers": "X-Request-ID",
    "x-ratelimit-limit-requests": "10000",
    "x-ratelimit-limit-tokens": "2000000",
    "x-ratelimit-remaining-requests": "9999",
    "x-ratelimit-remaining-tokens": "1999990",
    "x-ratelimit-reset-requests": "6ms",
    "x-ratelimit-reset-tokens": "0s",
  };
}
