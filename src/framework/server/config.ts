import { isUnknown, type ObjectValue, type Value } from "../../cty/index.ts";
import type { Attributes } from "../attribute.ts";
import type { Config, Kind, MaybeUnknownConfig } from "../kind.ts";

/**
 * Turns a decoded object into what an author gets: the arguments only, at every depth. Computed
 * attributes, null in every configuration, are left out, so that spreading a configuration into a
 * state cannot fill them by accident.
 */
export function configOf<A extends Attributes>(value: ObjectValue, attributes: A): MaybeUnknownConfig<A>;
export function configOf(value: ObjectValue, attributes: Attributes): ObjectValue {
  return argumentsOf(value, attributes);
}

/** `configOf` for a value that is known to hold no unknowns: what Read and Apply get. */
export function knownConfigOf<A extends Attributes>(value: ObjectValue, attributes: A): Config<A>;
export function knownConfigOf(value: ObjectValue, attributes: Attributes): ObjectValue {
  return argumentsOf(value, attributes);
}

function argumentsOf(value: ObjectValue, attributes: Attributes): ObjectValue {
  const config: Record<string, Value> = {};
  for (const [name, attribute] of Object.entries(attributes)) {
    if (attribute.mode === "computed") continue;
    config[name] = argument(value[name] ?? null, attribute.kind);
  }
  return config;
}

function argument(value: Value, kind: Kind): Value {
  if (value === null || isUnknown(value)) return value;
  switch (kind.kind) {
    case "list":
    case "set":
      return Array.isArray(value) ? value.map((element) => argument(element, kind.element)) : value;
    case "map":
      return value instanceof Map
        ? new Map([...value].map(([key, element]) => [key, argument(element, kind.element)]))
        : value;
    case "object":
      return isObjectValue(value) ? argumentsOf(value, kind.attributes) : value;
    default:
      return value;
  }
}

/** Whether a decoded value is an object's (and not a list, a map or a scalar). */
export function isObjectValue(value: unknown): value is ObjectValue {
  if (typeof value !== "object" || value === null || Array.isArray(value) || value instanceof Map)
    return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || prototype === Object.prototype;
}
