import {
  type ExactNumber,
  type Problem,
  quote,
  terraformNumberText,
  type Validator,
} from "../framework/index.ts";

/** A number from `least` to `most`, both included. */
export function between(least: number, most: number): Validator<ExactNumber> {
  return ranged(`from ${least} to ${most}`, (value) => value >= least && value <= most);
}

/** A number from `least` on. */
export function atLeast(least: number): Validator<ExactNumber> {
  return ranged(`${least} or more`, (value) => value >= least);
}

/** A whole number from `least` on: the API refuses fractions, of cents for example. */
export function wholeFrom(least: number): Validator<ExactNumber> {
  return numeric(
    `must be a whole number, ${least} or more`,
    (value) => (typeof value === "bigint" || Number.isInteger(value)) && Number(value) >= least,
  );
}

function ranged(range: string, accepts: (value: number) => boolean): Validator<ExactNumber> {
  return numeric(`must be ${range}`, (value) => accepts(Number(terraformNumberText(value))));
}

/** A whole number of 64 bits with a sign, as the API's seeds are. */
export function int64(): Validator<ExactNumber> {
  const [least, most] = [-(2n ** 63n), 2n ** 63n - 1n];
  return numeric(`must be a whole number from ${least} to ${most}`, (value) => {
    if (typeof value === "number") return Number.isInteger(value);
    return typeof value === "bigint" && value >= least && value <= most;
  });
}

function numeric(description: string, accepts: (value: ExactNumber) => boolean): Validator<ExactNumber> {
  return {
    description,
    validate: (value): Problem | undefined =>
      accepts(value) ? undefined : { detail: `The value ${description}.`, given: terraformNumberText(value) },
  };
}

/** A list with at least one element, and at most `most`. */
export function notEmpty(most = Number.POSITIVE_INFINITY): Validator<readonly unknown[]> {
  const description =
    most === Number.POSITIVE_INFINITY ? "must not be empty" : `must have from 1 to ${most} elements`;
  return {
    description,
    validate: (value) =>
      value.length >= 1 && value.length <= most
        ? undefined
        : {
            detail: `The list ${description}. To leave it out, omit the argument.`,
            given: `${value.length} elements`,
          },
  };
}

/** A text of at most so many characters (code points, as the API counts). */
export function atMostCharacters(most: number): Validator<string> {
  return {
    description: `must have at most ${most} characters`,
    validate(value) {
      const length = [...value].length;
      if (length <= most) return undefined;
      return {
        detail: `The value must have at most ${most} characters.`,
        given: `${quote(value)}, with ${length}`,
      };
    },
  };
}

/** A list without blank elements. */
export function eachNotBlank(): Validator<readonly unknown[]> {
  return {
    description: "must have no blank elements",
    validate(list): Problem | undefined {
      const at = list.findIndex((each) => String(each).trim() === "");
      return at < 0
        ? undefined
        : { detail: "An element is blank.", given: quote(String(list[at])), at: [at] };
    },
  };
}

/** A list of words of a closed set, each at most once. */
export function eachOneOf(...words: readonly string[]): Validator<readonly unknown[]> {
  const allowed = words.map(quote).join(", ");
  return {
    description: `must contain only ${allowed}`,
    validate(list): Problem | undefined {
      const at = list.findIndex((each) => typeof each !== "string" || !words.includes(each));
      if (at >= 0)
        return {
          detail: `Each element must be one of ${allowed}.`,
          given: quote(String(list[at])),
          at: [at],
        };
      const again = list.findIndex((each, index) => list.indexOf(each) < index);
      if (again < 0) return undefined;
      return {
        detail: "The list has the same element twice.",
        given: quote(String(list[again])),
        at: [again],
      };
    },
  };
}
