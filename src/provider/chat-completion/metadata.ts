import { type Problem, quote, type Validator } from "../../framework/index.ts";

/** The API's limits: pairs, and characters (code points) of a key and of a value. */
const mostPairs = 16;
const longestKey = 64;
const longestValue = 512;

/** Metadata within the API's limits. */
export function metadataLimits(): Validator<ReadonlyMap<string, string>> {
  return {
    description: `must have at most ${mostPairs} keys, of at most ${longestKey} characters, with values of at most ${longestValue} characters`,
    validate(metadata): Problem | undefined {
      if (metadata.size > mostPairs) {
        return {
          detail: `The API keeps at most ${mostPairs} keys of metadata.`,
          given: `${metadata.size} keys`,
        };
      }
      for (const [key, value] of metadata) {
        const problem = pairProblem(key, value);
        if (problem !== undefined) return problem;
      }
      return undefined;
    },
  };
}

function pairProblem(key: string, value: string): Problem | undefined {
  const [keyLength, valueLength] = [[...key].length, [...value].length];
  if (keyLength === 0) return { detail: "A key of metadata is empty.", at: [key] };
  if (keyLength > longestKey) {
    return {
      detail: `A key of metadata must have at most ${longestKey} characters.`,
      given: `${quote(key)}, with ${keyLength}`,
      at: [key],
    };
  }
  if (valueLength > longestValue) {
    return {
      detail: `A value of metadata must have at most ${longestValue} characters, and that of ${quote(key)} has ${valueLength}.`,
      at: [key],
    };
  }
  return undefined;
}

/** Whether two maps hold the same; null stands for an empty one, as the API has it. */
export function sameMetadata(
  a: ReadonlyMap<string, string> | null,
  b: ReadonlyMap<string, string> | null,
): boolean {
  const [one, other] = [a ?? new Map<string, string>(), b ?? new Map<string, string>()];
  // Terraform hands out texts in NFC, and the API what it was given.
  const normal = new Map([...other].map(([key, value]) => [key.normalize(), value.normalize()]));
  return (
    one.size === normal.size &&
    [...one].every(([key, value]) => normal.get(key.normalize()) === value.normalize())
  );
}
