import { type ExactNumber, terraformNumberText } from "../../framework/index.ts";
import { JsonNumber, type JsonObject, type JsonValue, parseJson } from "../../openai/index.ts";

/** An object of the members that are set: null stands for an argument that was left out. */
export function given(members: { readonly [name: string]: JsonValue }): JsonObject {
  return new Map(Object.entries(members).filter(([, value]) => value !== null));
}

/** A number with all its digits. */
export function exact(value: ExactNumber | null): JsonValue {
  return value === null ? null : new JsonNumber(terraformNumberText(value));
}

/** JSON text as it stands, numbers digit for digit. It has passed its validator. */
export function parsed(text: string | null): JsonValue {
  return text === null ? null : parseJson(text);
}

/** A word, or JSON text of an object. */
export function wordOrObject(text: string | null): JsonValue {
  return text !== null && /^\s*\{/.test(text) ? parseJson(text) : text;
}
