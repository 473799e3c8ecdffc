import { CtyError, type ExactNumber, parseShortNumber } from "../../framework/index.ts";
import { JsonNumber, type JsonValue } from "../../openai/index.ts";

/** What a scalar member is. */
export type Scalar = "string" | "bool" | "number" | "integer";

const types = { string: "string", bool: "boolean", number: "number", integer: "number" } as const;

/** What is there of a scalar, null included; undefined where it is another value, or takes a closer look. */
export function scalarValue(
  value: JsonValue | undefined,
  kind: Scalar,
): string | boolean | number | null | undefined {
  const read = value instanceof JsonNumber ? shortNumber(value.text) : (value ?? null);
  if (read === null) return null;
  return typeof read !== "object" && typeof read === types[kind] ? read : undefined;
}

/**
 * A number to its last digit; undefined for one that Terraform would round, which must not get as far as the encoder: it
 * takes that for our mistake.
 */
export function exactNumber({ text }: JsonNumber): ExactNumber | undefined {
  try {
    return parseShortNumber(text);
  } catch (thrown) {
    if (!(thrown instanceof CtyError)) throw thrown;
    return undefined;
  }
}

/** A whole number of few digits, as nearly all are. */
function shortNumber(text: string): number | undefined {
  return text.length <= 15 && /^(?:0|[1-9]\d*)$/.test(text) ? Number(text) : undefined;
}

/** A whole number of at most four digits, as bytes and indices are: there may be millions. */
export function smallNumber(value: JsonValue): number | undefined {
  return value instanceof JsonNumber && value.text.length <= 4 ? shortNumber(value.text) : undefined;
}
