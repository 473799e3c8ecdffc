import {
  atOnce,
  conformPieces,
  encodePlainPieces,
  inPieces,
  type ObjectValue,
  objectValue,
  type Path,
  type Pieces,
  STEP,
  type Value,
  whollyKnownPieces,
} from "../../cty/index.ts";
import type { Attribute, Attributes } from "../attribute.ts";
import { bugDiagnostic, type Diagnostic } from "../diagnostic.ts";
import { holdsObject, type Kind } from "../kind.ts";
import type { Schema } from "../schema.ts";
import { differences, eachValue, holding, isObjectValue, nodeOf } from "../walk.ts";
import { type Stop, StoppedError } from "./stop.ts";

/** A state ready for the wire, or what is wrong with it: always a mistake of the provider. */
export type CheckedState = FittingState | { readonly diagnostics: readonly Diagnostic[] };

/** A state that fits its schema. */
export interface FittingState {
  readonly state: ObjectValue;
  /** Its bytes, where the check made them in the same pass. The state itself is then made when asked for. */
  readonly encoded?: Buffer | undefined;
}

class EncodedState implements FittingState {
  readonly encoded: Buffer;
  /** As the author returned it. */
  readonly given: ObjectValue;
  readonly #attributes: Attributes;
  #state: ObjectValue | undefined;

  constructor(given: ObjectValue, encoded: Buffer, attributes: Attributes) {
    this.given = given;
    this.encoded = encoded;
    this.#attributes = attributes;
  }

  get state(): ObjectValue {
    if (this.#state === undefined) {
      const made = toObjectValue(this.given, this.#attributes);
      this.#state = isObjectValue(made) ? made : this.given;
    }
    return this.#state;
  }
}

/** A state's values for a check, which need not be made anew. */
export function valuesOf(checked: FittingState): ObjectValue {
  return checked instanceof EncodedState ? checked.given : checked.state;
}

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
  const values = valuesOf(checked);
  const changed = changedArguments(values, config, schema.attributes);
  const diagnostics = [
    ...changed.map((path) => bugDiagnostic(`The provider changed the argument ${path}.`, path)),
    ...missingValues(values, schema.attributes),
  ];
  return diagnostics.length === 0 ? checked : { diagnostics };
}

/** Mistakes of one value that are reported; more say nothing more. */
const mostMistakes = 20;

/** Checks what an author returned against the schema alone: an object of its type, wholly known. */
export function* checkForm(object: unknown, schema: Schema): Pieces<CheckedState> {
  const encoded = yield* encodePlainPieces(object, schema.type);
  if (encoded !== undefined && isObjectValue(object))
    return new EncodedState(object, encoded, schema.attributes);
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
export function missingValues(whole: ObjectValue, attributes: Attributes): Diagnostic[] {
  const diagnostics: Diagnostic[] = [];
  const state = partOf(whole, attributes, (value, { notNull, kind }) =>
    value === null ? notNull : holdsNotNull(kind),
  );
  if (state === undefined) return diagnostics;
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

/** The attributes of an object that a walk has to look at; undefined where there is none. */
function partOf(
  object: ObjectValue,
  attributes: Attributes,
  isWanted: (value: Value, attribute: Attribute, name: string) => boolean,
): ObjectValue | undefined {
  const part: [string, Value][] = [];
  for (const name in attributes) {
    const [value = null, attribute] = [object[name], attributes[name]];
    if (attribute !== undefined && isWanted(value, attribute, name)) part.push([name, value]);
  }
  return part.length === 0 ? undefined : objectValue(part);
}

/** The paths at which a state differs from the arguments that it came from, at every depth. */
function changedArguments(whole: ObjectValue, config: ObjectValue, attributes: Attributes): Path[] {
  const state = partOf(
    whole,
    attributes,
    (value, { mode }, name) => mode !== "computed" && value !== (config[name] ?? null),
  );
  if (state === undefined) return [];
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
  const deeper = kind.kind === "object" || ("element" in kind && holdsObject(kind.element));
  if (deeper && kind.kind === "object" && isObjectValue(value)) {
    const attributes: [string, Value][] = [];
    for (const [name, each] of Object.entries(value)) {
      const attribute = Object.hasOwn(kind.attributes, name) ? kind.attributes[name] : undefined;
      const inner = attribute !== undefined && holdsObject(attribute.kind);
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
