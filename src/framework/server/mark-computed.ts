import { isUnknown, type ObjectValue, objectValue, UNKNOWN, type Value } from "../../cty/index.ts";
import type { Attribute, Attributes } from "../attribute.ts";
import type { Kind } from "../kind.ts";
import { isObjectValue } from "./config.ts";

/**
 * Marks unknown what the provider will compute: every computed attribute that the configuration leaves
 * out, at every depth (fwserver's MarkComputedNilsAsUnknown).
 */
export function markComputed(plan: ObjectValue, config: ObjectValue, attributes: Attributes): ObjectValue {
  return objectValue(
    Object.entries(attributes).map(([name, attribute]) => [
      name,
      markAttribute(plan[name] ?? null, config[name] ?? null, attribute),
    ]),
  );
}

function markAttribute(plan: Value, config: Value, attribute: Attribute): Value {
  const computed = attribute.mode === "computed" || attribute.mode === "optional_computed";
  if (computed && config === null) return attribute.default === undefined ? UNKNOWN : plan;
  return isUnknown(config) ? plan : markInside(plan, config, attribute.kind);
}

function markInside(plan: Value, config: Value, kind: Kind): Value {
  if (kind.kind === "object" && isObjectValue(plan) && isObjectValue(config)) {
    return markComputed(plan, config, kind.attributes);
  }
  if (kind.kind === "list" && Array.isArray(plan) && Array.isArray(config) && plan.length === config.length) {
    return plan.map((element, index) => markInside(element, config[index] ?? null, kind.element));
  }
  if (kind.kind === "map" && plan instanceof Map && config instanceof Map) {
    return new Map(
      [...plan].map(([key, element]) => [key, markInside(element, config.get(key) ?? null, kind.element)]),
    );
  }
  return plan;
}
