import { JsonError, type JsonValue, parseJson } from "../openai/index.ts";

/** A line of JSONL that is not blank. */
export interface JsonLine {
  /** From 1, blank lines included. */
  readonly number: number;
  readonly value: JsonValue;
}

/** A line that is not JSON. The message says where and why, without a full stop, and holds nothing of the line. */
export class JsonLineError extends Error {
  readonly line: number;
  constructor(line: number, why: string) {
    super(`line ${line}${why}`);
    this.name = "JsonLineError";
    this.line = line;
  }
}

/** The lines of a JSONL text. Blank lines are passed over. @throws JsonLineError */
export function* jsonLines(text: string): Generator<JsonLine, void, undefined> {
  let number = 0;
  for (const line of text.replace(/^\uFEFF/, "").split("\n")) {
    number += 1;
    if (/^[ \t\r]*$/.test(line)) continue;
    yield { number, value: jsonLine(line, number) };
  }
}

/** The value of one line. @throws JsonLineError */
export function jsonLine(line: string, number: number): JsonValue {
  try {
    return parseJson(line);
  } catch (thrown) {
    if (!(thrown instanceof JsonError)) throw thrown;
    const what = thrown.message.replace(/ at line \d+, column \d+$/, "");
    throw new JsonLineError(number, `, column ${thrown.column}, is not JSON: ${what}`);
  }
}
