import {
  type Diagnostics,
  isUnknown,
  type MaybeUnknownConfig,
  Path,
  type Unknown,
} from "../framework/index.ts";
import { defaultBaseUrl, parseBaseUrl } from "../openai/index.ts";
import { environmentBaseUrl } from "./environment.ts";
import { baseUrlDetail, givenUrlParagraph, mayPointAt } from "./http-validators.ts";
import type { ProviderAttributes } from "./provider-arguments.ts";

/** A provider block. */
export type Config = MaybeUnknownConfig<ProviderAttributes>;

/** Checks arguments against each other. What the environment says is checked where it is needed first. */
export function validateProviderConfig(config: Config, diagnostics: Diagnostics): void {
  if (config.base_url !== null) resolveBaseUrl(config, {}, diagnostics);
}

/** The base URL in force; the default stands in for one that is not known yet, and is not used then. */
export function resolveBaseUrl(
  config: Config,
  env: NodeJS.ProcessEnv,
  diagnostics: Diagnostics,
): URL | undefined {
  const fromEnvironment = config.base_url === null ? environmentBaseUrl(env) : undefined;
  const text = knownValue(config.base_url) ?? fromEnvironment?.url ?? defaultBaseUrl;
  // Not known yet may become true: an insecure URL is then found at apply.
  const allowHttp = isUnknown(config.allow_http) || config.allow_http === true;
  const result = parseBaseUrl(text, { allowHttp });
  if (result.ok) return result.url;
  const variable = fromEnvironment?.variable;
  const from = variable === undefined ? "" : ` in the environment variable ${variable}`;
  const detail = [baseUrlDetail(result.reason), givenUrlParagraph(text, from)].join("\n\n").trim();
  if (variable !== undefined) diagnostics.addError(`Invalid ${variable}`, detail);
  else if (!mayPointAt(text)) diagnostics.addError('Invalid value for "base_url"', detail);
  else diagnostics.addAttributeError(Path.root.atName("base_url"), 'Invalid value for "base_url"', detail);
  return undefined;
}

/** A value, if it is set and known. */
export function knownValue<T>(value: T | Unknown | null): T | undefined {
  return value === null || isUnknown(value) ? undefined : value;
}
