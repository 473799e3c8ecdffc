import { check, type Problem, quote, type Validator } from "../../framework/index.ts";

/** What OpenAI allows as metadata: a filter beyond it can match nothing. */
const mostKeys = 16;
const longestKey = 64;
const longestValue = 512;

/** Metadata to look for: of a size that a completion's own metadata can have. */
export function metadataFilter(): Validator<ReadonlyMap<string, string>> {
  return {
    description: `must have at most ${mostKeys} keys of at most ${longestKey} characters, with values of at most ${longestValue}`,
    validate(metadata) {
      if (metadata.size > mostKeys) {
        return {
          detail: `A completion has at most ${mostKeys} keys of metadata: none can match ${metadata.size}.`,
        };
      }
      for (const [key, value] of metadata) {
        const problem = keyProblem(key, value);
        if (problem !== undefined) return { ...problem, at: [key] };
      }
      return undefined;
    },
  };
}

function keyProblem(key: string, value: string): Problem | undefined {
  const length = [...key].length;
  if (length > longestKey) {
    return {
      detail: `A key of metadata has at most ${longestKey} characters; ${quote(key)} has ${length}.`,
    };
  }
  const valueLength = [...value].length;
  if (valueLength <= longestValue) return undefined;
  return {
    detail: `A value of metadata has at most ${longestValue} characters; that of ${quote(key)} has ${valueLength}.`,
  };
}

/** The ID of an item in a list. */
export function cursor(): Validator<string> {
  return check(
    "must be the ID of a completion, without control characters",
    (value) => !/[\p{Cc}\p{Cs}]/u.test(value),
  );
}

/** How many in all. */
export function count(): Validator<number> {
  return {
    description: "must be a whole number of at least 1",
    validate: (value) =>
      value >= 1
        ? undefined
        : {
            detail:
              "The limit is how many completions are read in all, and must be at least 1. Leave it out for all.",
            given: String(value),
          },
  };
}
