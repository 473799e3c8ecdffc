import { recordSource } from "./json-source.ts";
import {
  containerWeight,
  JsonError,
  JsonNumber,
  type JsonValue,
  maxJsonDepth,
  maxJsonValues,
} from "./json-value.ts";

/**
 * Parses one JSON text (RFC 8259); a byte order mark before it is skipped.
 * A lone surrogate written as an escape stays in the string as it is.
 *
 * @param most Values at most.
 * @throws {JsonError}
 */
export function parseJson(text: string, most = maxJsonValues): JsonValue {
  const parser = new Parser(text, most);
  parser.advance(Number.POSITIVE_INFINITY);
  return parser.document();
}

/** Characters and values that are read before others have their turn: some milliseconds. */
const pieceWork = 200_000;

/**
 * {@link parseJson} that lets the event loop turn now and then, so that a long text holds up neither a deadline nor a
 * signal.
 *
 * @param elements Of each list so many are kept; the others are checked.
 * @throws {JsonError} and what `signal` was aborted with.
 */
export async function parseJsonInPieces(
  text: string,
  signal?: AbortSignal,
  elements?: number,
): Promise<JsonValue> {
  const parser = new Parser(text, maxJsonValues, elements);
  while (!parser.advance(pieceWork)) {
    await new Promise((resolve) => setImmediate(resolve));
    signal?.throwIfAborted();
  }
  return parser.document();
}

/** A list or object that is being read, and the key whose value comes next. */
interface Open {
  readonly container: JsonValue[] | Map<string, JsonValue>;
  key: string;
}

/** What a value costs to read, in characters. */
const valueWork = 8;
const numberPattern = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y;
const cutPattern = /^(?:t|tr|tru|f|fa|fal|fals|n|nu|nul|-|\\|\\u[0-9a-fA-F]{0,3})$/;
const escapePattern = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;

/** Reads value by value, with a stack of its own, so that it can stop between any two. */
class Parser {
  readonly #text: string;
  readonly #most: number;
  readonly #elements: number;
  readonly #open: Open[] = [];
  readonly #small: (JsonNumber | undefined)[] = [];
  #at = 0;
  #values = 0;
  #root: JsonValue | undefined;

  constructor(text: string, most: number, elements = Number.POSITIVE_INFINITY) {
    this.#text = text;
    this.#most = most;
    this.#elements = elements;
    if (text.startsWith("\ufeff")) this.#at = 1;
    this.#space();
  }

