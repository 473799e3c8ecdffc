import {
  atOnce,
  type ExactNumber,
  isLongText,
  normalizePieces,
  normalizeString,
  type Pieces,
  STEP,
} from "../../framework/index.ts";
import {
  isJsonArray,
  isJsonObject,
  type JsonArray,
  JsonNumber,
  type JsonObject,
  type JsonValue,
  jsonSource,
} from "../../openai/index.ts";
import { exactNumber, type Scalar, scalarValue, smallNumber } from "./scalar-value.ts";
import { numbersPerValue, type Report, refuse, ShapeError, Tally } from "./shape-error.ts";
import { foundInWords, memberPath } from "./value-in-words.ts";

/**
 * A member of a body, read by its type. The API leaves members out, or sends null, as it likes: both
 * are null here. A value of another type is never guessed at: it is reported, and null.
 */
export class Body {
  readonly #value: JsonValue;
  readonly #at: string | number;
  readonly #report: Report;
  readonly #tally: Tally;
  readonly #source: (() => string | undefined) | undefined;
  readonly #parent: Body | undefined;

  /**
   * @param at Where the value stands in the answer.
   * @param source Its text as received.
   * @param parent What it is a member or an element of: `at` is its name or index there.
   */
  constructor(
    value: JsonValue | undefined,
    at: string | number = "",
    report: Report = refuse,
    tally = new Tally(),
    source?: () => string | undefined,
    parent?: Body,
  ) {
    this.#value = value ?? null;
    this.#at = at;
    this.#report = report;
    this.#tally = tally;
    this.#source = source;
    this.#parent = parent;
    tally.count();
  }

  get isNull(): boolean {
    return this.#value === null;
  }

