import { check, type Validator } from "../../framework/index.ts";

/** The ID of an item in a list. */
export function cursor(): Validator<string> {
  return check(
    "must be the ID of a completion, without control characters",
    (value) => !/[\p{Cc}\p{Cs}]/u.test(value),
  );
}

/** How many of a list in all. */
export function count(of: string): Validator<number> {
  return {
    description: "must be at least 1",
    validate: (value) =>
      value >= 1
        ? undefined
        : {
            detail: `The limit is how many ${of} are read in all, and must be at least 1. Leave it out for all.`,
            given: String(value),
          },
  };
}
