import { type Diagnostics, type Logger, Path } from "../framework/index.ts";
import { type ClientOptions, OpenAI, shownPath } from "../openai/index.ts";
import type { KeySource, Settings } from "./settings.ts";
import type { Subject } from "./subject.ts";

/** A client, and whose key it uses. */
export interface Access {
  readonly openai: OpenAI;
  readonly keySource: KeySource;
  /** For messages: the base URL without its query, and without what of its path may be a token. */
  readonly baseUrl: string;
  readonly origin: string;
}

/** What a call brings along: where its errors and its log lines go. */
export interface CallScope {
  readonly diagnostics: Diagnostics;
  readonly log: Logger;
  /** Whose `api_key` a message may name; unset means a data source's. */
  readonly object?: Subject["object"];
}

/** What the provider's objects get: clients, made when they are needed. */
export class OpenAIProvider {
  readonly #settings: Settings;

  constructor(settings: Settings) {
    this.#settings = settings;
  }

  /**
   * A client with an object's own key, or with the provider's. Undefined, with an error added, where
   * there is no key, or where the provider's configuration is not known yet: falling back to the
   * environment then would use whatever key lies there.
   */
  access(ownKey: string | null, { diagnostics, log, object }: CallScope): Access | undefined {
    const { apiKey, authorizedByHeaders, client, unknown } = this.#settings;
    const missing = unknown.filter((name) => name !== "api_key" || ownKey === null);
    if (missing.length > 0) {
      reportUnknown(missing, diagnostics);
      return undefined;
    }
    if (ownKey === null && apiKey === undefined && !authorizedByHeaders) {
      reportNoKey(diagnostics, object ?? "data source");
      return undefined;
    }
    const { origin } = client.baseUrl;
    const credential = ownKey === null ? { apiKey: apiKey?.value } : withOwnKey(client.headers, ownKey);
    return {
      openai: new OpenAI({
        ...client,
        ...credential,
        log: (level, message, fields) => log.log(level, message, fields),
      }),
      keySource: ownKey === null ? sourceOf(apiKey, client.headers) : "data source",
      baseUrl: origin + shownPath(client.baseUrl),
      origin,
    };
  }
}

type Headers = Settings["client"]["headers"];

/** Whether a header carries what authorizes a request: OpenAI's and most gateways', or Azure's. */
export function isCredential(name: string): boolean {
  return /^(?:authorization|api-key)$/i.test(name);
}

/** An object's own key, in place of the credential that the headers carry: in Azure's header, where only that is there. */
function withOwnKey(headers: Headers, key: string): Pick<ClientOptions, "apiKey" | "headers"> {
  const entries = Object.entries(headers ?? {});
  const has = (wanted: string) => entries.some(([name]) => name.toLowerCase() === wanted);
  if (has("api-key") && !has("authorization")) {
    return {
      headers: Object.fromEntries(
        entries.map(([name, value]) => [name, name.toLowerCase() === "api-key" ? key : value]),
      ),
    };
  }
  return {
    apiKey: key,
    headers: Object.fromEntries(entries.filter(([name]) => name.toLowerCase() !== "authorization")),
  };
}

/** Whose key is sent. An Authorization header is sent in place of the provider's own key. */
function sourceOf(apiKey: Settings["apiKey"], headers: Headers): KeySource {
  const overridden = Object.keys(headers ?? {}).some((name) => name.toLowerCase() === "authorization");
  return apiKey === undefined || overridden ? "headers" : apiKey.source;
}

function reportUnknown(names: readonly string[], diagnostics: Diagnostics): void {
  const list = names.join(", ");
  diagnostics.addError(
    "Provider configuration not known yet",
    `This needs ${list} of the provider "openai", whose value will only be known after apply.\n\n` +
      "The environment is not used instead, since it may hold another account's. Give the provider values that are " +
      "known at plan, or create what they come from first: terraform apply -target=…",
  );
}

function reportNoKey(diagnostics: Diagnostics, object: NonNullable<Subject["object"]>): void {
  diagnostics.add({
    severity: "error",
    ...(object === "resource" ? {} : { path: Path.root.atName("api_key") }),
    summary: "No API key",
    detail:
      "There is no API key to ask OpenAI with. Set it in one of these places:\n\n" +
      "  - the environment variable OPENAI_API_KEY\n" +
      '  - api_key in the provider block: provider "openai" { api_key = var.openai_api_key }\n' +
      (object === "resource" ? "" : `  - api_key of this ${object}, for this read only\n`) +
      "  - headers in the provider block, with Authorization or api-key, for Azure and gateways",
  });
}
