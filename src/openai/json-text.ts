import { isJsonArray, isJsonObject, JsonNumber, type JsonValue } from "./json.ts";

/** Writes a value as compact JSON. Numbers keep their text, objects their order. */
export function stringifyJson(value: JsonValue): string {
  if (value instanceof JsonNumber) return value.text;
  if (isJsonArray(value)) return `[${value.map(stringifyJson).join(",")}]`;
  if (isJsonObject(value)) {
    const members = Array.from(value, ([key, member]) => `${JSON.stringify(key)}:${stringifyJson(member)}`);
    return `{${members.join(",")}}`;
  }
  return JSON.stringify(value);
}