  /** Reads on for about so much work. Whether the end is reached. */
  advance(work: number): boolean {
    const end = this.#at + this.#values * valueWork + work;
    while (this.#root === undefined) {
      if (this.#at + this.#values * valueWork > end) return false;
      this.#next();
    }
    return true;
  }

  document(): JsonValue {
    if (this.#at < this.#text.length) throw this.#error("something follows the JSON value");
    if (this.#root === undefined) throw this.#error("no JSON value was found");
    return this.#root;
  }

  /** Reads a scalar, or the beginning of a list or object. */
  #next(): void {
    const first = this.#text[this.#at];
    if (first === "{") this.#begin(new Map(), "}");
    else if (first === "[") this.#begin([], "]");
    else {
      this.#count(1);
      this.#complete(this.#scalar(first));
    }
  }

  #scalar(first: string | undefined): JsonValue {
    if (first === '"') return this.#string();
    if (first === "t") return this.#word("true", true);
    if (first === "f") return this.#word("false", false);
    return first === "n" ? this.#word("null", null) : this.#number();
  }

  #begin(container: Open["container"], end: string): void {
    if (this.#open.length === maxJsonDepth) {
      throw new JsonError("depth", `nested deeper than ${maxJsonDepth} levels`, this.#text, this.#at);
    }
    this.#count(containerWeight);
    recordSource(container, this.#text, this.#at);
    this.#at += 1;
    this.#space();
    if (this.#skip(end)) {
      this.#complete(container);
      return;
    }
    const open = { container, key: "" };
    this.#open.push(open);
    if (end === "}") this.#key(open);
  }

  /** Puts a value where it belongs, and ends all that ends after it. */
  #complete(value: JsonValue): void {
    let done = value;
    for (;;) {
      this.#space();
      const open = this.#open.at(-1);
      if (open === undefined) {
        this.#root = done;
        return;
      }
      const { container } = open;
      const isArray = Array.isArray(container);
      if (!isArray) container.set(open.key, done);
      else if (container.length < this.#elements) container.push(done);
      if (this.#skip(",")) {
        this.#space();
        if (!isArray) this.#key(open);
        return;
      }
      if (!this.#skip(isArray ? "]" : "}")) throw this.#error(`',' or '${isArray ? "]" : "}"}' was expected`);
      this.#open.pop();
      done = container;
    }
  }

  #key(open: Open): void {
    if (this.#text[this.#at] !== '"') throw this.#error("a key in quotes was expected");
    open.key = this.#string();
    this.#space();
    if (!this.#skip(":")) throw this.#error("':' was expected");
    this.#space();
  }

  #count(weight: number): void {
    this.#values += weight;
    if (this.#values > this.#most) {
      throw new JsonError("values", "more values than can be held", this.#text, this.#at);
    }
  }

  #string(): string {
    const start = this.#at + 1;
    let at = start;
    let escaped = false;
    for (;;) {
      const code = this.#text.charCodeAt(at);
      if (code === 0x22) break;
      if (code === 0x5c) {
        escaped = true;
        at += 2;
      } else if (code >= 0x20) at += 1;
      // NaN at the end compares false.
      else throw this.#stringError(start);
    }
    this.#at = at + 1;
    return escaped ? this.#unescaped(start, at) : this.#text.slice(start, at);
  }

  #unescaped(start: number, end: number): string {
    try {
      const text: unknown = JSON.parse(this.#text.slice(start - 1, end + 1));
      return String(text);
    } catch {
      throw this.#stringError(start);
    }
  }

  /** What is wrong with a string that began there. */
  #stringError(start: number): JsonError {
    for (this.#at = start; ; ) {
      const code = this.#text.charCodeAt(this.#at);
      if (code === 0x5c) {
        escapePattern.lastIndex = this.#at;
        if (!escapePattern.test(this.#text)) {
          const unicode = this.#text[this.#at + 1] === "u";
          return this.#error(
            unicode ? "an escape is not \\u and four hexadecimal digits" : "an escape is not one of JSON's",
          );
        }
        this.#at = escapePattern.lastIndex;
      } else if (code >= 0x20) this.#at += 1;
      else return this.#error("a string is not closed, or holds a control character");
    }
  }

  #number(): JsonNumber {
    const start = this.#at;
    numberPattern.lastIndex = start;
    if (!numberPattern.test(this.#text)) throw this.#error("no JSON value was found");
    this.#at = numberPattern.lastIndex;
    const text = this.#text.slice(start, this.#at);
    const exponent = /[eE]([+-]?[0-9]+)$/.exec(text)?.[1];
    if (exponent !== undefined)
      this.#count(Math.floor(Math.min(Math.abs(Number(exponent)), longestExponent) / 16));
    // Bytes of tokens are many and few: each is there once.
    if (text.length > 3 || text.startsWith("-")) return new JsonNumber(text);
    const value = Number(text);
    if (String(value) !== text) return new JsonNumber(text);
    this.#small[value] ??= new JsonNumber(text);
    return this.#small[value] ?? new JsonNumber(text);
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

  #error(what: string): JsonError {
    // "tru" and "\\u12" at the very end are cut values, too, not wrong ones.
    const rest = this.#text.slice(this.#at, this.#at + 7);
    const ended = rest === "" || cutPattern.test(rest);
    return ended
      ? new JsonError("ended", "the text ends in the middle of a value", this.#text, this.#text.length)
      : new JsonError("syntax", what, this.#text, this.#at);
  }
}

/** Of a larger exponent no digit is ever written out. */
const longestExponent = 400;
