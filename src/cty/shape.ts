import { CtyError } from "./error.ts";
import { type ExactNumber, isExactNumber } from "./number.ts";
import type { Path } from "./path.ts";
import { atOnce, type Pieces, STEP } from "./pieces.ts";
import type { CollectionType, ObjectType, TupleType, Type } from "./type.ts";
import { compareUTF8, isLongText, normalizePieces, normalizeString } from "./unicode.ts";
import { DynamicValue, isUnknown } from "./value.ts";

// The form each type's values have in JavaScript. Every function here takes a value of unknown form,
// and returns its parts or throws a CtyError that says what was required and what was got.

/** "a string", "an object" and so on. */
export function typeName(type: Type): string {
  if (type.kind === "object") return "an object";
  return type.kind === "dynamic" ? "a dynamic value" : `a ${type.kind}`;
}

/** What a JavaScript value is, in the practitioner's words. */
function valueName(value: unknown): string {
  if (value === null) return "null";
  if (typeof value === "string") return "a string";
  if (typeof value === "boolean") return "a bool";
  if (isExactNumber(value)) return "a number";
  if (isUnknown(value)) return "an unknown value";
  if (value instanceof DynamicValue) return "a dynamic value";
  if (Array.isArray(value)) return "a list";
  if (value instanceof Map) return "a map";
  if (isRecord(value)) return "an object";
  return typeof value === "object" ? `a JavaScript ${value?.constructor?.name ?? "object"}` : typeof value;
}

function mismatch(path: Path, type: Type, value: unknown): CtyError {
  return new CtyError(path, `${typeName(type)} is required, got ${valueName(value)}`);
}

/** Whether the value is an object of plain JavaScript, or one without a prototype. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  if (typeof value !== "object" || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || prototype === Object.prototype;
}

/** The string as Terraform holds it. */
export function textOf(value: unknown, type: Type, path: Path): string {
  if (typeof value !== "string") throw mismatch(path, type, value);
  return normalizeString(value);
}

export function boolOf(value: unknown, type: Type, path: Path): boolean {
  if (typeof value !== "boolean") throw mismatch(path, type, value);
  return value;
}

export function numberOf(value: unknown, type: Type, path: Path): ExactNumber {
  if (!isExactNumber(value)) throw mismatch(path, type, value);
  return value;
}

/** A copy without holes, so that a missing element is seen as undefined. */
export function elementsOf(
  value: unknown,
  type: CollectionType<"list"> | CollectionType<"set"> | TupleType,
  path: Path,
): unknown[] {
  if (!Array.isArray(value)) throw mismatch(path, type, value);
  if (type.kind === "tuple" && value.length !== type.elements.length) {
    const length = type.elements.length;
    throw new CtyError(path, `a tuple of length ${length} is required, got one of length ${value.length}`);
  }
  return Array.from<unknown>(value);
}

/** The pairs of a map with normalised keys, sorted by key as Terraform sorts them. */
export function entriesOf(value: unknown, type: CollectionType<"map">, path: Path): [string, unknown][] {
  return atOnce(entryPieces(value, type, path));
}

/** {@link entriesOf} as work in pieces. */
export function* entryPieces(
  value: unknown,
  type: CollectionType<"map">,
  path: Path,
): Pieces<[string, unknown][]> {
  if (!(value instanceof Map)) throw mismatch(path, type, value);
  const entries = new Map<string, unknown>();
  for (const [key, element] of value as Map<unknown, unknown>) {
    if (entries.size % STEP === STEP - 1) yield;
    if (typeof key !== "string") throw new CtyError(path, `map keys must be strings, got ${valueName(key)}`);
    const normal = isLongText(key) ? yield* normalizePieces(key) : normalizeString(key);
    if (entries.has(normal)) {
      throw new CtyError(path.atMapKey(normal), "two keys are the same after Unicode normalisation");
    }
    entries.set(normal, element);
  }
  return yield* sortedPieces([...entries], ([a], [b]) => compareUTF8(a, b));
}

/** Elements that are sorted in one go. */
const SHORT_LIST = 2_048;

/** The elements in order, as work in pieces. */
function* sortedPieces<T>(elements: readonly T[], compare: (a: T, b: T) => number): Pieces<T[]> {
  if (elements.length <= SHORT_LIST) return [...elements].sort(compare);
  const middle = elements.length >> 1;
  const left = yield* sortedPieces(elements.slice(0, middle), compare);
  const right = yield* sortedPieces(elements.slice(middle), compare);
  const merged: T[] = [];
  let at = 0;
  for (const element of left) {
    if (merged.length % SHORT_LIST === 0) yield;
    for (let next = right[at]; next !== undefined && compare(next, element) < 0; next = right[at]) {
      merged.push(next);
      at += 1;
    }
    merged.push(element);
  }
  for (; at < right.length; at += 1) merged.push(right[at] as T);
  return merged;
}

/** One attribute of an object value. */
export interface Attribute {
  readonly name: string;
  readonly type: Type;
  readonly value: unknown;
}

/** The attributes of an object in the order of the type, and what is wrong with their names. */
export function inspectObject(
  value: unknown,
  type: ObjectType,
  path: Path,
): { attributes: Attribute[]; problems: CtyError[] } {
  if (!isRecord(value)) throw mismatch(path, type, value);
  const attributes: Attribute[] = [];
  const problems: CtyError[] = [];
  for (const [name, attributeType] of type.attributes) {
    if (Object.hasOwn(value, name)) attributes.push({ name, type: attributeType, value: value[name] });
    else problems.push(new CtyError(path.atName(name), "the attribute is missing; an absent value is null"));
  }
  for (const name of Object.keys(value)) {
    if (!type.attributes.has(name)) problems.push(new CtyError(path.atName(name), "unsupported attribute"));
  }
  return { attributes, problems };
}

/** The attributes of an object that has exactly those of its type. */
export function attributesOf(value: unknown, type: ObjectType, path: Path): Attribute[] {
  const { attributes, problems } = inspectObject(value, type, path);
  if (problems[0] !== undefined) throw problems[0];
  return attributes;
}

export function dynamicOf(value: unknown, type: Type, path: Path): DynamicValue {
  if (!(value instanceof DynamicValue)) throw mismatch(path, type, value);
  if (value.type.kind === "dynamic") {
    throw new CtyError(path, "a dynamic value must name a concrete type, got dynamic");
  }
  return value;
}
