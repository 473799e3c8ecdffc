import { CtyError } from "./error.ts";
import type { Path } from "./path.ts";

const SPACE = /[ \t\n\r]*/y;
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const LITERALS = ["null", "true", "false"] as const;

export type Literal = (typeof LITERALS)[number];

/** What a JSON value is, from its first character. */
export type JSONKind = "object" | "array" | "string" | "number" | "literal";

/**
 * Reads JSON token by token. JSON.parse would round numbers, and would drop all but the last of
 * repeated keys before they can be judged.
 */
export class JSONScanner {
  readonly #text: string;
  /** Where the next token is read; set back to read a value again. */
  offset = 0;

  constructor(text: string) {
    this.#text = text;
  }

  /** What comes next, after white space. Throws CtyError at the end, or where no value begins. */
  peek(path: Path): JSONKind {
    const first = this.#next();
    if (first === "{") return "object";
    if (first === "[") return "array";
    if (first === '"') return "string";
    if (first === "-" || (first >= "0" && first <= "9")) return "number";
    if (LITERALS.some((literal) => this.#text.startsWith(literal, this.offset))) return "literal";
    throw this.#unexpected(path);
  }

  /** Whether the character comes next, after white space; if so, reads it. */
  take(character: string): boolean {
    const found = this.#next() === character;
    if (found) this.offset += 1;
    return found;
  }

  /** Reads the character, or throws. */
  expect(character: string, path: Path): void {
    if (!this.take(character)) throw this.#unexpected(path);
  }

  /** Throws when anything but white space is left. */
  expectEnd(path: Path): void {
    if (this.#next() !== "") throw this.#unexpected(path);
  }

  literal(path: Path): Literal {
    const literal = LITERALS.find((one) => this.#text.startsWith(one, this.offset));
    if (literal === undefined) throw this.#unexpected(path);
    this.offset += literal.length;
    return literal;
  }

  /** Reads a number and returns its text. */
  number(path: Path): string {
    NUMBER.lastIndex = this.offset;
    const text = NUMBER.exec(this.#text)?.[0];
    if (text === undefined) throw this.#unexpected(path);
    this.offset += text.length;
    return text;
  }

  string(path: Path): string {
    this.expect('"', path);
    const start = this.offset;
    let end = this.#text.indexOf('"', start);
    while (end >= 0 && this.#isEscaped(end, start)) end = this.#text.indexOf('"', end + 1);
    if (end < 0) throw new CtyError(path, "the JSON text ends inside a string");
    this.offset = end + 1;
    try {
      return String(JSON.parse(this.#text.slice(start - 1, end + 1)));
    } catch {
      throw new CtyError(path, `the JSON string at offset ${start - 1} is not valid`);
    }
  }

  /** Whether the quote at `end` has an odd number of backslashes before it. */
  #isEscaped(end: number, start: number): boolean {
    let first = end;
    while (first > start && this.#text[first - 1] === "\\") first -= 1;
    return (end - first) % 2 === 1;
  }

  /** Calls `each` for every element of the array that comes next. */
  array(path: Path, each: (index: number) => void): void {
    this.expect("[", path);
    if (this.take("]")) return;
    for (let i = 0; ; i += 1) {
      each(i);
      if (this.take("]")) return;
      this.expect(",", path);
    }
  }

  /** Calls `each` with the key of every member of the object that comes next, at the member's value. */
  object(path: Path, each: (key: string) => void): void {
    this.expect("{", path);
    if (this.take("}")) return;
    for (;;) {
      if (this.#next() !== '"') throw this.#unexpected(path);
      const key = this.string(path);
      this.expect(":", path);
      each(key);
      if (this.take("}")) return;
      this.expect(",", path);
    }
  }

  /** The text between two offsets. */
  slice(start: number, end: number): string {
    return this.#text.slice(start, end);
  }

  #next(): string {
    SPACE.lastIndex = this.offset;
    this.offset += SPACE.exec(this.#text)?.[0].length ?? 0;
    return this.#text.charAt(this.offset);
  }

  #unexpected(path: Path): CtyError {
    const found = this.#text.charAt(this.offset);
    const what = found === "" ? "ends too early" : `has an unexpected ${JSON.stringify(found)}`;
    return new CtyError(path, `the JSON text ${what} at offset ${this.offset}`);
  }
}
