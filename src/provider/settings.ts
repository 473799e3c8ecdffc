import type { Diagnostic } from "../framework/index.ts";
import type { ClientOptions, Plane } from "../openai/index.ts";

/** Which of the provider's keys a request is sent with: each is for a part of the API of its own. */
export type KeyName = Plane;

/** Where the credential of a request comes from, for messages. `none`: `api_key = "none"` says that there is none. */
export type KeySource = "object" | "provider" | "environment" | "headers" | "query" | "none";

/** What says who asks: each has an argument of the provider block and an environment variable. */
export type IdentityName = "apiKey" | "adminKey" | "organization" | "project";

/** What an argument says of such a value: the value, that there is none, that it is the environment's, or nothing yet. */
export type Said = { readonly value: string } | "none" | "environment" | "unknown" | undefined;

/** A header or a query parameter of the provider block, or of the base URL, that carries a credential. */
export interface Credential {
  readonly location: "headers" | "query";
  readonly name: string;
  /** Whether it stands in the environment's base URL, beside the environment's key. */
  readonly ofEnvironment: boolean;
}

/** Whose base URL it is: OpenAI's, or another host's that the environment or the provider block names. */
export type Host = "openai" | "environment" | "block";

/** What Configure makes of the provider block and the environment. */
export interface Settings {
  readonly client: Omit<ClientOptions, IdentityName | "plane" | "log">;
  /** By the provider block. */
  readonly said: Readonly<Record<IdentityName, Said>>;
  /** By the environment: not blank. */
  readonly environment: Readonly<Record<IdentityName, string | undefined>>;
  readonly host: Host;
  /** What authorizes requests besides the key. */
  readonly credentials: readonly Credential[];
  /** What is wrong with the environment: an error where it is needed first, as a missing key is. */
  readonly problems: readonly Diagnostic[];
  /** Arguments whose values are not known yet: what needs them fails. */
  readonly unknown: readonly string[];
}
