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

/**
 * How many values one text may hold, so that what they take in memory is bounded: a list or an object counts as
 * {@link containerWeight}, and of a number with an exponent each 16 digits that it writes out as one. As many as 32 MiB
 * of a long answer's log probabilities have.
 */
export const maxJsonValues = 8_000_000;
export const containerWeight = 4;

/**
 * `syntax`: not JSON. `ended`: the text stops in the middle of a value. `depth`: nested deeper than {@link maxJsonDepth}.
 * `values`: more than {@link maxJsonValues}.
 */
export type JsonErrorReason = "syntax" | "ended" | "depth" | "values";

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
    let line = 1;
    let start = 0;
    for (let next = text.indexOf("\n"); next !== -1 && next < offset; next = text.indexOf("\n", start)) {
      line += 1;
      start = next + 1;
    }
    const column = offset - start + 1;
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