  get isArray(): boolean {
    return isJsonArray(this.#value);
  }

  /** How many elements or members it has; 0 of anything else. */
  get size(): number {
    if (isJsonArray(this.#value)) return this.#value.length;
    return isJsonObject(this.#value) ? this.#value.size : 0;
  }

  /** Member `name` of an object; of anything else, null. */
  get(name: string): Body {
    return this.#child(this.#object()?.get(name), name);
  }

  /** A member that is a scalar, as `get` and a read by its kind: mostly without a Body of its own. */
  scalar(name: string, kind: Scalar): string | boolean | ExactNumber | null {
    const read = isJsonObject(this.#value) ? scalarValue(this.#value.get(name), kind) : undefined;
    if (read !== undefined) {
      this.#tally.count();
      return read;
    }
    const member = this.get(name);
    if (kind === "string") return member.string();
    if (kind === "bool") return member.boolean();
    return kind === "integer" ? member.integer() : member.number();
  }

  string(): string | null {
    return typeof this.#value === "string" ? this.#value : this.#nothing("a string");
  }

  /** The one string that a member can be. */
  word(expected: string): string | null {
    return this.#value === expected ? expected : this.#nothing(JSON.stringify(expected));
  }

  boolean(): boolean | null {
    return typeof this.#value === "boolean" ? this.#value : this.#nothing("a boolean");
  }

  number(): ExactNumber | null {
    if (!(this.#value instanceof JsonNumber)) return this.#nothing("a number");
    return exactNumber(this.#value) ?? this.#nothing("a number that Terraform can hold");
  }

  /** A whole number that JavaScript holds exactly. */
  integer(): number | null {
    const number = this.number();
    return typeof number === "number" && Number.isSafeInteger(number)
      ? number
      : number === null
        ? null
        : this.#nothing("a whole number");
  }

  /** Whether the object has the member, null or not. */
  has(name: string): boolean {
    return isJsonObject(this.#value) && this.#value.has(name);
  }

  /** The JSON text as received; null for null. */
  json(): string | null {
    if (this.#value === null) return null;
    if (this.#parent === undefined) return this.#source?.() ?? null;
    const around = this.#parent.#value;
    return isJsonObject(around) || isJsonArray(around) ? (jsonSource(around, this.#at) ?? null) : null;
  }

  /** Each element of an array of objects through `read`; null for null. One that is no object is read as an empty one. */
  objects<T>(read: (element: Body) => T): T[] | null {
    return atOnce(this.flatObjectPieces(read));
  }

  /** {@link objects} as work in pieces, of elements that are each read at once. */
  *flatObjectPieces<T>(read: (element: Body) => T): Pieces<T[] | null> {
    const objects = this.#objects();
    if (objects === null) return null;
    const values: T[] = [];
    for (const element of objects) {
      if (values.length % STEP === STEP - 1) yield;
      values.push(read(element));
    }
    return values;
  }

  /** {@link objects} as work in pieces. */
  *objectPieces<T>(read: (element: Body) => Pieces<T>): Pieces<T[] | null> {
    const objects = this.#objects();
    if (objects === null) return null;
    const values: T[] = [];
    for (const element of objects) {
      if (values.length % STEP === STEP - 1) yield;
      values.push(yield* read(element));
    }
    return values;
  }

  /** Each element of an array through `read`; null for null, and where an element is null or cannot be read. */
  elements<T>(read: (element: Body) => T | null): T[] | null {
    return atOnce(this.elementPieces(atOncePieces(read)));
  }

  /** {@link elements} as work in pieces. */
  *elementPieces<T>(read: (element: Body) => Pieces<T | null>): Pieces<T[] | null> {
    const elements: T[] = [];
    for (const element of this.#list() ?? []) {
      if (elements.length % STEP === STEP - 1) yield;
      if (element.isNull) element.#mismatch("a value");
      const value = yield* read(element);
      if (value === null) return null;
      elements.push(value);
    }
    return isJsonArray(this.#value) ? elements : null;
  }

  /** Each member of an object through `read`, by its name, as work in pieces; null for null. */
  *memberPieces<T>(read: (member: Body) => Pieces<T>): Pieces<Map<string, T> | null> {
    const object = this.#object();
    if (object === null) return null;
    const members = new Map<string, T>();
    for (const name of object.keys()) {
      if (members.size % STEP === STEP - 1) yield;
      // Of two keys that Terraform takes for one the last counts, as go-cty has it.
      const key = isLongText(name) ? yield* normalizePieces(name) : normalizeString(name);
      members.set(key, yield* read(this.get(name)));
    }
    return members;
  }

  /** An array of numbers, as work in pieces; null for null, and where an element is no number. */
  *numberPieces(): Pieces<ExactNumber[] | null> {
    const array = this.#value;
    if (!isJsonArray(array)) return this.#nothing("a list");
    const numbers: ExactNumber[] = [];
    for (const [index, value] of array.entries()) {
      if (index % STEP === STEP - 1) yield;
      const small = smallNumber(value);
      if (small !== undefined) {
        if (index % numbersPerValue === 0) this.#tally.count();
        numbers.push(small);
        continue;
      }
      const element = this.#child(value, index);
      const number = element.number();
      if (element.isNull) element.#mismatch("a number");
      if (number === null) return null;
      numbers.push(number);
    }
    return numbers;
  }

  /** The object itself through `read`; null for null. */
  object<T>(read: (object: Body) => T): T | null {
    return this.#object() === null ? null : read(this);
  }

  /** {@link object} as work in pieces. */
  *objectInPieces<T>(read: (object: Body) => Pieces<T>): Pieces<T | null> {
    return this.#object() === null ? null : yield* read(this);
  }

  /** An object of strings as a Map, whatever its keys are; null for null. A value that is no string is null. */
  stringMap(): Map<string, string | null> | null {
    return atOnce(this.stringMapPieces());
  }

  /** {@link stringMap} as work in pieces. */
  stringMapPieces(): Pieces<Map<string, string | null> | null> {
    return this.memberPieces(
      atOncePieces((value) => {
        if (value.isNull) value.#mismatch("a string");
        return value.string();
      }),
    );
  }

  *#objectsOf(list: Iterable<Body>): Generator<Body> {
    for (const element of list) {
      const object = element.#object();
      if (element.isNull) element.#mismatch("an object");
      yield object === null ? element.#without() : element;
    }
  }

  #objects(): Iterable<Body> | null {
    const list = this.#list();
    return list === null ? null : this.#objectsOf(list);
  }

  /** One by one: there may be many, and each is soon forgotten. */
  #list(): Iterable<Body> | null {
    const array = this.#value;
    return isJsonArray(array) ? this.#elements(array) : this.#nothing("a list");
  }

  *#elements(array: JsonArray): Generator<Body> {
    for (const [index, element] of array.entries()) {
      yield this.#child(element, index);
    }
  }

  #child(value: JsonValue | undefined, at: string | number): Body {
    return new Body(value, at, this.#report, this.#tally, undefined, this);
  }

  #object(): JsonObject | null {
    return isJsonObject(this.#value) ? this.#value : this.#nothing("an object");
  }

  #without(): Body {
    return new Body(null, this.#at, this.#report, this.#tally, undefined, this.#parent);
  }

  /** What is read of a value that is not of the expected type; null itself is of every type. */
  #nothing(expected: string): null {
    if (this.#value !== null) this.#mismatch(expected);
    return null;
  }

  #mismatch(expected: string): void {
    if (!this.#tally.mismatch()) return;
    this.#report(new ShapeError(this.#path(), expected, foundInWords(this.#value, expected)));
  }

  /** Where it stands: made for messages alone. */
  #path(): string {
    return this.#parent === undefined ? String(this.#at) : memberPath(this.#parent.#path(), this.#at);
  }
}

/** What is read at once as one piece. */
function atOncePieces<T>(read: (body: Body) => T): (body: Body) => Pieces<T> {
  // biome-ignore lint/correctness/useYield: there is nothing to wait for.
  return function* (body) {
    return read(body);
  };
}
