/**
 * Who asks: the key, the organization and the project of a request, and whether the environment may say so.
 *
 * The environment's OPENAI_API_KEY, OPENAI_ADMIN_KEY, OPENAI_ORG_ID and OPENAI_PROJECT_ID go to OpenAI's own hosts, and
 * to a host that they stand beside: in the environment, or in a provider block that names the host and no credential for
 * it. A credential of the block's own (api_key, admin_api_key, or a header or query parameter that looks like one) is for
 * that host, and the environment's is not; `api_key = "OPENAI_API_KEY"` says that it is all the same.
 *
 * @module
 */
import { isUnknown, type Unknown } from "../framework/index.ts";
import { isKeyHeader } from "../openai/index.ts";
import type { Credential, IdentityName, KeyName, KeySource, Said, Settings } from "./settings.ts";

export const variables = {
  apiKey: "OPENAI_API_KEY",
  adminKey: "OPENAI_ADMIN_KEY",
  organization: "OPENAI_ORG_ID",
  project: "OPENAI_PROJECT_ID",
} as const satisfies Record<IdentityName, string>;

/** What is sent with each key. The admin key is the organization's, and asks for no project. */
const sent = {
  project: ["apiKey", "organization", "project"],
  admin: ["adminKey", "organization"],
} as const satisfies Record<KeyName, readonly IdentityName[]>;

export interface Identity {
  readonly key: string | undefined;
  readonly organization: string | undefined;
  readonly project: string | undefined;
  /** What authorizes requests besides the key, or in its place. */
  readonly credentials: readonly Credential[];
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
export function saidBy(value: string | Unknown | null, name: IdentityName): Said {
  if (value === null) return undefined;
  if (isUnknown(value)) return "unknown";
  if (value === "none") return "none";
  return value === variables[name] ? "environment" : { value };
}

/** Whose key a request is sent with. */
export type Asker = { readonly key: "project"; readonly ownKey: string | null } | { readonly key: "admin" };

/** Who asks in a request with an object's own key, with the provider's, or with the provider's admin key. */
export function identityOf(settings: Settings, asker: Asker): Identity {
  const values: Partial<Record<IdentityName, string>> = {};
  const used: string[] = [];
  const withheld: string[] = [];
  const missing: string[] = [];
  const ownKey = asker.key === "project" ? asker.ownKey : null;
  for (const name of sent[asker.key]) {
    const said = name === "apiKey" && ownKey !== null ? saidBy(ownKey, name) : settings.said[name];
    const inEnvironment = settings.environment[name];
    if (said === "none" || said === "unknown") continue;
    if (typeof said === "object") values[name] = said.value;
    else if (inEnvironment === undefined) {
      if (said === "environment") missing.push(variables[name]);
    } else if (said !== "environment" && !speaksFor(settings, name, ownKey)) withheld.push(variables[name]);
    else if (inEnvironment !== "none") {
      values[name] = inEnvironment;
      used.push(variables[name]);
    }
  }
  // An object's own key and the admin key take the place of a header that has the key for everything else.
  const replaces = asker.key === "admin" || ownKey !== null;
  const credentials = settings.credentials.filter(({ name }) => !replaces || !isKeyHeader(name));
  const key = asker.key === "admin" ? values.adminKey : values.apiKey;
  return {
    key,
    organization: values.organization,
    project: values.project,
    credentials,
    keySource: keySourceOf(settings, asker, key, credentials),
    used,
    withheld,
    missing,
  };
}

/** Whether the environment's value is for the host of the base URL, where no argument says. */
function speaksFor(
  { host, said, credentials }: Settings,
  name: IdentityName,
  ownKey: string | null,
): boolean {
  const inBlock = credentials.filter(({ ofEnvironment }) => !ofEnvironment);
  if (host === "openai")
    return (
      name !== "apiKey" || !inBlock.some(({ location, name }) => location === "headers" && isKeyHeader(name))
    );
  if (inBlock.length > 0) return false;
  if (host === "environment") return true;
  // A key that the block has is for the host that the block names.
  const others = [
    name === "apiKey" ? undefined : said.apiKey,
    name === "adminKey" ? undefined : said.adminKey,
  ];
  return others.every((other) => other === undefined) && (name === "apiKey" || ownKey === null);
}

function keySourceOf(
  { said, credentials: all, environment }: Settings,
  asker: Asker,
  key: string | undefined,
  credentials: readonly Credential[],
): KeySource | undefined {
  const name = asker.key === "admin" ? "adminKey" : "apiKey";
  if (asker.key === "project" && asker.ownKey !== null) return key === undefined ? "none" : "object";
  const replaced = asker.key === "project" && all.some(({ name }) => name.toLowerCase() === "authorization");
  if (key !== undefined && !replaced) return typeof said[name] === "object" ? "provider" : "environment";
  if (credentials.length > 0)
    return credentials.some(({ location }) => location === "headers") ? "headers" : "query";
  return said[name] === "none" || environment[name] === "none" ? "none" : undefined;
}
