import type { ErrorKind, OpenAIError } from "../../openai/index.ts";
import type { Access } from "../openai-provider.ts";
import type { KeySource } from "../settings.ts";
import type { Texts } from "./explain.ts";
import { operationOf, type Subject, type Topic } from "./subject.ts";

const keySources: Readonly<Record<Exclude<KeySource, "object">, string>> = {
  provider: "the api_key of the provider block",
  environment: "the environment variable OPENAI_API_KEY",
  headers: "the headers of the provider block",
  query: "the query of the provider block or of its base URL",
  none: "nowhere",
};

const adminKeySources: Readonly<Partial<Record<KeySource, string>>> = {
  provider: "the admin_api_key of the provider block",
  environment: "the environment variable OPENAI_ADMIN_KEY",
};

/** Where the key came from: `the headers of the provider block (cf-aig-authorization)`. */
function sourceInWords({ key, keySource, credentials }: Access, object: string): string {
  if (keySource === "object") return `the api_key of this ${object}`;
  const own = credentials
    .filter(({ location }) => location === keySource)
    .map(({ name }) => JSON.stringify(name));
  const source = (key === "admin" ? adminKeySources[keySource] : undefined) ?? keySources[keySource];
  return source + (own.length === 0 ? "" : ` (${own.join(", ")})`);
}

/** What was sent beside the key, which may be the one that is refused: headers and query parameters by name. */
function besides({ keySource, credentials }: Access): string {
  return credentials
    .filter(({ location }) => location !== keySource)
    .map(({ location, name }) => `${JSON.stringify(name)} of ${location}`)
    .join(", ");
}

/** A refusal of the key or of another credential: all that were sent are named, and what was not. */
function refused(access: Access, key: string): Texts {
  const { baseUrl, withheld } = access;
  const { variable, argument } = keyNames(access);
  const more = besides(access);
  const what =
    more === ""
      ? `${baseUrl} does not accept the key that came from ${key}: it is wrong, revoked or expired, or the API ` +
        "expects a credential of another kind."
      : `${baseUrl} does not accept what it was sent: the key that came from ${key}, or ${more}, is wrong, revoked or ` +
        "expired, or the API expects a credential of another kind.";
  const notSent =
    `${variable} of the environment was not sent: base_url is not OpenAI's, and the provider block has a credential ` +
    `of its own. If the key of the environment is for this API too, say so: ${argument} = "${variable}".`;
  return {
    summary: "API key refused",
    paragraphs: [
      what,
      `Check ${more === "" ? "that key" : "each"}, and that base_url names the API that it is for.` +
        (access.key === "admin" ? ` ${adminKeysAlone}` : ""),
      ...(withheld.includes(variable) ? [notSent] : []),
    ],
  };
}

const adminKeysAlone =
  "It must be an admin key, which begins with sk-admin-: the Administration API refuses the key of a project or of a " +
  "service account.";

/** What the key in use is called where it is set. */
function keyNames({ key }: Access): { readonly variable: string; readonly argument: string } {
  return key === "admin"
    ? { variable: "OPENAI_ADMIN_KEY", argument: "admin_api_key" }
    : { variable: "OPENAI_API_KEY", argument: "api_key" };
}

/** A key that may do something, and not this. */
function lacksScope(access: Access, key: string, reads: boolean, topic: Topic): Texts {
  const summary = "API key lacks a permission";
  const doing = reads ? "reading" : "writing";
  if (access.key === "admin") {
    return {
      summary,
      paragraphs: [
        `The key that came from ${key} lacks a scope that ${doing} ${topic.plural} needs; the API names it below. Either it is a ` +
          "restricted admin key, or it is none.",
        `${adminKeysAlone} Give a restricted one that scope in the organization's settings, and check the role of its owner ` +
          "in the organization.",
      ],
    };
  }
  return {
    summary,
    paragraphs: [
      `The key that came from ${key} is a restricted one, and lacks a scope that ${doing} ${topic.plural} needs; ` +
        "the API names it below. An admin key has none of these scopes: its place is admin_api_key.",
      `Give the key ${reads ? "read" : "write"} permission for ${topic.noun}s in the project's settings, or use another key. A key that ` +
        "was changed a moment ago may need a minute.",
    ],
  };
}

const wantsKey: ReadonlySet<ErrorKind> = new Set(["authentication", "missing_scopes", "permission"]);

/** A refusal of a request that was sent without a key, as was said. */
function refusedWithoutKey({ baseUrl }: Access): Texts {
  return {
    summary: "No API key",
    paragraphs: [
      `${baseUrl} refuses a request without a key, and "none" in the place of the key says that there is none.`,
      "Set a key that it accepts, and check that base_url names the API that was meant.",
    ],
  };
}

/**
 * Texts for what the API refuses because of who asks; undefined for other errors. They say whose key it was
 * but do not point at it: Terraform prints the line that a diagnostic points at, and a key may stand on it.
 */
export function accessTexts(error: OpenAIError, subject: Subject): Texts | undefined {
  const { access, topic, object = "data source" } = subject;
  if (access.keySource === "none" && wantsKey.has(error.kind)) return refusedWithoutKey(access);
  const key = sourceInWords(access, object);
  const reads = ["read", "open"].includes(operationOf(subject));
  switch (error.kind) {
    case "authentication":
      return refused(access, key);
    case "missing_scopes":
      return lacksScope(access, key, reads, topic);
    case "mismatched_organization":
    case "mismatched_project": {
      const what = error.kind === "mismatched_organization" ? "organization" : "project";
      const variable = what === "organization" ? "OPENAI_ORG_ID" : "OPENAI_PROJECT_ID";
      return {
        summary: `API key belongs to another ${what}`,
        paragraphs: [
          `The key that came from ${key} does not belong to the ${what} that the request named.`,
          `Correct or remove ${what} in the provider block and the environment variable ${variable}: without it, the key's ` +
            "own is used.",
        ],
      };
    }
    case "region":
      return {
        summary: "API not available from here",
        paragraphs: [
          "OpenAI does not serve the country, region or territory that this request came from.",
          "Run Terraform elsewhere, or set base_url to a gateway that is served.",
        ],
      };
    case "model_access":
      // What is asked for is the model itself: it is missing, or not allowed.
      if (topic.path === "/models") return undefined;
      return {
        summary: "No access to the model",
        paragraphs: [
          `The project of the key that came from ${key} has no access to the model that the API names below, or the API has ` +
            "no such model.",
          "Allow the model in the project's settings, use a key of a project that has access, or check the model's name.",
        ],
      };
    case "ip_not_authorized":
    case "permission":
      return {
        summary: "Request not permitted",
        paragraphs: [
          `The API refuses this request for the key that came from ${key}` +
            (error.kind === "ip_not_authorized"
              ? `: its ${access.key === "admin" ? "organization" : "project"} does not allow the address that it came from.`
              : "."),
          access.key === "admin"
            ? "Check the role of the key's owner in the organization, and what the organization is allowed to do."
            : "Check what the key, its project and its organization are allowed to do.",
        ],
      };
    default:
      return undefined;
  }
}
