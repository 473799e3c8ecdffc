import { isUnknown, isWhollyKnown, type ObjectValue, objectValue, type Value } from "../../cty/index.ts";
import type { Attributes } from "../attribute.ts";
import type { Kind } from "../kind.ts";
import { isObjectValue } from "./config.ts";

/**
 * The plan with the stored value wherever the planned one means the same (JSON in another layout), at
 * every depth: what means the same is no change.
 */
export function keepEquivalent(plan: ObjectValue, prior: ObjectValue, attributes: Attributes): ObjectValue {
  return objectValue(
    Object.entries(attributes).map(([name, { kind, equivalent }]) => {
      const planned = plan[name] ?? null;
      const stored = prior[name] ?? null;
      if (planned === null || stored === null || isUnknown(planned)) return [name, planned];
      const same = isWhollyKnown(planned) && equivalent?.(planned, stored) === true;
      return [name, same ? stored : keepInside(planned, stored, kind)];
    }),
  );
}

function keepInside(planned: Value, stored: Value, kind: Kind): Value {
  if (kind.kind === "object" && isObjectValue(planned) && isObjectValue(stored)) {
    return keepEquivalent(planned, stored, kind.attributes);
  }
  if (kind.kind === "list" && Array.isArray(planned) && Array.isArray(stored)) {
    return planned.map((each: Value, index) => keepInside(each, stored[index] ?? null, kind.element));
  }
  if (kind.kind === "map" && planned instanceof Map && stored instanceof Map) {
    return new Map(
      [...planned].map(([key, each]) => [key, keepInside(each, stored.get(key) ?? null, kind.element)]),
    );
  }
  return planned;
}
