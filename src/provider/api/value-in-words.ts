import { capText, isJsonArray, JsonNumber, type JsonValue } from "../../openai/index.ts";

/** A JSON value in words, with enough of it to recognise it by, and fit for a terminal. */
export function valueInWords(value: JsonValue): string {
  if (value === null) return "null";
  if (typeof value === "string") return `the string ${quoted(value)}`;
  if (typeof value === "boolean") return String(value);
  if (value instanceof JsonNumber) return `the number ${capText(value.text, longestQuote)}`;
  if (isJsonArray(value)) return `a list of ${value.length}`;
  const keys = [...value.keys()].slice(0, 8).map(quoted);
  if (value.size > keys.length) keys.push("…");
  return keys.length === 0 ? "an object without keys" : `an object with the keys ${keys.join(", ")}`;
}

/**
 * What is there in the place of what was expected. A text is shown in the place of a word that the API has there;
 * anywhere else it may be a secret.
 */
export function foundInWords(value: JsonValue, expected: string): string {
  return typeof value === "string" && !expected.startsWith('"') ? "a string" : valueInWords(value);
}

const longestQuote = 60;

/** The beginning of a text in quotes, with control and formatting characters as escapes. */
function quoted(text: string): string {
  return JSON.stringify(capText(text, longestQuote)).replace(
    /[\p{Cc}\p{Cf}\u2028\u2029]/gu,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

/** The path of a member or an element, for messages. */
export function memberPath(around: string, at: string | number): string {
  if (typeof at === "number") return `${around}[${at}]`;
  if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(at)) return `${around}[${quoted(at)}]`;
  return around === "" ? at : `${around}.${at}`;
}
