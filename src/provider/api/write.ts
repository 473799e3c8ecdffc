import { type Attribute, type Attributes, type Kind, terraformNumberText } from "../../framework/index.ts";
import { isJsonObject, JsonNumber, type JsonObject, type JsonValue, parseJson } from "../../openai/index.ts";
import { parseJsonArgument } from "../json-argument.ts";
import { isSent, memberOf, wireOf } from "./wire.ts";

type Values = { readonly [name: string]: unknown };

/** The members that are set, as the body of a request. */
export function writeAttributes(attributes: Attributes, values: Values): JsonObject {
  const body = new Map<string, JsonValue>();
  for (const [name, attribute] of Object.entries(attributes)) {
    const written = writeAttribute(attribute, values[name] ?? null);
    if (written !== undefined) putMember(body, memberOf(name, attribute), written);
  }
  for (const [name, attribute] of Object.entries(attributes))
    for (const [member, value] of extraMembers(attribute, values[name])) body.set(member, value);
  return body;
}

/** The members that JSON text adds to the body, where the attribute is {@link Wire.extra}. */
export function extraMembers(attribute: Attribute, text: unknown): JsonObject {
  const extra =
    wireOf(attribute).extra === true && typeof text === "string" ? parseJsonArgument(text) : undefined;
  return isJsonObject(extra) ? extra : new Map();
}

/** Sets a member, or a member of a member. */
export function putMember(body: Map<string, JsonValue>, member: string, value: JsonValue): void {
  const steps = member.split(".");
  const last = steps.pop() ?? "";
  let object = body;
  for (const step of steps) {
    const inside = object.get(step);
    const next = inside instanceof Map ? inside : new Map<string, JsonValue>();
    object.set(step, next);
    object = next;
  }
  object.set(last, value);
}

/** One member; undefined where it is not sent. */
export function writeAttribute(attribute: Attribute, value: unknown): JsonValue | undefined {
  const wire = wireOf(attribute);
  if (!isSent(attribute) || value === null) return undefined;
  if (wire.write !== undefined) return wire.write(value);
  return wire.json === true ? parseJson(String(value)) : writeKind(attribute.kind, value);
}

/** A value of a kind as JSON, numbers to the last digit. The framework has checked that it is one. */
export function writeKind(kind: Kind, value: unknown): JsonValue {
  if (value === null || value === undefined) return null;
  switch (kind.kind) {
    case "number":
    case "integer":
      return new JsonNumber(numberText(value));
    case "list":
    case "set":
      return Array.isArray(value) ? value.map((each: unknown) => writeKind(kind.element, each)) : null;
    case "map": {
      const entries = value instanceof Map ? [...value] : [];
      return new Map(entries.map(([key, each]) => [String(key), writeKind(kind.element, each)]));
    }
    case "object":
      return writeAttributes(kind.attributes, value as Values);
    case "bool":
      return value === true;
    default:
      return String(value);
  }
}

function numberText(value: unknown): string {
  // An integer kind is a JavaScript number; the others are exact numbers.
  return typeof value === "number" || typeof value === "bigint" || typeof value === "object"
    ? terraformNumberText(value as Parameters<typeof terraformNumberText>[0])
    : String(value);
}
