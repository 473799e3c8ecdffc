import type { OpenAIError } from "../openai/index.ts";
import type { Texts } from "./explain.ts";
import type { KeySource } from "./settings.ts";
import { operationOf, type Subject } from "./subject.ts";

const keySources: Readonly<Record<Exclude<KeySource, "data source">, string>> = {
  provider: "the api_key of the provider block",
  environment: "the environment variable OPENAI_API_KEY",
  headers: "the headers of the provider block",
};

/**
 * Texts for what the API refuses because of who asks; undefined for other errors. They say whose key it was
 * but do not point at it: Terraform prints the line that a diagnostic points at, and a key may stand on it.
 */
export function accessTexts(error: OpenAIError, subject: Subject): Texts | undefined {
  const { access, object = "data source" } = subject;
  const source = access.keySource;
  const key = source === "data source" ? `the api_key of this ${object}` : keySources[source];
  const reads = ["read", "open"].includes(operationOf(subject));
  switch (error.kind) {
    case "authentication":
      return {
        summary: "API key refused",
        paragraphs: [
          `${access.baseUrl} does not accept the key that came from ${key}: it is wrong, revoked or expired, or the API ` +
            "expects a credential of another kind.",
          "Check that key, and that base_url names the API that it is for.",
        ],
      };
    case "missing_scopes":
      return {
        summary: "API key lacks a permission",
        paragraphs: [
          `The key that came from ${key} is a restricted one, and lacks a scope that ${reads ? "reading" : "writing"} stored completions needs; ` +
            "the API names it below. An admin key has none of these scopes.",
          `Give the key ${reads ? "read" : "write"} permission for chat completions in the project's settings, or use another key. A key that ` +
            "was changed a moment ago may need a minute.",
        ],
      };
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
      return {
        summary: "No access to the model",
        paragraphs: [
          `The project of the key that came from ${key} has no access to the model that the API names below.`,
          "Allow the model in the project's settings, or use a key of a project that has access.",
        ],
      };
    case "ip_not_authorized":
    case "permission":
      return {
        summary: "Request not permitted",
        paragraphs: [
          `The API refuses this request for the key that came from ${key}` +
            (error.kind === "ip_not_authorized"
              ? ": its project does not allow the address that it came from."
              : "."),
          "Check what the key, its project and its organization are allowed to do.",
        ],
      };
    default:
      return undefined;
  }
}
