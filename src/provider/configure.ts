import { version } from "../../package.json";
import {
  type Diagnostics,
  isUnknown,
  type MaybeUnknownConfig,
  Path,
  type Unknown,
} from "../framework/index.ts";
import { checkHeaderValue, defaultBaseUrl, parseBaseUrl } from "../openai/index.ts";
import { parseDuration } from "./duration.ts";
import { environmentBaseUrl, environmentValue } from "./environment.ts";
import { isCredential, OpenAIProvider } from "./openai-provider.ts";
import type { ProviderAttributes } from "./provider.ts";
import type { Settings } from "./settings.ts";
import { baseUrlDetail, givenUrlParagraph, isRetryCount } from "./validators.ts";

type Config = MaybeUnknownConfig<ProviderAttributes>;

/** How long one attempt may take where `timeout` is left out: a minute. */
const defaultTimeoutMs = 60_000;

/**
 * Checks arguments against each other, and what the environment stands in with. Run at validate too,
 * where the environment is the same.
 */
export function validateProviderConfig(
  config: Config,
  env: NodeJS.ProcessEnv,
  diagnostics: Diagnostics,
): void {
  resolveBaseUrl(config, env, diagnostics);
  resolveRetries(config, env, diagnostics);
  const fallbacks: [Config["api_key"], string][] = [
    [config.api_key, "OPENAI_API_KEY"],
    [config.organization, "OPENAI_ORG_ID"],
    [config.project, "OPENAI_PROJECT_ID"],
  ];
  for (const [argument, name] of fallbacks) {
    // What an argument outranks is not sent, and need not be right.
    if (argument !== null || checkHeaderValue(environmentValue(env, name) ?? "")) continue;
    diagnostics.addError(
      `Invalid ${name}`,
      `The environment variable ${name} has a line break or another character that an HTTP header cannot have.`,
    );
  }
}

/** Makes the provider of its configuration and the environment. A blank variable counts as unset. */
export function configure(
  request: { config: Config; terraformVersion: string; diagnostics: Diagnostics },
  env: NodeJS.ProcessEnv,
): OpenAIProvider | Diagnostics {
  const { config, diagnostics } = request;
  validateProviderConfig(config, env, diagnostics);
  const baseUrl = resolveBaseUrl(config, env, diagnostics);
  if (diagnostics.hasError || baseUrl === undefined) return diagnostics;
  const headers = knownMap(config.headers);
  const authorizedByHeaders = [...(headers?.keys() ?? [])].some(isCredential);
  const settings: Settings = {
    client: {
      baseUrl,
      organization: orEnvironment(config.organization, env, "OPENAI_ORG_ID"),
      project: orEnvironment(config.project, env, "OPENAI_PROJECT_ID"),
      headers: headers === undefined ? undefined : Object.fromEntries(headers),
      query: knownMap(config.query),
      timeoutMs: parseDuration(known(config.timeout) ?? "") ?? defaultTimeoutMs,
      maxRetries: resolveRetries(config, env, diagnostics),
      userAgent: userAgent(request.terraformVersion),
      env,
    },
    // Headers may be for another vendor, whom the environment's key is not for.
    apiKey: resolveKey(config.api_key, authorizedByHeaders ? {} : env),
    authorizedByHeaders,
    unknown: Object.entries(config).flatMap(([name, value]) => (containsUnknown(value) ? [name] : [])),
  };
  return new OpenAIProvider(settings);
}

function resolveKey(configured: Config["api_key"], env: NodeJS.ProcessEnv): Settings["apiKey"] {
  if (isUnknown(configured)) return undefined;
  if (configured !== null) return { value: configured, source: "provider" };
  const value = environmentValue(env, "OPENAI_API_KEY");
  return value === undefined ? undefined : { value, source: "environment" };
}

/** The base URL in force; the default stands in for one that is not known yet, and is not used then. */
function resolveBaseUrl(config: Config, env: NodeJS.ProcessEnv, diagnostics: Diagnostics): URL | undefined {
  const fromEnvironment = config.base_url === null ? environmentBaseUrl(env) : undefined;
  const text = known(config.base_url) ?? fromEnvironment?.url ?? defaultBaseUrl;
  // Not known yet may become true: an insecure URL is then found at apply.
  const allowHttp = isUnknown(config.allow_http) || config.allow_http === true;
  const result = parseBaseUrl(text, { allowHttp });
  if (result.ok) return result.url;
  const variable = fromEnvironment?.variable;
  const from = variable === undefined ? "" : ` in the environment variable ${variable}`;
  const detail = [baseUrlDetail(result.reason), givenUrlParagraph(text, from)].join("\n\n").trim();
  if (variable !== undefined) diagnostics.addError(`Invalid ${variable}`, detail);
  // Terraform prints the line that a diagnostic points at, with the password on it.
  else if (text.includes("@")) diagnostics.addError('Invalid value for "base_url"', detail);
  else diagnostics.addAttributeError(Path.root.atName("base_url"), 'Invalid value for "base_url"', detail);
  return undefined;
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

function orEnvironment(
  value: Config["organization"],
  env: NodeJS.ProcessEnv,
  variable: string,
): string | undefined {
  if (isUnknown(value)) return undefined;
  return value ?? environmentValue(env, variable);
}

function known<T>(value: T | Unknown | null): T | undefined {
  return value === null || isUnknown(value) ? undefined : value;
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
