import { capText, cleanText, firstLine } from "./clean-text.ts";
import type { ApiErrorBody, Envelope } from "./errors.ts";
import {
  isJsonArray,
  isJsonObject,
  type JsonArray,
  JsonError,
  JsonNumber,
  type JsonObject,
  type JsonValue,
  parseJson,
  parseJsonInPieces,
} from "./json.ts";
import { stringifyJson } from "./json-text.ts";
import type { Redactor } from "./redact.ts";

/** Characters of an API's message that are kept. */
const messageLimit = 1_000;

/** Makes text of an API fit to be shown: cleaned first, so that no control character hides a secret, capped last. */
export function displayText(text: string, redactor: Redactor, limit = messageLimit): string {
  return capText(redactor.redact(cleanText(text, limit * 4)), limit);
}

/** Characters of a value that are worth writing out: as many as {@link displayText} looks at. */
const textLimit = messageLimit * 32;
/** Elements that so much text can have: what comes after them is never shown, and need not be held. */
const elementLimit = textLimit / 2;
/** Of a list of details the first are shown. */
const mostDetails = 20;

/** An error body as it came, with secrets and control characters: only for {@link showErrorBody}. */
export interface FoundError {
  readonly envelope: Envelope;
  readonly fields: JsonObject;
}

/**
 * Reads an error body in every form that OpenAI and gateways use: `{error:{…}}`, `{error:"…"}`, `{detail:"…"}`,
 * `{detail:[…]}`, `{message}`, `{errors:[…]}`, HTML, other text, nothing. Never fails, but for what the signal was
 * aborted with.
 */
export async function parseErrorBody(text: string, signal?: AbortSignal): Promise<FoundError> {
  return foundIn(text, await parseJsonInPieces(text, signal, elementLimit).catch(notJson));
}

/** {@link parseErrorBody} in one piece, made fit to be shown. */
export function readErrorBody(text: string, redactor: Redactor): ApiErrorBody {
  return showErrorBody(foundIn(text, tryParse(text)), redactor);
}

/** As {@link readErrorBody}, of JSON that is read already. */
export function errorBodyOf(json: JsonValue, redactor: Redactor): ApiErrorBody {
  return showErrorBody(fromJson(json), redactor);
}

function foundIn(text: string, json: JsonValue | undefined): FoundError {
  if (json !== undefined) return fromJson(json);
  if (text.trim() === "") return { envelope: "empty", fields: new Map() };
  return {
    envelope: /^\s*</.test(text) ? "html" : "text",
    fields: new Map([["message", firstLine(text) || null]]),
  };
}

/** The texts of an error, cleaned of control characters and secrets. */
export function showErrorBody(found: FoundError, redactor: Redactor): ApiErrorBody {
  const show = (value: JsonValue | undefined) => {
    const shown = asText(value);
    return shown === null ? null : displayText(shown, redactor);
  };
  return {
    envelope: found.envelope,
    message: show(found.fields.get("message")),
    type: show(found.fields.get("type")),
    code: show(found.fields.get("code")),
    param: show(found.fields.get("param")),
  };
}

function fromJson(json: JsonValue): FoundError {
  const message = (value: JsonValue): JsonObject => new Map([["message", value]]);
  // Some gateways wrap the error in a list.
  const root = isJsonArray(json) ? json[0] : json;
  if (typeof root === "string") return { envelope: "text", fields: message(root) };
  if (!isJsonObject(root)) return { envelope: "text", fields: message(stringifyJson(json, textLimit)) };
  const error = root.get("error");
  if (isJsonObject(error)) return { envelope: "error_object", fields: error };
  if (typeof error === "string")
    return {
      envelope: "error_string",
      fields: new Map([
        ["message", root.get("message") ?? error],
        ...["type", "code", "param"].map((name): [string, JsonValue] => [name, root.get(name) ?? null]),
      ]),
    };
  const detail = root.get("detail");
  if (typeof detail === "string") return { envelope: "detail", fields: message(detail) };
  if (isJsonArray(detail)) return { envelope: "detail", fields: message(detailsText(detail)) };
  if (isJsonObject(detail)) return { envelope: "detail", fields: detail };
  if (typeof root.get("message") === "string") return { envelope: "message", fields: root };
  const errors = root.get("errors");
  if (isJsonArray(errors) && errors.length > 0) {
    const [first] = errors;
    const fields = isJsonObject(first) ? first : message(first ?? null);
    return { envelope: "message", fields };
  }
  return { envelope: "text", fields: message(stringifyJson(root, textLimit)) };
}

function detailsText(details: JsonArray): string {
  const shown = details.slice(0, mostDetails).map(detailText);
  return (details.length > mostDetails ? [...shown, "…"] : shown).join("; ");
}

/** FastAPI's `{loc: ["body", "limit"], msg: "…"}`. */
function detailText(item: JsonValue): string {
  if (!isJsonObject(item)) return asText(item) ?? "";
  const where = item.get("loc");
  const place = isJsonArray(where) ? where.slice(0, mostDetails).map(asPart).join(".") : "";
  const message = asText(item.get("msg") ?? item.get("message")) ?? stringifyJson(item, textLimit);
  return place === "" ? message : `${place}: ${message}`;
}

function asText(value: JsonValue | undefined): string | null {
  if (value === undefined || value === null) return null;
  if (typeof value === "string") return value;
  return value instanceof JsonNumber ? value.text : stringifyJson(value, textLimit);
}

function asPart(value: JsonValue): string {
  return asText(value) ?? "";
}

function tryParse(text: string): JsonValue | undefined {
  try {
    return parseJson(text);
  } catch (error) {
    return notJson(error);
  }
}

function notJson(error: unknown): undefined {
  if (!(error instanceof JsonError)) throw error;
}
