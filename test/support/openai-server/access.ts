import type { IncomingHttpHeaders } from "node:http";
import { type KeyPlane, planeError, planeOfKey } from "./admin.ts";
import type { APIError } from "./errors.ts";
import { projectOf } from "./identifiers.ts";
import { incorrectKey, knownError } from "./known-errors.ts";
import type { Mode, ServerOptions } from "./options.ts";

/** Whose completions a request may see. */
export interface Owner {
  readonly organization: string;
  readonly project: string;
}

/** Who sent a request. */
export interface Caller extends Owner {
  readonly key: string;
  readonly plane: KeyPlane;
}

/** The key that the headers carry: `api-key` on Azure, a bearer token everywhere. */
export function keyOf(headers: IncomingHttpHeaders, mode: Mode): string | undefined {
  const azure = headers["api-key"];
  if (mode !== "openai" && typeof azure === "string" && azure !== "") return azure;
  return /^Bearer\s+(\S+)\s*$/i.exec(headers.authorization ?? "")?.[1];
}

/**
 * Who sent the request, or the error that refuses it. Where the server has no list of keys, every key
 * is accepted, has a project of its own, and follows the organization and project headers. Of an admin key's project
 * nothing is known: the organization is what it sees.
 *
 * @param path Below the base path.
 */
export function identify(
  headers: IncomingHttpHeaders,
  options: ServerOptions,
  method: string,
  path: string,
): Caller | APIError {
  const key = keyOf(headers, options.mode ?? "openai");
  if (key === undefined) return knownError("no_api_key");
  const organization = single(headers["openai-organization"]);
  const project = single(headers["openai-project"]);
  if (options.keys === undefined) {
    const plane = planeOfKey(key);
    const own = plane === "admin" ? "" : (project ?? projectOf(key));
    const caller = { key, plane, organization: organization ?? "org-local", project: own };
    return planeError({ plane }, method, path) ?? caller;
  }
  const known = Object.hasOwn(options.keys, key) ? options.keys[key] : undefined;
  if (known === undefined) return incorrectKey(key);
  const plane = known.plane ?? planeOfKey(key);
  const own = {
    organization: known.organization ?? "org-local",
    project: plane === "admin" ? "" : (known.project ?? projectOf(key)),
  };
  if (organization !== undefined && organization !== own.organization)
    return knownError("mismatched_organization");
  if (project !== undefined && plane === "project" && project !== own.project)
    return knownError("mismatched_project");
  if (known.refuse !== undefined) return knownError(known.refuse);
  return planeError({ plane, scopes: known.scopes }, method, path) ?? { key, plane, ...own };
}

function single(value: string | string[] | undefined): string | undefined {
  const text = Array.isArray(value) ? value[0] : value;
  return text === "" ? undefined : text;
}
