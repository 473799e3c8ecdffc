import { Diagnostics, type Logger, Path } from "../framework/index.ts";
import {
  type ClientOptions,
  checkHeaderValue,
  isKeyHeader,
  OpenAI,
  type RequestLog,
  secretsOf,
  shownPath,
} from "../openai/index.ts";
import { Creations } from "./creations.ts";
import { environmentValue } from "./environment.ts";
import type { Subject } from "./explain/subject.ts";
import { type Asker, type Identity, identityOf } from "./identity.ts";
import type { Credential, KeyName, KeySource, Settings } from "./settings.ts";

/** A client, and whose key it uses. */
export interface Access {
  readonly openai: OpenAI;
  readonly key: KeyName;
  readonly keySource: KeySource;
  /** What authorizes requests besides the key, or in its place. */
  readonly credentials: readonly Credential[];
  /** Variables of the environment that are set, and not sent to this host. */
  readonly withheld: readonly string[];
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
  /** Which of the provider's keys is asked with; unset means the project's. */
  readonly key?: KeyName | undefined;
}

/** What the provider's objects get: clients, made when they are needed. */
export class OpenAIProvider {
  readonly #settings: Settings;
  readonly #clients = new Map<string, OpenAI>();
  readonly creations = new Creations();

  readonly #secrets: Set<string>;

  /** @param secrets Gets the secrets of every client that is made. */
  constructor(settings: Settings, secrets: Set<string> = new Set()) {
    this.#settings = settings;
    this.#secrets = secrets;
  }

  /** Whether what requests with the project's key need of the provider block is known: in a plan it may not be. */
  get isKnown(): boolean {
    return this.isKnownFor("project");
  }

  /** Whether what requests with one of the provider's keys need of the provider block is known. */
  isKnownFor(key: KeyName): boolean {
    const asker: Asker = key === "admin" ? { key } : { key, ownKey: null };
    return !this.#settings.unknown.some((name) => isNeeded(name, asker));
  }

