import type { JsonValue } from "../../openai/index.ts";
import { JsonLineError, jsonLine } from "../jsonl.ts";
import { BatchLines } from "./batch-lines.ts";

/** A longer line is no request and no example: what is held of a file at once must be bounded. */
const longestLine = 64 * 1024 * 1024;

/** Checks the lines of a file, whose content comes piece by piece. */
export class JsonlCheck {
  readonly #batch: BatchLines | undefined;
  #pieces: Buffer[] = [];
  #size = 0;
  #line = 0;
  #problem: string | undefined;

  /** @param quotes Whether the problem quotes a line: not of what is secret. */
  constructor(purpose: string, quotes: boolean) {
    this.#batch = purpose === "batch" ? new BatchLines(null, quotes) : undefined;
  }

  write(piece: Buffer): void {
    let start = 0;
    for (
      let end = piece.indexOf(10);
      end >= 0 && this.#problem === undefined;
      end = piece.indexOf(10, start)
    ) {
      this.#add(piece.subarray(start, end));
      this.#endLine();
      start = end + 1;
    }
    this.#add(piece.subarray(start));
  }

  /** The first line that the API would refuse, and why: `line 3 is no JSON object`. Called once, at the end. */
  end(): string | undefined {
    this.#endLine();
    return this.#problem ?? (this.#batch?.count === 0 ? "all lines are blank" : undefined);
  }

  #add(piece: Buffer): void {
    if (this.#problem !== undefined || piece.length === 0) return;
    this.#size += piece.length;
    if (this.#size > longestLine) this.#problem = `line ${this.#line + 1} is longer than 64 MiB`;
    else this.#pieces.push(Buffer.from(piece));
  }

  #endLine(): void {
    if (this.#problem !== undefined) return;
    this.#line += 1;
    const text = Buffer.concat(this.#pieces)
      .toString()
      .replace(/^\uFEFF/, "");
    this.#pieces = [];
    this.#size = 0;
    if (text.trim() !== "") this.#problem = this.#problemOf(text);
  }

  #problemOf(text: string): string | undefined {
    try {
      const value = topOf(text, this.#line);
      if (!(value instanceof Map)) return `line ${this.#line} is no JSON object`;
      const problem = this.#batch?.problem(value, this.#line);
      return problem === undefined ? undefined : `line ${this.#line} ${problem}`;
    } catch (thrown) {
      if (!(thrown instanceof JsonLineError)) throw thrown;
      return thrown.message;
    }
  }
}

/** The members of an object, and of objects in them that they are there: all that is looked at, read the fast way. */
function topOf(text: string, line: number): JsonValue {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    // Says where and why.
    return jsonLine(text, line);
  }
  if (!isPlain(value)) return null;
  return new Map(
    Object.entries(value).map(([name, each]) => [name, isPlain(each) ? new Map() : textOf(each)]),
  );
}

function isPlain(value: unknown): value is object {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function textOf(value: unknown): string | null {
  return typeof value === "string" ? value : null;
}
