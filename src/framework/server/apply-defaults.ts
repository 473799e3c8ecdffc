import { type ObjectValue, objectValue, type Value } from "../../cty/index.ts";
import type { Attribute, Attributes } from "../attribute.ts";
import type { Kind } from "../kind.ts";
import { isObjectValue } from "./config.ts";

/** The plan with each default in place of what the configuration leaves out, at every depth. */
export function applyDefaults(plan: ObjectValue, config: ObjectValue, attributes: Attributes): ObjectValue {
  return objectValue(
    Object.entries(attributes).map(([name, attribute]) => [
      name,
      defaultOf(plan[name] ?? null, config[name] ?? null, attribute),
    ]),
  );
}

function defaultOf(plan: Value, config: Value, attribute: Attribute): Value {
  if (config === null) return attribute.default === undefined ? plan : attribute.default;
  return applyInside(plan, config, attribute.kind);
}

function applyInside(plan: Value, config: Value, kind: Kind): Value {
  if (kind.kind === "object" && isObjectValue(plan) && isObjectValue(config)) {
    return applyDefaults(plan, config, kind.attributes);
  }
  if (kind.kind === "list" && Array.isArray(plan) && Array.isArray(config)) {
    return plan.map((each: Value, index) => applyInside(each, config[index] ?? null, kind.element));
  }
  if (kind.kind === "map" && plan instanceof Map && config instanceof Map) {
    return new Map(
      [...plan].map(([key, each]) => [key, applyInside(each, config.get(key) ?? null, kind.element)]),
    );
  }
  return plan;
}
