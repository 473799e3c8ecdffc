import { type Json, Literal } from "./json.ts";

/** Parses JSON text; every number becomes a Literal with its own spelling. Throws SyntaxError. */
export function parse(text: string): Json {
  const parser = new Parser(text);
  const value = parser.value();
  parser.end();
  return value;
}

const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const BLANK = /[ \t\r\n]*/y;
const WORDS: readonly (readonly [string, Json])[] = [
  ["true", true],
  ["false", false],
  ["null", null],
];

class Parser {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  value(): Json {
    this.#skip();
    const char = this.#text[this.#at];
    if (char === "{") return this.#object();
    if (char === "[") return this.#array();
    if (char === '"') return this.#string();
    for (const [word, value] of WORDS) {
      if (this.#text.startsWith(word, this.#at)) {
        this.#at += word.length;
        return value;
      }
    }
    NUMBER.lastIndex = this.#at;
    const number = NUMBER.exec(this.#text)?.[0];
    if (number === undefined) throw this.#error();
    this.#at += number.length;
    return new Literal(number);
  }

  end(): void {
    this.#skip();
    if (this.#at !== this.#text.length) throw this.#error();
  }

  #object(): Json {
    const members: [string, Json][] = [];
    this.#at += 1;
    if (this.#next("}")) return {};
    do {
      this.#skip();
      if (this.#text[this.#at] !== '"') throw this.#error();
      const key = this.#string();
      if (!this.#next(":")) throw this.#error();
      members.push([key, this.value()]);
    } while (this.#next(","));
    if (!this.#next("}")) throw this.#error();
    return Object.fromEntries(members);
  }

  #array(): Json {
    const elements: Json[] = [];
    this.#at += 1;
    if (this.#next("]")) return elements;
    do elements.push(this.value());
    while (this.#next(","));
    if (!this.#next("]")) throw this.#error();
    return elements;
  }

  #string(): string {
    let end = this.#at;
    do {
      end = this.#text.indexOf('"', end + 1);
      if (end === -1) throw this.#error();
    } while (this.#backslashesBefore(end) % 2 === 1);
    const literal = this.#text.slice(this.#at, end + 1);
    this.#at = end + 1;
    return String(JSON.parse(literal));
  }

  #backslashesBefore(end: number): number {
    let start = end;
    while (this.#text[start - 1] === "\\") start -= 1;
    return end - start;
  }

  #next(char: string): boolean {
    this.#skip();
    if (this.#text[this.#at] !== char) return false;
    this.#at += 1;
    return true;
  }

  #skip(): void {
    BLANK.lastIndex = this.#at;
    this.#at += BLANK.exec(this.#text)?.[0].length ?? 0;
  }

  #error(): SyntaxError {
    return new SyntaxError(`unexpected JSON at offset ${this.#at}`);
  }
}
