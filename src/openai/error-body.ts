import { capText, cleanText, firstLine } from "./clean-text.ts";
import type { ApiErrorBody, Envelope } from "./errors.ts";
import {
  isJsonArray,
  isJsonObject,
  JsonError,
  JsonNumber,
  type JsonObject,
  type JsonValue,
  parseJson,
} from "./json.ts";
import { stringifyJson } from "./json-text.ts";
import type { Redactor } from "./redact.ts";

/** Characters of an API's message that are kept. */
const messageLimit = 1_000;

/** Makes text of an API fit to be shown: cleaned first, so that no control character hides a secret, capped last. */
export function displayText(text: string, redactor: Redactor, limit = messageLimit): string {
  return capText(redactor.redact(cleanText(text, limit * 4)), limit);
}

/**
 * Reads an error body in every form that OpenAI and gateways use: `{error:{…}}`, `{error:"…"}`, `{detail:"…"}`,
 * `{detail:[…]}`, `{message}`, `{errors:[…]}`, HTML, other text, nothing. Never fails.
 */
export function readErrorBody(text: string, redactor: Redactor): ApiErrorBody {
  if (text.trim() === "") return body("empty", {});
  const json = tryParse(text);
  if (json === undefined) {
    const line = displayText(firstLine(text), redactor);
    return body(/^\s*</.test(text) ? "html" : "text", { message: line });
  }
  return errorBodyOf(json, redactor);
}

/** As {@link readErrorBody}, of JSON that is read already. */
export function errorBodyOf(json: JsonValue, redactor: Redactor): ApiErrorBody {
  const found = fromJson(json);
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

function fromJson(json: JsonValue): { envelope: Envelope; fields: JsonObject } {
  const message = (value: JsonValue): JsonObject => new Map([["message", value]]);
  // Some gateways wrap the error in a list.
  const root = isJsonArray(json) ? json[0] : json;
  if (typeof root === "string") return { envelope: "text", fields: message(root) };
  if (!isJsonObject(root)) return { envelope: "text", fields: message(stringifyJson(json)) };
  const error = root.get("error");
  if (isJsonObject(error)) return { envelope: "error_object", fields: error };
  if (typeof error === "string")
    return {
      envelope: "error_string",
      fields: new Map([...root, ["message", root.get("message") ?? error]]),
    };
  const detail = root.get("detail");
  if (typeof detail === "string") return { envelope: "detail", fields: message(detail) };
  if (isJsonArray(detail)) return { envelope: "detail", fields: message(detail.map(detailText).join("; ")) };
  if (isJsonObject(detail)) return { envelope: "detail", fields: detail };
  if (typeof root.get("message") === "string") return { envelope: "message", fields: root };
  const errors = root.get("errors");
  if (isJsonArray(errors) && errors.length > 0) {
    const [first] = errors;
    const fields = isJsonObject(first) ? first : message(first ?? null);
    return { envelope: "message", fields };
  }
  return { envelope: "text", fields: message(stringifyJson(root)) };
}

/** FastAPI's `{loc: ["body", "limit"], msg: "…"}`. */
function detailText(item: JsonValue): string {
  if (!isJsonObject(item)) return asText(item) ?? "";
  const where = item.get("loc");
  const place = isJsonArray(where) ? where.map((part) => asText(part) ?? "").join(".") : "";
  const message = asText(item.get("msg") ?? item.get("message")) ?? stringifyJson(item);
  return place === "" ? message : `${place}: ${message}`;
}

function asText(value: JsonValue | undefined): string | null {
  if (value === undefined || value === null) return null;
  if (typeof value === "string") return value;
  return value instanceof JsonNumber ? value.text : stringifyJson(value);
}

function body(envelope: Envelope, found: { message?: string }): ApiErrorBody {
  return { envelope, message: found.message || null, type: null, code: null, param: null };
}

function tryParse(text: string): JsonValue | undefined {
  try {
    return parseJson(text);
  } catch (error) {
    if (error instanceof JsonError) return undefined;
    throw error;
  }
}
