import type { ExactNumber } from "./number.ts";
import { Decimal } from "./number.ts";
import { atOnce, type Pieces, STEP } from "./pieces.ts";
import type { Type } from "./type.ts";

/**
 * A value as JavaScript holds it, always read together with its type: string and bool as themselves,
 * number as ExactNumber, list, set and tuple as arrays, map as Map, object as ObjectValue, a value in a
 * slot of the dynamic type as DynamicValue. Null and Unknown stand in for a value of any type.
 */
export type Value =
  | null
  | boolean
  | string
  | ExactNumber
  | Unknown
  | DynamicValue
  | readonly Value[]
  | ReadonlyMap<string, Value>
  | ObjectValue;

/** A record without a prototype that has exactly the attributes of its type. */
export interface ObjectValue {
  readonly [name: string]: Value;
}

/** A bound of an unknown number. */
export interface Bound {
  readonly value: ExactNumber;
  readonly inclusive: boolean;
}

/** What is known of an unknown value (go-cty's refinements, cty/unknown_refinement.go). */
export interface Refinements {
  readonly nullness?: "not_null";
  readonly stringPrefix?: string;
  readonly numberMin?: Bound;
  readonly numberMax?: Bound;
  readonly lengthMin?: number;
  readonly lengthMax?: number;
}

/** A value that is not known yet. */
export class Unknown {
  readonly refinements: Refinements;

  constructor(refinements: Refinements = {}) {
    this.refinements = refinements;
  }
}

/** The unknown value of which nothing else is known. */
export const UNKNOWN = new Unknown();

/** A value in a slot of the dynamic type, with the concrete type it has. */
export class DynamicValue {
  readonly type: Type;
  readonly value: Value;

  constructor(type: Type, value: Value) {
    this.type = type;
    this.value = value;
  }
}

export function isUnknown(value: unknown): value is Unknown {
  return value instanceof Unknown;
}

/** An object value from its attributes; safe for any name, `__proto__` included. */
export function objectValue(attributes: Iterable<readonly [string, Value]>): ObjectValue {
  const record: Record<string, Value> = Object.create(null);
  for (const [name, value] of attributes) record[name] = value;
  return record;
}

/** Whether neither the value nor anything inside it is unknown. */
export function isWhollyKnown(value: unknown): boolean {
  return atOnce(whollyKnownPieces(value));
}

/** {@link isWhollyKnown} as work in pieces. */
export function* whollyKnownPieces(value: unknown): Pieces<boolean> {
  if (isUnknown(value)) return false;
  if (value instanceof DynamicValue) return yield* whollyKnownPieces(value.value);
  if (!isContainer(value)) return true;
  let i = 0;
  for (const part of value instanceof Map || Array.isArray(value) ? value.values() : Object.values(value)) {
    i += 1;
    if (i % STEP === 0) yield;
    if (isContainer(part) && !(yield* whollyKnownPieces(part))) return false;
  }
  return true;
}

function isContainer(value: unknown): value is object {
  return typeof value === "object" && value !== null && !(value instanceof Decimal);
}
