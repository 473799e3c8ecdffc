/**
 * Who asks: the key, the organization and the project of a request, and whether the environment may say so.
 *
 * The environment's OPENAI_API_KEY, OPENAI_ORG_ID and OPENAI_PROJECT_ID go to OpenAI's own hosts, and to a host that
 * they stand beside: in the environment, or in a provider block that names the host and no credential for it. A
 * credential of the block's own (api_key, or a header or query parameter that looks like one) is for that host, and the
 * environment's is not; `api_key = "OPENAI_API_KEY"` says that it is all the same.
 *
 * @module
 */
import { isKeyHeader } from "../openai/index.ts";
import type { IdentityName, KeySource, Said, Settings } from "./settings.ts";

export const variables = {
  apiKey: "OPENAI_API_KEY",
  organization: "OPENAI_ORG_ID",
  project: "OPENAI_PROJECT_ID",
} as const satisfies Record<IdentityName, string>;

const names = ["apiKey", "organization", "project"] as const;

export interface Identity {
  readonly values: Readonly<Partial<Record<IdentityName, string>>>;
  /** Undefined where there is no credential, and nothing says that there is none. */
  readonly keySource: KeySource | undefined;
  /** Variables whose values are sent. */
  readonly used: readonly string[];
  /** Variables that are set and were not sent, since they are not for this host. */
  readonly withheld: readonly string[];
  /** Variables that an argument names and that are not set. */
  readonly missing: readonly string[];
}

/** What an argument says: `none`, the name of its variable, or a value. */
export function saidBy(value: string | null, name: IdentityName): Said {
  if (value === null) return undefined;
  if (value === "none") return "none";
  return value === variables[name] ? "environment" : { value };
}

/** Who asks in a request with an object's own key, or in one with the provider's. */
export function identityOf(settings: Settings, ownKey: string | null): Identity {
  const values: Partial<Record<IdentityName, string>> = {};
  const used: string[] = [];
  const withheld: string[] = [];
  const missing: string[] = [];
  for (const name of names) {
    const said = name === "apiKey" && ownKey !== null ? saidBy(ownKey, name) : settings.said[name];
    const inEnvironment = settings.environment[name];
    if (said === "none") continue;
    if (typeof said === "object") values[name] = said.value;
    else if (inEnvironment === undefined) {
      if (said === "environment") missing.push(variables[name]);
    } else if (said !== "environment" && !speaksFor(settings, name, ownKey)) withheld.push(variables[name]);
    else if (inEnvironment !== "none") {
      values[name] = inEnvironment;
      used.push(variables[name]);
    }
  }
  return { values, keySource: keySourceOf(settings, ownKey, values.apiKey), used, withheld, missing };
}

/** Whether the environment's value is for the host of the base URL, where no argument says. */
function speaksFor(
  { host, said, credentials }: Settings,
  name: IdentityName,
  ownKey: string | null,
): boolean {
  const inBlock = credentials.filter(({ ofEnvironment }) => !ofEnvironment);
  if (host === "openai")
    return name !== "apiKey" || !inBlock.some(({ place, name }) => place === "headers" && isKeyHeader(name));
  if (inBlock.length > 0) return false;
  return host === "environment" || name === "apiKey" || (said.apiKey === undefined && ownKey === null);
}

function keySourceOf(
  { said, credentials, environment }: Settings,
  ownKey: string | null,
  apiKey: string | undefined,
): KeySource | undefined {
  if (ownKey !== null) return apiKey === undefined ? "none" : "object";
  const replaced = credentials.some(({ name }) => name.toLowerCase() === "authorization");
  if (apiKey !== undefined && !replaced) return typeof said.apiKey === "object" ? "provider" : "environment";
  if (credentials.length > 0)
    return credentials.some(({ place }) => place === "headers") ? "headers" : "query";
  return said.apiKey === "none" || environment.apiKey === "none" ? "none" : undefined;
}
