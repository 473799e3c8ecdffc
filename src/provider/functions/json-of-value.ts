import {
  CtyError,
  Decimal,
  DynamicValue,
  FunctionError,
  isUnknown,
  normalizeString,
  objectType,
  objectValue,
  parseShortNumber,
  type Type,
  terraformNumberText,
  tupleType,
  type Value,
} from "../../framework/index.ts";
import {
  isJsonArray,
  isJsonObject,
  JsonNumber,
  type JsonObject,
  type JsonValue,
  parseJson,
} from "../../openai/index.ts";
import { jsonObjectProblem } from "../json-argument.ts";

/** A value of any type as JSON: numbers to the last digit, null as null. */
export function jsonOfValue(value: unknown): JsonValue {
  if (value === null || typeof value === "string" || typeof value === "boolean") return value;
  if (typeof value === "number" || typeof value === "bigint" || value instanceof Decimal)
    return new JsonNumber(terraformNumberText(value));
  if (value instanceof DynamicValue) return jsonOfValue(value.value);
  if (Array.isArray(value)) return value.map((each: unknown) => jsonOfValue(each));
  if (typeof value !== "object" || isUnknown(value)) throw new Error("a value of Terraform's was expected");
  const entries = value instanceof Map ? [...value] : Object.entries(value);
  return new Map(entries.map(([key, each]) => [String(key), jsonOfValue(each)]));
}

/** An object, or JSON text of one; undefined for anything else. */
export function objectOfValue(value: unknown): JsonObject | undefined {
  const plain = value instanceof DynamicValue ? value.value : value;
  if (typeof plain === "string") {
    if (jsonObjectProblem(plain) !== undefined) return undefined;
    const parsed = parseJson(plain);
    return isJsonObject(parsed) ? parsed : undefined;
  }
  const json = jsonOfValue(plain);
  return isJsonObject(json) ? json : undefined;
}

/**
 * JSON as a value of the type that it has, as `jsondecode` has it: objects, tuples, and null of no type.
 *
 * @throws FunctionError for a number that Terraform would round.
 */
export function valueOfJson(json: JsonValue): DynamicValue {
  return new DynamicValue(...typed(json));
}

function typed(json: JsonValue): [Type, Value] {
  if (json === null) return [{ kind: "dynamic" }, null];
  if (typeof json === "string") return [{ kind: "string" }, json];
  if (typeof json === "boolean") return [{ kind: "bool" }, json];
  if (json instanceof JsonNumber) return [{ kind: "number" }, numberOf(json)];
  if (isJsonArray(json)) {
    const elements = json.map(typed);
    return [tupleType(elements.map(([type]) => type)), elements.map(([, value]) => value)];
  }
  // Of two keys that Terraform takes for one the last counts.
  const members = new Map([...json].map(([key, each]) => [normalizeString(key), typed(each)]));
  return [
    objectType([...members].map(([key, [type]]) => [key, type])),
    objectValue([...members].map(([key, [, value]]) => [key, value])),
  ];
}

function numberOf({ text }: JsonNumber): Value {
  try {
    return parseShortNumber(text);
  } catch (thrown) {
    if (!(thrown instanceof CtyError)) throw thrown;
    throw new FunctionError("a number is longer than Terraform can hold");
  }
}