  /**
   * A client with an object's own key, or with the provider's: the project's or the admin key. Undefined, with an error added, where
   * there is no key, where the environment is wrong, or where the provider's configuration is not known yet: falling
   * back to the environment then would use whatever key lies there.
   *
   * @param ownKey Is null where the admin key is asked for: objects have none of their own.
   */
  access(ownKey: string | null, scope: CallScope): Access | undefined {
    const { diagnostics, log, object = "data source", key = "project" } = scope;
    const { client, host, problems, unknown } = this.#settings;
    const asker: Asker = key === "admin" ? { key } : { key, ownKey };
    const notKnown = unknown.filter((name) => isNeeded(name, asker));
    if (notKnown.length > 0) {
      reportUnknown(notKnown, diagnostics);
      return undefined;
    }
    diagnostics.append(problems);
    const identity = identityOf(this.#settings, asker);
    const { credentials, keySource, used, withheld, missing } = identity;
    const unfit = used.filter((name) => !checkHeaderValue(environmentValue(client.env ?? {}, name) ?? ""));
    for (const name of unfit) reportUnfit(name, diagnostics);
    for (const name of missing) reportUnset(name, diagnostics);
    if (problems.length + unfit.length + missing.length > 0) return undefined;
    if (keySource === undefined) {
      if (key === "admin") reportNoAdminKey(diagnostics, withheld);
      else reportNoKey(diagnostics, object, withheld);
      return undefined;
    }
    const { origin } = client.baseUrl;
    const requestLog: RequestLog = (level, message, fields) => log.log(level, message, fields);
    return {
      openai: this.#client(asker, identity, requestLog).withLog(requestLog),
      key,
      keySource,
      credentials,
      withheld: host === "openai" ? [] : withheld,
      baseUrl: origin + shownPath(client.baseUrl),
      origin,
    };
  }

  /**
   * Whether a key that the API shows by its ends alone is one that this provider asks with: `sk-admin…abcd`. False where
   * too little of it is shown to say so.
   */
  usesKey(redacted: string): boolean {
    const askers: Asker[] = [{ key: "admin" }, { key: "project", ownKey: null }];
    const keys = askers.map((asker) => identityOf(this.#settings, asker).key);
    const inHeaders = Object.entries(this.#settings.client.headers ?? {})
      .filter(([name]) => isKeyHeader(name))
      .map(([, value]) => value.replace(/^Bearer\s+/i, ""));
    return [...keys, ...inHeaders].some((key) => key !== undefined && hasEnds(key, redacted));
  }

  /** Why there is none of the provider's keys; nothing where there is one, or where it is not known yet. */
  missingKey(key: KeyName): Diagnostics {
    const diagnostics = new Diagnostics();
    if (!this.isKnownFor(key)) return diagnostics;
    const asker: Asker = key === "admin" ? { key } : { key, ownKey: null };
    const { keySource, withheld, missing } = identityOf(this.#settings, asker);
    for (const name of missing) reportUnset(name, diagnostics);
    if (keySource !== undefined || missing.length > 0) return diagnostics;
    if (key === "admin") reportNoAdminKey(diagnostics, withheld);
    else reportNoKey(diagnostics, "resource", withheld);
    return diagnostics;
  }

  /** One client for all reads with one key: what it prepares costs more than what a read does besides. */
  #client(asker: Asker, { key, organization, project }: Identity, log: RequestLog): OpenAI {
    const { client } = this.#settings;
    const name = asker.key === "admin" || asker.ownKey === null ? asker.key : `own ${asker.ownKey}`;
    let made = this.#clients.get(name);
    if (made === undefined) {
      const own = name === "project" ? { apiKey: key } : withOwnKey(client.headers, key);
      const secrets = this.#keys();
      const options = { ...client, ...own, plane: asker.key, secrets, organization, project, log };
      for (const secret of secretsOf(options)) this.#secrets.add(secret);
      made = new OpenAI(options);
      this.#clients.set(name, made);
    }
    return made;
  }

  /** All keys that the provider has, whichever is sent. */
  #keys(): string[] {
    const { said, environment } = this.#settings;
    const inBlock = [said.apiKey, said.adminKey].flatMap((each) =>
      typeof each === "object" ? [each.value] : [],
    );
    const others = [environment.apiKey, environment.adminKey];
    return [...inBlock, ...others.filter((each) => each !== undefined)];
  }
}

/** How many characters have to be the same at the end of a key: by chance one of 200,000 keys ends as another does. */
const leastEnd = 3;

/** Whether a key has the ends that the API shows of one, which it puts dots or stars between. */
function hasEnds(key: string, redacted: string): boolean {
  const [, start = "", end = ""] = /^([\w-]*)[^\w-]+([\w-]+)$/.exec(redacted.trim()) ?? [];
  return (
    end.length >= leastEnd &&
    start.length + end.length < key.length &&
    key.startsWith(start) &&
    key.endsWith(end)
  );
}

/** Whether an argument of the provider block must be known for a request. */
function isNeeded(name: string, asker: Asker): boolean {
  if (asker.key === "admin") return name !== "api_key" && name !== "project";
  return name !== "admin_api_key" && (name !== "api_key" || asker.ownKey === null);
}

type Headers = Settings["client"]["headers"];

/**
 * An object's own key, in place of the key that the headers carry: in Azure's header, or one like it, where only that
 * is there. Undefined takes the key away.
 */
function withOwnKey(headers: Headers, key: string | undefined): Pick<ClientOptions, "apiKey" | "headers"> {
  const entries = Object.entries(headers ?? {});
  const others = entries.filter(([name]) => !isKeyHeader(name));
  const inPlace = entries.filter(([name]) => isKeyHeader(name) && name.toLowerCase() !== "authorization");
  if (key === undefined) return { apiKey: undefined, headers: Object.fromEntries(others) };
  const authorized = entries.some(([name]) => name.toLowerCase() === "authorization");
  if (inPlace.length > 0 && !authorized) {
    const own = inPlace.map(([name]) => [name, key] as const);
    return { apiKey: undefined, headers: Object.fromEntries([...others, ...own]) };
  }
  return { apiKey: key, headers: Object.fromEntries([...others, ...inPlace]) };
}

function reportUnfit(name: string, diagnostics: Diagnostics): void {
  diagnostics.addError(
    `Invalid ${name}`,
    `The environment variable ${name} has a line break or another character that an HTTP header cannot have.\n\n` +
      "Correct it, or set the argument of the provider block that it stands in for.",
  );
}

function reportUnset(name: string, diagnostics: Diagnostics): void {
  diagnostics.addError(
    `${name} is not set`,
    `The configuration names the environment variable ${name} as the place of this value, and the variable is unset or blank.\n\n` +
      "Set it where Terraform runs, or give the value itself.",
  );
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

/** A key that is there, and is not for this host: what it takes to send it all the same. */
function withheldPoint(withheld: readonly string[], variable: string, argument: string): string {
  if (!withheld.includes(variable)) return `  - the environment variable ${variable}\n`;
  return (
    `  - the environment variable ${variable}: it is set, and not sent to a host that is not OpenAI's beside another ` +
    `credential of the block, unless ${argument} = "${variable}" says so\n`
  );
}

function reportNoAdminKey(diagnostics: Diagnostics, withheld: readonly string[]): void {
  diagnostics.addError(
    "No admin API key",
    "This belongs to the organization, and there is no admin key to ask OpenAI with. Set it in one of these places:\n\n" +
      withheldPoint(withheld, "OPENAI_ADMIN_KEY", "admin_api_key") +
      '  - admin_api_key in the provider block: provider "openai" { admin_api_key = var.openai_admin_key }\n\n' +
      "Admin keys begin with sk-admin-, and an organization's owner makes them in the organization's settings. api_key and " +
      "OPENAI_API_KEY are the key of a project, which the Administration API does not take and is not sent.",
  );
}

function reportNoKey(
  diagnostics: Diagnostics,
  object: NonNullable<Subject["object"]>,
  withheld: readonly string[],
): void {
  diagnostics.add({
    severity: "error",
    ...(object === "resource" ? {} : { path: Path.root.atName("api_key") }),
    summary: "No API key",
    detail:
      "There is no API key to ask OpenAI with. Set it in one of these places:\n\n" +
      withheldPoint(withheld, "OPENAI_API_KEY", "api_key") +
      '  - api_key in the provider block: provider "openai" { api_key = var.openai_api_key }\n' +
      (object === "resource" ? "" : `  - api_key of this ${object}, for this read only\n`) +
      "  - headers in the provider block, with Authorization or api-key, for Azure and gateways\n\n" +
      'An API that wants none is asked without one by api_key = "none" in the provider block.',
  });
}
