import {
  DynamicValue,
  dynamic,
  objectValue,
  parseNumber,
  type Refinements,
  type Type,
  typeFromJSON,
  Unknown,
  type Value,
} from "../../src/cty/index.ts";

// The value notation of the shared vectors: JSON in which {"$number": "text"}, {"$unknown": {…}} and
// {"$dynamic": {"type": …, "value": …}} stand for what JSON has no form for.

/** The value of the type that the notation writes. */
export function fromNotation(json: unknown, type: Type): Value {
  if (json === null) return null;
  const unknown = member(json, "$unknown");
  if (unknown !== undefined) return new Unknown(refinements(unknown));
  switch (type.kind) {
    case "number":
      return parseNumber(String(member(json, "$number")));
    case "list":
    case "set":
      return array(json).map((element) => fromNotation(element, type.element));
    case "tuple":
      return array(json).map((element, i) => fromNotation(element, type.elements[i] ?? dynamic));
    case "map":
      return new Map(entries(json).map(([key, element]) => [key, fromNotation(element, type.element)]));
    case "object":
      return objectValue(
        entries(json).map(([name, value]) => [
          name,
          fromNotation(value, type.attributes.get(name) ?? dynamic),
        ]),
      );
    case "dynamic":
      return fromDynamic(json);
    default:
      if (typeof json !== "string" && typeof json !== "boolean") throw new TypeError("a string or bool");
      return json;
  }
}

function fromDynamic(json: unknown): Value {
  const concrete = member(json, "$dynamic");
  // The vectors of decoding show the bare value, as Terraform prints it.
  if (concrete === undefined) return typeof json === "string" ? json : null;
  const type = typeFromJSON(JSON.stringify(member(concrete, "type")));
  return new DynamicValue(type, fromNotation(member(concrete, "value"), type));
}

function refinements(json: unknown): Refinements {
  const result: { -readonly [K in keyof Refinements]: Refinements[K] } = {};
  if (member(json, "nullness") === "not_null") result.nullness = "not_null";
  const prefix = member(json, "string_prefix");
  if (typeof prefix === "string") result.stringPrefix = prefix;
  const [min, max] = [member(json, "number_min"), member(json, "number_max")];
  if (min !== undefined) result.numberMin = bound(min);
  if (max !== undefined) result.numberMax = bound(max);
  const [shortest, longest] = [member(json, "length_min"), member(json, "length_max")];
  if (typeof shortest === "number") result.lengthMin = shortest;
  if (typeof longest === "number") result.lengthMax = longest;
  return result;
}

function bound(json: unknown): { value: ReturnType<typeof parseNumber>; inclusive: boolean } {
  return { value: parseNumber(String(member(json, "bound"))), inclusive: member(json, "inclusive") === true };
}

/** The value without the wrappers that carry a dynamic value's type. */
export function stripDynamic(value: Value): Value {
  if (value instanceof DynamicValue) return stripDynamic(value.value);
  return Array.isArray(value) ? value.map(stripDynamic) : value;
}

function member(json: unknown, name: string): unknown {
  return typeof json === "object" && json !== null
    ? Object.getOwnPropertyDescriptor(json, name)?.value
    : undefined;
}

function entries(json: unknown): [string, unknown][] {
  return typeof json === "object" && json !== null ? Object.entries(json) : [];
}

function array(json: unknown): unknown[] {
  return Array.isArray(json) ? json : [];
}
