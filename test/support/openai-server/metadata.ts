import { type APIError, invalid } from "./errors.ts";
import { isObject, type Json, typeName } from "./json.ts";

/** The API's limits: pairs, and characters of a key and of a value. */
const MOST_PAIRS = 16;
const LONGEST_KEY = 64;
const LONGEST_VALUE = 512;

/** What the API has against this metadata, or undefined. null counts as none. */
export function metadataError(metadata: Json): APIError | undefined {
  if (metadata === null) return undefined;
  if (!isObject(metadata)) {
    return invalid(
      `Invalid type for 'metadata': expected an object, but got ${article(metadata)} instead.`,
      "metadata",
      "invalid_type",
    );
  }
  const pairs = Object.entries(metadata);
  if (pairs.length > MOST_PAIRS) {
    return invalid(
      `Invalid 'metadata': too many properties. Expected an object with at most ${MOST_PAIRS} properties, but got an object with ${pairs.length} properties instead.`,
      "metadata",
      "object_above_max_properties",
    );
  }
  for (const [key, value] of pairs) {
    const error = pairError(key, value ?? null);
    if (error !== undefined) return error;
  }
  return undefined;
}

function pairError(key: string, value: Json): APIError | undefined {
  const keyLength = [...key].length;
  if (keyLength > LONGEST_KEY) {
    return invalid(
      `Invalid property name in 'metadata': '${key.slice(0, LONGEST_KEY)}...' is too long. Expected a property name with maximum length ${LONGEST_KEY}, but got one with length ${keyLength} instead.`,
      "metadata",
      "property_name_above_max_length",
    );
  }
  if (typeof value !== "string") {
    return invalid(
      `Invalid type for 'metadata.${key}': expected a string, but got ${article(value)} instead.`,
      `metadata.${key}`,
      "invalid_type",
    );
  }
  const length = [...value].length;
  if (length <= LONGEST_VALUE) return undefined;
  return invalid(
    `Invalid 'metadata.${key}': string too long. Expected a string with maximum length ${LONGEST_VALUE}, but got a string with length ${length} instead.`,
    `metadata.${key}`,
    "string_above_max_length",
  );
}

/** The value's type with its article, as OpenAI's messages have it. */
export function article(value: Json | undefined): string {
  const name = typeName(value);
  if (name === "null") return "null";
  return `${/^[aio]/.test(name) ? "an" : "a"} ${name}`;
}
