import type { ObjectValue, Value } from "../../cty/index.ts";
import type { Attributes } from "../attribute.ts";
import { type Config, holdsObject, type Kind, type MaybeUnknownConfig } from "../kind.ts";
import { isObjectValue, mapValue, nodeOf } from "../walk.ts";

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

function argumentsOf(object: ObjectValue, attributes: Attributes): ObjectValue {
  const given: [string, Value][] = [];
  for (const name of Object.keys(object)) {
    const attribute = Object.hasOwn(attributes, name) ? attributes[name] : undefined;
    if (attribute?.mode === "computed") continue;
    const value = object[name] ?? null;
    const deep = value !== null && attribute !== undefined && holdsObject(attribute.kind);
    given.push([name, deep ? withArguments(value, attribute.kind) : value]);
  }
  return Object.fromEntries(given);
}

/** A value whose objects have their arguments alone. */
function withArguments(value: Value, kind: Kind): Value {
  return mapValue(value, [], nodeOf(kind), (each, _beside, at, inside) =>
    at.kind.kind === "object" && isObjectValue(each) ? argumentsOf(each, at.kind.attributes) : inside(),
  );
}
