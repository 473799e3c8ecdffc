import type { Problem, Validator } from "./validator.ts";

/** Longest piece of a practitioner's value that a message quotes, in characters. */
const quoteLimit = 200;

/** A value in quotes, cut where it is long; control characters show as escapes. */
export function quote(value: string): string {
  const cut = value.length > quoteLimit ? `${value.slice(0, quoteLimit)}…` : value;
  return JSON.stringify(cut);
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
  return check(`must be one of ${words.map(quote).join(", ")}`, (value) => words.includes(value));
}
