import { Diagnostics, type MaybeUnknownConfig } from "../../../src/framework/index.ts";
import { validateProviderConfig } from "../../../src/provider/base-url.ts";
import { configure } from "../../../src/provider/configure.ts";
import { type Access, OpenAIProvider } from "../../../src/provider/openai-provider.ts";
import type { ProviderAttributes } from "../../../src/provider/provider-arguments.ts";
import type { KeyName } from "../../../src/provider/settings.ts";
import { silent } from "../../support/fake-provider.ts";

export type ProviderConfig = MaybeUnknownConfig<ProviderAttributes>;

const unset: ProviderConfig = {
  api_key: null,
  admin_api_key: null,
  organization: null,
  project: null,
  base_url: null,
  allow_http: null,
  headers: null,
  query: null,
  timeout: null,
  max_retries: null,
};

/** A provider block's arguments; those left out are null. */
export function providerConfig(given: Partial<ProviderConfig>): ProviderConfig {
  return { ...unset, ...given };
}

/** What a practitioner reads of diagnostics: `path: summary: detail`. */
export function texts(diagnostics: Diagnostics): string[] {
  return [...diagnostics].map(({ path, summary, detail }) => `${path ?? "block"}: ${summary}: ${detail}`);
}

/** The errors of a provider block, at validate. */
export function validated(given: Partial<ProviderConfig>): string[] {
  const diagnostics = new Diagnostics();
  validateProviderConfig(providerConfig(given), diagnostics);
  return texts(diagnostics);
}

/** The errors of the first read with a provider block and an environment, which Configure accepts. */
export function atFirstRead(given: Partial<ProviderConfig>, env: NodeJS.ProcessEnv): string[] {
  const access = accessOf(configured(given, env));
  return Array.isArray(access) ? access : [];
}

/** A configured provider; throws where that fails. */
export function configured(
  given: Partial<ProviderConfig>,
  env: NodeJS.ProcessEnv = {},
  terraform = "1.11.4",
  secrets: Set<string> = new Set(),
) {
  const result = configure(
    { config: providerConfig(given), terraformVersion: terraform, diagnostics: new Diagnostics() },
    env,
    secrets,
  );
  if (result instanceof OpenAIProvider) return result;
  throw new Error(texts(result).join("\n"));
}

/** What a data source gets of a provider: access, or the errors. */
export function accessOf(
  provider: OpenAIProvider,
  ownKey: string | null = null,
  key: KeyName = "project",
): Access | string[] {
  const diagnostics = new Diagnostics();
  return provider.access(ownKey, { diagnostics, log: silent, key }) ?? texts(diagnostics);
}
