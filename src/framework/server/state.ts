import {
  atOnce,
  conformPieces,
  inPieces,
  type ObjectValue,
  objectValue,
  type Path,
  type Pieces,
  STEP,
  type Value,
  whollyKnownPieces,
} from "../../cty/index.ts";
import type { Attributes } from "../attribute.ts";
import { bugDiagnostic, type Diagnostic } from "../diagnostic.ts";
import type { Kind } from "../kind.ts";
import type { Schema } from "../schema.ts";
import { differences, eachValue, holding, isObjectValue, nodeOf } from "../walk.ts";
import { type Stop, StoppedError } from "./stop.ts";

/** A state ready for the wire, or what is wrong with it: always a mistake of the provider. */
export type CheckedState = { readonly state: ObjectValue } | { readonly diagnostics: readonly Diagnostic[] };

/** Does a check so that others have their turn meanwhile. Where `stop` ends it, the result says so. */
export async function checked(work: Pieces<CheckedState>, stop?: Stop): Promise<CheckedState> {
  try {
    return await inPieces(work, stop?.check);
  } catch (thrown) {
    if (!(thrown instanceof StoppedError)) throw thrown;
    return { diagnostics: [thrown.diagnostic] };
  }
}

/**
 * Checks what an author returned against the schema and against the configuration it came from,
 * before it is encoded: Terraform's own messages for a wrong type name neither object nor reason,
 * and it accepts silently that an argument comes back changed.
 */
export function* checkState(object: unknown, schema: Schema, config: ObjectValue): Pieces<CheckedState> {
  const checked = yield* checkForm(object, schema);
  if ("diagnostics" in checked) return checked;
  const changed = changedArguments(checked.state, config, schema.attributes);
  const diagnostics = [
    ...changed.map((path) => bugDiagnostic(`The provider changed the argument ${path}.`, path)),
    ...missingValues(checked.state, schema.attributes),
  ];
  return diagnostics.length === 0 ? checked : { diagnostics };
}

/** Mistakes of one value that are reported; more say nothing more. */
const mostMistakes = 20;

/** Checks what an author returned against the schema alone: an object of its type, wholly known. */
export function* checkForm(object: unknown, schema: Schema): Pieces<CheckedState> {
  const state = yield* valuePieces(object, { kind: "object", attributes: schema.attributes });
  const mistakes = yield* conformPieces(state, schema.type);
  const diagnostics = mistakes
    .slice(0, mostMistakes)
    .map((error) =>
      bugDiagnostic(
        `The provider returned a value that its schema does not allow: ${error.message}.`,
        error.path,
      ),
    );
  if (diagnostics.length > 0) return { diagnostics };
  // Null and unknown are values of every type.
  if (!isObjectValue(state)) return { diagnostics: [bugDiagnostic("The provider returned no state.")] };
  if (!(yield* whollyKnownPieces(state))) {
    return { diagnostics: [bugDiagnostic("The provider returned a state that is not wholly known.")] };
  }
  return { state };
}

const holdsNotNull = holding(({ notNull }) => notNull === true);

/** A diagnostic for each attribute, at every depth, that is declared as never null and has no value. */
export function missingValues(state: ObjectValue, attributes: Attributes): Diagnostic[] {
  const diagnostics: Diagnostic[] = [];
  eachValue(
    state,
    [],
    nodeOf({ kind: "object", attributes }),
    (value, _beside, { attribute, kind, path }, inside) => {
      if (value === null && attribute?.notNull) {
        diagnostics.push(
          bugDiagnostic(`The provider returned no value for ${path}, which must have one.`, path),
        );
      } else if (holdsNotNull(kind)) inside();
    },
  );
  return diagnostics;
}

/** The paths at which a state differs from the arguments that it came from, at every depth. */
function changedArguments(state: ObjectValue, config: ObjectValue, attributes: Attributes): Path[] {
  const root = nodeOf({ kind: "object", attributes });
  return differences(state, config, root, (_value, given, { attribute }) => {
    const computed =
      attribute?.mode === "computed" || (attribute?.mode === "optional_computed" && given === null);
    return computed ? true : undefined;
  });
}

/** An author's object as a value. What does not fit is passed on, and `conform` reports it. */
export function toObjectValue(object: unknown, attributes: Attributes): Value {
  return toValue(object, { kind: "object", attributes });
}

/**
 * An author's plain objects become cty's. What does not fit is passed on as it is, and `conform` reports
 * it; a missing attribute stays missing.
 */
export function toValue(value: unknown, kind: Kind): Value {
  return atOnce(valuePieces(value, kind));
}

/** {@link toValue} as work in pieces. Without paths, of which a long answer would need millions. */
function* valuePieces(value: unknown, kind: Kind): Pieces<Value> {
  const deeper = kind.kind === "object" || ("element" in kind && isDeep(kind.element));
  if (deeper && kind.kind === "object" && isObjectValue(value)) {
    const attributes: [string, Value][] = [];
    for (const [name, each] of Object.entries(value)) {
      const attribute = Object.hasOwn(kind.attributes, name) ? kind.attributes[name] : undefined;
      const inner = attribute !== undefined && isDeep(attribute.kind);
      attributes.push([name, inner ? yield* valuePieces(each, attribute.kind) : each]);
    }
    return objectValue(attributes);
  }
  if (deeper && (kind.kind === "list" || kind.kind === "set") && Array.isArray(value)) {
    const elements: Value[] = [];
    for (const each of value) {
      elements.push(yield* valuePieces(each, kind.element));
      if (elements.length % STEP === 0) yield;
    }
    return elements;
  }
  if (deeper && kind.kind === "map" && value instanceof Map) {
    const entries = new Map<string, Value>();
    for (const [key, each] of value) {
      entries.set(key, yield* valuePieces(each, kind.element));
      if (entries.size % STEP === 0) yield;
    }
    return entries;
  }
  // conform() takes anything: what is no value of the kind stays as it is.
  return value as Value;
}

/** Whether there are objects inside, which are what is made anew. */
function isDeep(kind: Kind): boolean {
  return kind.kind === "object" || ("element" in kind && isDeep(kind.element));
}
