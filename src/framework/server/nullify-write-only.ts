import { type ObjectValue, objectValue, type Value } from "../../cty/index.ts";
import type { Attributes } from "../attribute.ts";
import type { Kind } from "../kind.ts";
import { isObjectValue } from "./config.ts";

/** The object with every write-only attribute null, at every depth: what a plan and a state may hold. */
export function nullifyWriteOnly(object: ObjectValue, attributes: Attributes): ObjectValue {
  return objectValue(
    Object.entries(attributes).map(([name, attribute]) => {
      const value = object[name] ?? null;
      return [name, attribute.writeOnly ? null : nullifyInside(value, attribute.kind)];
    }),
  );
}

function nullifyInside(value: Value, kind: Kind): Value {
  if (kind.kind === "object") return isObjectValue(value) ? nullifyWriteOnly(value, kind.attributes) : value;
  if (kind.kind === "list" && Array.isArray(value))
    return value.map((each) => nullifyInside(each, kind.element));
  if (kind.kind === "map" && value instanceof Map) {
    return new Map([...value].map(([key, each]) => [key, nullifyInside(each, kind.element)]));
  }
  return value;
}

/** Whether a configuration sets a write-only attribute, at any depth. */
export function setsWriteOnly(object: ObjectValue, attributes: Attributes): string | undefined {
  return Object.entries(attributes).find(
    ([name, attribute]) => attribute.writeOnly && (object[name] ?? null) !== null,
  )?.[0];
}
