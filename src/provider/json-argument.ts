import type { Problem, Validator } from "../framework/index.ts";
import {
  isJsonArray,
  isJsonObject,
  JsonError,
  JsonNumber,
  type JsonValue,
  parseJson,
} from "../openai/index.ts";

/** The value of a JSON text; undefined where it is none. */
export function parseJsonArgument(text: string): JsonValue | undefined {
  try {
    return parseJson(text);
  } catch (thrown) {
    if (thrown instanceof JsonError) return undefined;
    throw thrown;
  }
}

/** JSON text of an object. The text itself is not quoted: it may be long, and may hold a prompt. */
export function jsonObject(): Validator<string> {
  return {
    description: "must be JSON text of an object",
    validate: (value) => jsonObjectProblem(value),
  };
}

export function jsonObjectProblem(text: string): Problem | undefined {
  const example = 'jsonencode({ … }) writes it, for example jsonencode({ type = "json_object" }).';
  try {
    const value = parseJson(text);
    if (isJsonObject(value)) return undefined;
    return {
      detail: `The value must be JSON text of an object. ${example}`,
      given: `JSON, but ${kind(value)}`,
    };
  } catch (thrown) {
    if (!(thrown instanceof JsonError)) throw thrown;
    return {
      detail: `The value must be JSON text of an object, and is not JSON: ${thrown.message}. ${example}`,
    };
  }
}

/** JSON text of a list of objects. */
export function jsonObjects(): Validator<string> {
  const example = 'jsonencode([ … ]) writes it, for example jsonencode([{ type = "message" }]).';
  const expected = `The value must be JSON text of a list of objects. ${example}`;
  return {
    description: "must be JSON text of a list of objects",
    validate(text): Problem | undefined {
      try {
        const value = parseJson(text);
        if (!isJsonArray(value)) return { detail: expected, given: `JSON, but ${kind(value)}` };
        const odd = value.findIndex((each) => !isJsonObject(each));
        if (odd < 0) return undefined;
        return { detail: expected, given: `a list, but its element ${odd} is ${kind(value[odd] ?? null)}` };
      } catch (thrown) {
        if (!(thrown instanceof JsonError)) throw thrown;
        return { detail: `${expected} It is not JSON: ${thrown.message}.` };
      }
    },
  };
}

function kind(value: JsonValue): string {
  if (value === null) return "null";
  if (isJsonArray(value)) return "a list";
  if (isJsonObject(value)) return "an object";
  return value instanceof JsonNumber ? "a number" : `a ${typeof value}`;
}

/**
 * Whether two JSON texts mean the same: white space and the order of keys aside, and numbers by their
 * value, exactly. Texts that are no JSON are the same only where they are equal.
 */
export function sameJson(a: string, b: string): boolean {
  if (a === b) return true;
  const [one, other] = [parseJsonArgument(a), parseJsonArgument(b)];
  return one !== undefined && other !== undefined && equal(one, other);
}

function equal(a: JsonValue, b: JsonValue): boolean {
  if (a instanceof JsonNumber) return b instanceof JsonNumber && canonical(a.text) === canonical(b.text);
  if (isJsonArray(a)) {
    return isJsonArray(b) && a.length === b.length && a.every((each, index) => equal(each, b[index] ?? null));
  }
  if (isJsonObject(a)) {
    return (
      isJsonObject(b) &&
      a.size === b.size &&
      [...a].every(([key, value]) => b.has(key) && equal(value, b.get(key) ?? null))
    );
  }
  return a === b;
}

/**
 * Whether an answer has all that was written: members that the API adds, with defaults of its own, are no
 * difference, and neither is a number that it has rounded to what a double can hold.
 */
export function coversJson(written: string, answered: string): boolean {
  const [one, other] = [parseJsonArgument(written), parseJsonArgument(answered)];
  return one !== undefined && other !== undefined && covers(one, other);
}

function covers(written: JsonValue, answered: JsonValue): boolean {
  if (isJsonArray(written) && isJsonArray(answered)) {
    return (
      written.length === answered.length &&
      written.every((each, index) => covers(each, answered[index] ?? null))
    );
  }
  if (!isJsonObject(written) || !isJsonObject(answered))
    return equal(written, answered) || isRounded(written, answered);
  return [...written].every(([key, value]) => covers(value, answered.get(key) ?? null));
}

/** Whether an answer has the double that is nearest to a number: with all of its digits, or as few as name it. */
function isRounded(written: JsonValue, answered: JsonValue): boolean {
  if (!(written instanceof JsonNumber && answered instanceof JsonNumber)) return false;
  const double = Number(written.text);
  const digits = canonical(answered.text);
  return (
    double === Number(answered.text) &&
    [String(double), double.toFixed(0)].some((each) => canonical(each) === digits)
  );
}

/** A longer exponent is compared as text: what it means to compute with grows with the square of its length. */
const longestExponent = 1_000;

/** A number's digits without zeros at either end, and its power of ten: the same for 1, 1.0 and 10e-1. */
function canonical(text: string): string {
  const match = /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/.exec(text);
  if (match === null) return text;
  const [, sign = "", whole = "", fraction = "", exponent = "0"] = match;
  const digits = `${whole}${fraction}`;
  let [start, end] = [0, digits.length];
  while (start < end && digits[start] === "0") start += 1;
  while (end > start && digits[end - 1] === "0") end -= 1;
  if (start === end) return "0";
  if (exponent.length > longestExponent) return text;
  const power = BigInt(exponent) - BigInt(fraction.length) + BigInt(digits.length - end);
  return `${sign}${digits.slice(start, end)}e${power}`;
}

/** `sameJson` for an attribute's `equivalent`. */
export function sameJsonValue(written: unknown, stored: unknown): boolean {
  return typeof written === "string" && typeof stored === "string" && sameJson(written, stored);
}
