import { version } from "../../package.json";
import { Diagnostics, isUnknown } from "../framework/index.ts";
import {
  type Clock,
  defaultBaseUrl,
  isCredential,
  isOpenAIHost,
  isQueryCredential,
} from "../openai/index.ts";
import { type Config, knownValue, resolveBaseUrl, validateProviderConfig } from "./base-url.ts";
import { parseDuration } from "./duration.ts";
import { environmentBaseUrl, environmentValue } from "./environment.ts";
import { isRetryCount } from "./http-validators.ts";
import { saidBy, variables } from "./identity.ts";
import { OpenAIProvider } from "./openai-provider.ts";
import type { Credential, Settings } from "./settings.ts";

/** How long one attempt may take where `timeout` is left out: a minute. */
const defaultTimeoutMs = 60_000;

/**
 * Makes the provider of its configuration and the environment. A blank variable counts as unset.
 *
 * @param clock For the waits of requests; unset means the system's.
 */
export function configure(
  request: { config: Config; terraformVersion: string; diagnostics: Diagnostics },
  env: NodeJS.ProcessEnv,
  secrets: Set<string> = new Set(),
  clock?: Clock,
): OpenAIProvider | Diagnostics {
  const { config, diagnostics } = request;
  validateProviderConfig(config, diagnostics);
  if (diagnostics.hasError) return diagnostics;
  const settings = settingsOf(config, request.terraformVersion, env);
  return new OpenAIProvider({ ...settings, client: { ...settings.client, clock } }, secrets);
}

/** What the configuration and the environment say together. */
export function settingsOf(config: Config, terraformVersion: string, env: NodeJS.ProcessEnv): Settings {
  const problems = new Diagnostics();
  // Where it is wrong or not known yet, the default stands in, and is not used.
  const baseUrl = resolveBaseUrl(config, env, problems) ?? new URL(defaultBaseUrl);
  const ofEnvironment = config.base_url === null && environmentBaseUrl(env) !== undefined;
  const headers = knownMap(config.headers);
  const query = knownMap(config.query);
  return {
    client: {
      baseUrl,
      headers: headers === undefined ? undefined : Object.fromEntries(headers),
      query,
      timeoutMs: parseDuration(knownValue(config.timeout) ?? "") ?? defaultTimeoutMs,
      maxRetries: resolveRetries(config, env, problems),
      userAgent: userAgent(terraformVersion),
      env,
    },
    said: {
      apiKey: saidBy(config.api_key, "apiKey"),
      adminKey: saidBy(config.admin_api_key, "adminKey"),
      organization: saidBy(config.organization, "organization"),
      project: saidBy(config.project, "project"),
    },
    environment: {
      apiKey: environmentValue(env, variables.apiKey),
      adminKey: environmentValue(env, variables.adminKey),
      organization: environmentValue(env, variables.organization),
      project: environmentValue(env, variables.project),
    },
    host: isOpenAIHost(baseUrl) ? "openai" : ofEnvironment ? "environment" : "block",
    credentials: [
      ...credentialsIn("headers", headers ?? [], isCredential),
      ...credentialsIn("query", query ?? [], isQueryCredential),
      ...credentialsIn("query", baseUrl.searchParams, isQueryCredential, ofEnvironment),
    ],
    problems: [...problems],
    unknown: Object.entries(config).flatMap(([name, value]) => (containsUnknown(value) ? [name] : [])),
  };
}

function credentialsIn(
  location: Credential["location"],
  entries: Iterable<readonly [string, string]>,
  is: typeof isCredential,
  ofEnvironment = false,
): Credential[] {
  return [...entries]
    .filter(([name, value]) => is(name, value))
    .map(([name]) => ({ location, name, ofEnvironment }));
}

function resolveRetries(
  config: Config,
  env: NodeJS.ProcessEnv,
  diagnostics: Diagnostics,
): number | undefined {
  if (isUnknown(config.max_retries)) return undefined;
  if (config.max_retries !== null) return config.max_retries;
  const text = environmentValue(env, "OPENAI_MAX_RETRIES");
  if (text === undefined) return undefined;
  if (/^\d+$/.test(text) && isRetryCount(Number(text))) return Number(text);
  diagnostics.addError(
    "Invalid OPENAI_MAX_RETRIES",
    `The environment variable OPENAI_MAX_RETRIES must be a whole number from 0 to 20, for example 4.\n\nGiven: ${JSON.stringify(text.slice(0, 40))}`,
  );
  return undefined;
}

/** A map whose values are all known. */
function knownMap(value: Config["headers"]): Map<string, string> | undefined {
  if (value === null || isUnknown(value)) return undefined;
  const result = new Map<string, string>();
  for (const [name, element] of value) if (!isUnknown(element)) result.set(name, element);
  return result;
}

function containsUnknown(value: unknown): boolean {
  return isUnknown(value) || (value instanceof Map && [...value.values()].some(isUnknown));
}

/** In the form of Terraform's own providers, so that gateways' logs read alike. */
function userAgent(terraformVersion: string): string {
  const terraform = /^[\w.+-]+$/.test(terraformVersion) ? `Terraform/${terraformVersion} ` : "";
  return `${terraform}terraform-provider-openai/${version} (${process.platform}; Node ${process.version})`;
}
