/**
 * JSON without loss: numbers keep their literal text, objects keep key order and hostile keys, and the source
 * text of every member can be had exactly as it was received.
 *
 * `JSON.parse` bends 64-bit integers (`seed` of every stored chat completion is one) and drops the source.
 *
 * @module
 */

/** A number as its literal text, e.g. `4944116822809979520`, `1.0`, `1E400`. */
export class JsonNumber {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
  toString(): string {
    return this.text;
  }
}

/** An object is a Map, so that `__proto__` and `constructor` are keys like any other. A repeated key: last wins. */
export type JsonObject = ReadonlyMap<string, JsonValue>;
export type JsonArray = readonly JsonValue[];
export type JsonValue = null | boolean | string | JsonNumber | JsonArray | JsonObject;

/** How deep arrays and objects may nest. Terraform's own values end long before; V8's stack holds far more. */
export const maxJsonDepth = 512;

/** `syntax`: not JSON. `ended`: the text stops in the middle of a value. `depth`: nested deeper than {@link maxJsonDepth}. */
export type JsonErrorReason = "syntax" | "ended" | "depth";

/** Text that is not JSON. The message names what was met, never a piece of the text. */
export class JsonError extends Error {
  readonly reason: JsonErrorReason;
  /** UTF-16 offset into the text. */
  readonly offset: number;
  /** 1-based. */
  readonly line: number;
  /** 1-based, in UTF-16 units. */
  readonly column: number;
  constructor(reason: JsonErrorReason, what: string, text: string, offset: number) {
    const before = text.slice(0, offset);
    const line = before.split("\n").length;
    const column = offset - before.lastIndexOf("\n");
    super(`${what} at line ${line}, column ${column}`);
    this.name = "JsonError";
    this.reason = reason;
    this.offset = offset;
    this.line = line;
    this.column = column;
  }
}

export function isJsonObject(value: JsonValue | undefined): value is JsonObject {
  return value instanceof Map;
}

export function isJsonArray(value: JsonValue | undefined): value is JsonArray {
  return Array.isArray(value);
}

/** The parsed text and the start and end offset of each member, two numbers a member, in the container's order. */
interface Spans {
  readonly text: string;
  readonly offsets: readonly number[];
}

const spans = new WeakMap<object, Spans>();

/**
 * The text of one member of an array or object as it stood in what {@link parseJson} was given.
 * Undefined where there is no such member, or the container did not come from `parseJson`.
 */
export function jsonSource(container: JsonArray | JsonObject, member: number | string): string | undefined {
  const span = spans.get(container);
  if (span === undefined) return undefined;
  const index =
    typeof member === "number" ? member : container instanceof Map ? keyIndex(container, member) : -1;
  const start = span.offsets[index * 2];
  const end = span.offsets[index * 2 + 1];
  return start === undefined || end === undefined ? undefined : span.text.slice(start, end);
}

function keyIndex(object: JsonObject, wanted: string): number {
  let index = 0;
  for (const key of object.keys()) {
    if (key === wanted) return index;
    index += 1;
  }
  return -1;
}

/**
 * Parses one JSON text (RFC 8259); a byte order mark before it is skipped.
 * A lone surrogate written as an escape stays in the string as it is.
 *
 * @throws {JsonError}
 */
export function parseJson(text: string): JsonValue {
  const parser = new Parser(text);
  return parser.document();
}

const numberPattern = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y;
const cutPattern = /^(?:t|tr|tru|f|fa|fal|fals|n|nu|nul|-|\\|\\u[0-9a-fA-F]{0,3})$/;
const escapes: Readonly<Record<string, string>> = {
  '"': '"',
  "\\": "\\",
  "/": "/",
  b: "\b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
};

