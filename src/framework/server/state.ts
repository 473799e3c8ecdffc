import * as cty from "../../cty/index.ts";
import { conform, equals, isWhollyKnown, type ObjectValue, Path, type Value } from "../../cty/index.ts";
import type { Attributes } from "../attribute.ts";
import { bugDiagnostic, type Diagnostic } from "../diagnostic.ts";
import { ctyType, type Kind } from "../kind.ts";
import type { Schema } from "../schema.ts";
import { isObjectValue } from "./config.ts";

/** A state ready for the wire, or what is wrong with it: always a mistake of the provider. */
export type CheckedState = { readonly state: ObjectValue } | { readonly diagnostics: readonly Diagnostic[] };

/**
 * Checks what an author returned against the schema and against the configuration it came from,
 * before it is encoded: Terraform's own messages for a wrong type name neither object nor reason,
 * and it accepts silently that an argument comes back changed.
 */
export function checkState(object: unknown, schema: Schema, config: ObjectValue): CheckedState {
  const checked = checkForm(object, schema);
  if ("diagnostics" in checked) return checked;
  const changed = [...changedArguments(checked.state, config, schema.attributes, Path.root)];
  if (changed.length === 0) return checked;
  return {
    diagnostics: changed.map((path) => bugDiagnostic(`The provider changed the argument ${path}.`, path)),
  };
}

/** Checks what an author returned against the schema alone: an object of its type, wholly known. */
export function checkForm(object: unknown, schema: Schema): CheckedState {
  const state = toObjectValue(object, schema.attributes);
  const diagnostics = conform(state, schema.type).map((error) =>
    bugDiagnostic(
      `The provider returned a value that its schema does not allow: ${error.message}.`,
      error.path,
    ),
  );
  if (diagnostics.length > 0) return { diagnostics };
  // Null and unknown are values of every type.
  if (!isObjectValue(state)) return { diagnostics: [bugDiagnostic("The provider returned no state.")] };
  if (!isWhollyKnown(state)) {
    return { diagnostics: [bugDiagnostic("The provider returned a state that is not wholly known.")] };
  }
  return { state };
}

/** The paths at which a state differs from the arguments that it came from. */
function* changedArguments(
  state: ObjectValue,
  config: ObjectValue,
  attributes: Attributes,
  path: Path,
): Generator<Path> {
  for (const [name, { mode, kind }] of Object.entries(attributes)) {
    const given = config[name] ?? null;
    const providersOwn = mode === "computed" || (mode === "optional_computed" && given === null);
    if (!providersOwn) yield* changes(state[name] ?? null, given, kind, path.atName(name));
  }
}

/** As above for one value, down to the nested attributes: computed ones may be among them. */
function* changes(state: Value, config: Value, kind: Kind, path: Path): Generator<Path> {
  if (kind.kind === "object" && isObjectValue(state) && isObjectValue(config)) {
    yield* changedArguments(state, config, kind.attributes, path);
  } else if (kind.kind === "list" && Array.isArray(state) && sameLength(state, config)) {
    for (const [i, element] of config.entries()) {
      yield* changes(state[i], element, kind.element, path.atListIndex(i));
    }
  } else if (kind.kind === "map" && state instanceof Map && sameKeys(state, config)) {
    for (const [key, element] of config) {
      yield* changes(state.get(key) ?? null, element, kind.element, path.atMapKey(key));
    }
  } else if (!equals(state, config, ctyType(kind))) yield path;
}

function sameLength(state: readonly Value[], config: Value): config is readonly Value[] {
  return Array.isArray(config) && config.length === state.length;
}

function sameKeys(state: ReadonlyMap<string, Value>, config: Value): config is ReadonlyMap<string, Value> {
  return (
    config instanceof Map && config.size === state.size && [...config.keys()].every((key) => state.has(key))
  );
}

/** An author's object as a value; what does not fit is passed on, for `conform` to name it. */
export function toObjectValue(object: unknown, attributes: Attributes): Value {
  return toValue(object, { kind: "object", attributes });
}

/**
 * An author's plain objects become cty's. What does not fit is passed on as it is, for `conform` to
 * name it; a missing attribute stays missing.
 */
export function toValue(value: unknown, kind: Kind): Value {
  switch (kind.kind) {
    case "list":
    case "set":
      if (Array.isArray(value)) return value.map((element: unknown) => toValue(element, kind.element));
      break;
    case "map":
      if (value instanceof Map) {
        return new Map(
          [...value].map(([key, element]: [string, unknown]) => [key, toValue(element, kind.element)]),
        );
      }
      break;
    case "object":
      if (isObjectValue(value)) return objectValue(value, kind.attributes);
      break;
  }
  // conform() takes anything and reports what is no value of the type.
  return value as Value;
}

function objectValue(object: ObjectValue, attributes: Attributes): ObjectValue {
  return cty.objectValue(
    Object.keys(object).map((name) => {
      const attribute = Object.hasOwn(attributes, name) ? attributes[name] : undefined;
      const value = object[name] as Value;
      return [name, attribute === undefined ? value : toValue(value, attribute.kind)];
    }),
  );
}
