import type { ObjectValue } from "../../cty/index.ts";
import type { Attributes } from "../attribute.ts";
import type { Config, MaybeUnknownConfig } from "../kind.ts";
import { isObjectValue, mapObject } from "../walk.ts";

/**
 * Turns a decoded object into what an author gets: the arguments only, at every depth. Computed
 * attributes, null in every configuration, are left out, so that spreading a configuration into a
 * state cannot fill them by accident.
 */
export function configOf<A extends Attributes>(value: ObjectValue, attributes: A): MaybeUnknownConfig<A>;
export function configOf(value: ObjectValue, attributes: Attributes): ObjectValue {
  return argumentsOf(value, attributes);
}

/** `configOf` for a value without unknowns: what Read and Apply get. */
export function knownConfigOf<A extends Attributes>(value: ObjectValue, attributes: A): Config<A>;
export function knownConfigOf(value: ObjectValue, attributes: Attributes): ObjectValue {
  return argumentsOf(value, attributes);
}

function argumentsOf(value: ObjectValue, attributes: Attributes): ObjectValue {
  const mapped = mapObject(value, [], attributes, (_value, _beside, { kind }, inside) => {
    const each = inside();
    return kind.kind === "object" && isObjectValue(each) ? withoutComputed(each, kind.attributes) : each;
  });
  return withoutComputed(mapped, attributes);
}

function withoutComputed(object: ObjectValue, attributes: Attributes): ObjectValue {
  return Object.fromEntries(Object.entries(object).filter(([name]) => attributes[name]?.mode !== "computed"));
}