class Parser {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
    if (text.startsWith("\ufeff")) this.#at = 1;
  }

  document(): JsonValue {
    this.#space();
    const value = this.#value(1);
    this.#space();
    if (this.#at < this.#text.length) throw this.#error("something follows the JSON value");
    return value;
  }

  #value(depth: number): JsonValue {
    switch (this.#text[this.#at]) {
      case "{":
        return this.#object(depth);
      case "[":
        return this.#array(depth);
      case '"':
        return this.#string();
      case "t":
        return this.#word("true", true);
      case "f":
        return this.#word("false", false);
      case "n":
        return this.#word("null", null);
      default:
        return this.#number();
    }
  }

  #object(depth: number): JsonObject {
    this.#checkDepth(depth);
    const object = new Map<string, JsonValue>();
    const offsets: number[] = [];
    this.#at += 1;
    this.#space();
    if (!this.#skip("}")) {
      do {
        this.#space();
        if (this.#text[this.#at] !== '"') throw this.#error("a key in quotes was expected");
        const key = this.#string();
        this.#space();
        if (!this.#skip(":")) throw this.#error("':' was expected");
        const index = object.has(key) ? keyIndex(object, key) : object.size;
        object.set(key, this.#member(depth, offsets, index));
      } while (this.#skip(","));
      if (!this.#skip("}")) throw this.#error("',' or '}' was expected");
    }
    spans.set(object, { text: this.#text, offsets });
    return object;
  }

  #array(depth: number): JsonArray {
    this.#checkDepth(depth);
    const array: JsonValue[] = [];
    const offsets: number[] = [];
    this.#at += 1;
    this.#space();
    if (!this.#skip("]")) {
      do array.push(this.#member(depth, offsets, array.length));
      while (this.#skip(","));
      if (!this.#skip("]")) throw this.#error("',' or ']' was expected");
    }
    spans.set(array, { text: this.#text, offsets });
    return array;
  }

  #member(depth: number, offsets: number[], index: number): JsonValue {
    this.#space();
    offsets[index * 2] = this.#at;
    const value = this.#value(depth + 1);
    offsets[index * 2 + 1] = this.#at;
    this.#space();
    return value;
  }

  #string(): string {
    this.#at += 1;
    let result = "";
    for (;;) {
      const start = this.#at;
      this.#plainCharacters();
      result += this.#text.slice(start, this.#at);
      if (this.#skip('"')) return result;
      if (this.#text[this.#at] !== "\\")
        throw this.#error("a string is not closed, or holds a control character");
      result += this.#escape();
    }
  }

  /** Moves to the next quote, backslash, control character or end. */
  #plainCharacters(): void {
    for (;;) {
      const code = this.#text.charCodeAt(this.#at);
      // NaN at the end compares false.
      if (!(code >= 0x20) || code === 0x22 || code === 0x5c) return;
      this.#at += 1;
    }
  }

  #escape(): string {
    const letter = this.#text[this.#at + 1] ?? "";
    if (letter === "u") {
      const digits = this.#text.slice(this.#at + 2, this.#at + 6);
      if (!/^[0-9a-fA-F]{4}$/.test(digits))
        throw this.#error("an escape is not \\u and four hexadecimal digits");
      this.#at += 6;
      return String.fromCharCode(Number.parseInt(digits, 16));
    }
    const character = Object.hasOwn(escapes, letter) ? escapes[letter] : undefined;
    if (character === undefined) throw this.#error("an escape is not one of JSON's");
    this.#at += 2;
    return character;
  }

  #number(): JsonNumber {
    numberPattern.lastIndex = this.#at;
    const match = numberPattern.exec(this.#text);
    if (match === null) throw this.#error("no JSON value was found");
    this.#at = numberPattern.lastIndex;
    return new JsonNumber(match[0]);
  }

  #word<T extends JsonValue>(word: string, value: T): T {
    if (!this.#text.startsWith(word, this.#at)) throw this.#error("no JSON value was found");
    this.#at += word.length;
    return value;
  }

  #space(): void {
    for (;;) {
      const code = this.#text.charCodeAt(this.#at);
      if (code !== 0x20 && code !== 0x0a && code !== 0x0d && code !== 0x09) return;
      this.#at += 1;
    }
  }

  #skip(character: string): boolean {
    if (this.#text[this.#at] !== character) return false;
    this.#at += 1;
    return true;
  }

  #checkDepth(depth: number): void {
    if (depth > maxJsonDepth) {
      throw new JsonError("depth", `nested deeper than ${maxJsonDepth} levels`, this.#text, this.#at);
    }
  }

  #error(what: string): JsonError {
    // "tru" and "\\u12" at the very end are cut values, too, not wrong ones.
    const rest = this.#text.slice(this.#at, this.#at + 7);
    const ended = rest === "" || cutPattern.test(rest);
    return ended
      ? new JsonError("ended", "the text ends in the middle of a value", this.#text, this.#text.length)
      : new JsonError("syntax", what, this.#text, this.#at);
  }
}
