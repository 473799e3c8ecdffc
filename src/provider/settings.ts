import type { ClientOptions } from "../openai/index.ts";

/** Where a key came from, for messages. */
export type KeySource = "data source" | "provider" | "environment" | "headers";

/** What Configure makes of the provider block and the environment. */
export interface Settings {
  readonly client: Omit<ClientOptions, "apiKey" | "log">;
  readonly apiKey: { readonly value: string; readonly source: "provider" | "environment" } | undefined;
  /** Whether `headers` carry a credential, so that no key is needed. */
  readonly authorizedByHeaders: boolean;
  /** Arguments whose values are not known yet: what needs them fails. */
  readonly unknown: readonly string[];
}
