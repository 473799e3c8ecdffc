import type { APIError } from "./errors.ts";
import { invalidURL, knownError } from "./known-errors.ts";
import type { Mode, ServerOptions } from "./options.ts";

/** What a request wants of the API. */
export type Operation = "create" | "list" | "retrieve" | "update" | "delete" | "messages";

export interface Route {
  readonly operation: Operation;
  /** The completion's ID, decoded; empty for create and list. */
  readonly id: string;
}

/** The path before `/chat/completions`. */
export function basePath(options: ServerOptions): string {
  if (options.basePath !== undefined) return options.basePath;
  const byMode: Record<Mode, string> = { openai: "/v1", azure: "/openai/v1", azure_legacy: "/openai" };
  return byMode[options.mode ?? "openai"];
}

/** A path without the base path; empty where it is not below it. */
export function belowBase(options: ServerOptions, path: string): string {
  const base = basePath(options);
  return path.startsWith(`${base}/`) ? path.slice(base.length) : "";
}

/** The operation of a method and a path (still encoded, without its query), or 404 or 405. */
export function routeOf(method: string, path: string, options: ServerOptions): Route | APIError {
  const base = basePath(options);
  const legacy = options.mode === "azure_legacy";
  const deployment = /^\/deployments\/[^/]+(?=\/)/;
  const below = path.startsWith(`${base}/`) ? path.slice(base.length) : undefined;
  // The older Azure API creates below a deployment's path and reads outside of it.
  const deployed = legacy && below !== undefined && deployment.test(below);
  const rest = deployed ? below.replace(deployment, "") : below;
  const match = /^\/chat\/completions(?:\/([^/]+)(\/messages)?)?$/.exec(rest ?? "");
  if (match === null || (deployed && match[1] !== undefined)) return invalidURL(method, path);
  const [, encoded, messages] = match;
  const operation = operationOf(method, encoded !== undefined, messages !== undefined);
  if (operation === undefined || (legacy && (operation === "create") !== deployed)) {
    return operation === undefined ? knownError("method_not_supported") : invalidURL(method, path);
  }
  const id = decode(encoded ?? "");
  return id === undefined ? invalidURL(method, path) : { operation, id };
}

function operationOf(method: string, hasID: boolean, messages: boolean): Operation | undefined {
  if (messages) return method === "GET" ? "messages" : undefined;
  if (method === "GET") return hasID ? "retrieve" : "list";
  if (method === "POST") return hasID ? "update" : "create";
  return method === "DELETE" && hasID ? "delete" : undefined;
}

function decode(encoded: string): string | undefined {
  try {
    return decodeURIComponent(encoded);
  } catch {
    return undefined;
  }
}
