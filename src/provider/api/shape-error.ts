/** A body whose shape is not the API's: where, what was expected there, and what was found. */
export class ShapeError extends Error {
  constructor(path: string, expected: string, found: string) {
    super(`${path === "" ? "the body" : path} should be ${expected}, but is ${found}`);
    this.name = "ShapeError";
  }
}

/** A body, or pages of a list together, with more values than are read. */
export class TooManyValues extends ShapeError {
  readonly most: string;

  constructor(most: number) {
    const text = most.toLocaleString("en-US");
    super("", `an answer of at most ${text} values`, "larger");
    this.most = text;
  }
}

/** Gets what of a body is not of the expected type. Where it returns, that member is null. */
export type Report = (mismatch: ShapeError) => void;

/** Values that are read of one answer: what they become takes many times the memory of an empty list in the text. */
const mostValues = 4_000_000;
/** Values that are read of all pages of a list together: some 75,000 completions, or 200,000 objects of a few members. */
export const mostListValues = 5_000_000;
/** Small numbers that take as much memory as one other value. */
export const numbersPerValue = 8;
/** Mismatches of one answer that are reported; more of them would be work for nothing. */
const mostMismatches = 1_000;

/** What has been read of an answer, by all its members together, or of all pages of a list. */
export class Tally {
  readonly #most: number;
  #values = 0;
  #mismatches = 0;

  constructor(most = mostValues) {
    this.#most = most;
  }

  /** @throws TooManyValues where it becomes too much. */
  count(): void {
    this.#values += 1;
    if (this.#values <= this.#most) return;
    throw new TooManyValues(this.#most);
  }

  /** Whether one more mismatch is worth being reported. */
  mismatch(): boolean {
    this.#mismatches += 1;
    return this.#mismatches <= mostMismatches;
  }
}

/** The report of what must be as described, or is of no use. */
export function refuse(mismatch: ShapeError): never {
  throw mismatch;
}
