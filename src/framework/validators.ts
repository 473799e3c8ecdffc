/**
 * A check of one known, non-null value, run by `terraform validate` and at each plan.
 *
 * It returns what is wrong and what is accepted, in sentences for the practitioner, or undefined. The
 * framework leaves out `given`, which may quote the value, where the attribute is sensitive.
 */
export interface Validator<T = unknown> {
  /** Completes "The value …" on the documentation page: "must not be blank". */
  readonly description: string;
  validate(value: T): Problem | undefined;
}

export interface Problem {
  /** A warning does not stop the run. Left out means an error. */
  readonly severity?: "error" | "warning";
  /** The title. Left out means `Invalid value for "name"`. */
  readonly summary?: string;
  /** What is accepted, with an example where one helps. */
  readonly detail: string;
  /** What was given, already in words; never shown for a sensitive attribute. */
  readonly given?: string;
  /** Where inside the value: list indices, map keys or attribute names. */
  readonly at?: readonly (string | number)[];
}

/** Longest piece of a practitioner's value that a message quotes, in characters. */
const quoteLimit = 200;

/** A value in quotes, cut where it is long; control characters show as escapes. */
export function quote(value: string): string {
  // By code points, each of which is one or two units of a string: none is cut in half.
  const start = [...value.slice(0, 2 * quoteLimit)].slice(0, quoteLimit).join("");
  return JSON.stringify(start.length < value.length ? `${start}…` : value);
}

/** A string validator from a predicate. */
export function check(
  description: string,
  accepts: (value: string) => boolean,
  example?: string,
): Validator<string> {
  return {
    description,
    validate: (value): Problem | undefined =>
      accepts(value)
        ? undefined
        : {
            detail: `The value ${description}${example === undefined ? "" : `, for example ${quote(example)}`}.`,
            given: quote(value),
          },
  };
}

/** Not empty and not only white space. */
export function notBlank(): Validator<string> {
  return check("must not be blank", (value) => value.trim() !== "");
}

/** One of a closed set of words. */
export function oneOf(...words: readonly string[]): Validator<string> {
  return check(`must be ${words.length === 1 ? "" : "one of "}${words.map(quote).join(", ")}`, (value) =>
    words.includes(value),
  );
}

/** A validator whose problems are warnings: for values that may be right, and are not known to be. */
export function warning<T>(validator: Validator<T>, summary?: string): Validator<T> {
  return {
    description: validator.description,
    validate(value): Problem | undefined {
      const problem = validator.validate(value);
      if (problem === undefined) return undefined;
      return { ...problem, severity: "warning", ...(summary === undefined ? {} : { summary }) };
    },
  };
}
