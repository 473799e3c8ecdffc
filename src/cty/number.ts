import { survivesTerraform } from "./bigfloat.ts";
import { type DecimalParts, MAX_DIGITS, parseDecimal, plainText } from "./decimal.ts";
import { CtyError } from "./error.ts";
import { Path } from "./path.ts";

/**
 * A number with all its digits. Canonical is: a safe integer as number, any other integer as bigint, a
 * fraction whose shortest double text is the same decimal as number, everything else as Decimal. A
 * fraction held as number means its shortest decimal text, as JSON and Terraform's source text do.
 */
export type ExactNumber = number | bigint | Decimal;

const PLAIN = /^-?(?:0|[1-9]\d*)(?:\.\d*[1-9])?$/;

/** A decimal number that no JavaScript number is. `text` is plain: no exponent, no needless zero. */
export class Decimal {
  readonly text: string;

  /** Takes normalised text only; other text goes through parseNumber. Throws TypeError. */
  constructor(text: string) {
    if (!PLAIN.test(text) || text === "-0") throw new TypeError(`not a normalised decimal: ${text}`);
    this.text = text;
  }

  toString(): string {
    return this.text;
  }
}

export function isExactNumber(value: unknown): value is ExactNumber {
  return typeof value === "number" || typeof value === "bigint" || value instanceof Decimal;
}

/** Digits that a double always keeps, with a sign and a point. */
const SHORT_DECIMAL = /^-?\d+(?:\.\d+)?$/;

/** A number of at most fifteen digits: its double has that text and no shorter one. */
function shortDecimal(text: string): number | undefined {
  // Zero has no sign.
  return text.length <= 15 && SHORT_DECIMAL.test(text) ? Number(text) + 0 : undefined;
}

/**
 * Reads decimal text; exponents are allowed. Throws CtyError on NaN, Infinity, anything that is no
 * decimal number, and numbers of more than 65536 digits before or after the point.
 */
export function parseNumber(text: string, path = Path.root): ExactNumber {
  const short = shortDecimal(text);
  if (short !== undefined) return short;
  const parts = parseDecimal(text);
  if (parts === "invalid") throw new CtyError(path, `a number is required, got ${quoted(text)}`);
  if (parts === "too long") throw new CtyError(path, TOO_LONG);
  return fromParts(parts);
}

/** Digits of a short number, written out without an exponent: as many as any double of 64 bits has, and some more. */
export const SHORT_DIGITS = 400;
/** Digits from the first to the last that is no zero: so many survive in Terraform's floats of 512 bits. */
export const SHORT_SIGNIFICANT = 153;

/**
 * As {@link parseNumber}, for text that anybody may have written: at most {@link SHORT_DIGITS} digits, and
 * {@link SHORT_SIGNIFICANT} significant ones. Terraform keeps every such number, and none takes work to read.
 */
export function parseShortNumber(text: string, path = Path.root): ExactNumber {
  const short = shortDecimal(text);
  if (short !== undefined) return short;
  const parts = parseDecimal(text);
  if (parts === "invalid") throw new CtyError(path, `a number is required, got ${quoted(text)}`);
  if (parts === "too long" || !isShort(parts)) {
    const limits = `at most ${SHORT_DIGITS} digits, ${SHORT_SIGNIFICANT} of them significant, are supported`;
    throw new CtyError(path, `the number is too long: ${limits}`);
  }
  return fromParts(parts);
}

function isShort({ digits, exponent }: DecimalParts): boolean {
  const written = Math.max(digits.length + exponent, 0) + Math.max(-exponent, 0);
  return digits.length <= SHORT_SIGNIFICANT && written <= SHORT_DIGITS;
}

function quoted(text: string): string {
  return JSON.stringify(text.length > 40 ? `${text.slice(0, 40)}…` : text);
}

const TOO_LONG = `the number is too long: at most ${MAX_DIGITS} digits before or after the point are supported`;

function fromParts(parts: DecimalParts): ExactNumber {
  const text = plainText(parts);
  const double = Number(text);
  if (parts.exponent >= 0) return Number.isSafeInteger(double) ? double : BigInt(text);
  // Seventeen digits distinguish any two doubles, so a longer text is no shortest one.
  const isShortest = parts.digits.length <= 17 && Number.isFinite(double) && fractionText(double) === text;
  return isShortest ? double : new Decimal(text);
}

/**
 * The number as plain decimal text, as Terraform prints it. Throws CtyError for NaN, the infinities, and
 * an integer beyond 2^53 held as a double, whose digits are a guess.
 */
export function numberText(value: ExactNumber, path = Path.root): string {
  if (value instanceof Decimal) return value.text;
  if (typeof value === "bigint") return value.toString();
  if (!Number.isFinite(value)) throw new CtyError(path, `a finite number is required, got ${value}`);
  if (!Number.isInteger(value)) return fractionText(value);
  if (!Number.isSafeInteger(value)) {
    throw new CtyError(path, `an integer beyond 2^53 must be a bigint to keep its digits, got ${value}`);
  }
  return value === 0 ? "0" : value.toString();
}

function fractionText(value: number): string {
  const text = value.toString();
  // Without an exponent JavaScript writes just this form.
  if (!text.includes("e")) return text;
  const parts = parseDecimal(text);
  return typeof parts === "string" ? "" : plainText(parts);
}

/**
 * The text of a number that Terraform keeps digit for digit. Throws CtyError for a number that its floats
 * of 512 bits would round, besides those that {@link numberText} refuses.
 */
export function terraformNumberText(value: ExactNumber, path = Path.root): string {
  const text = numberText(value, path);
  if (text.length <= 153) return text;
  const parts = parseDecimal(text);
  if (parts === "too long") throw new CtyError(path, TOO_LONG);
  if (parts !== "invalid" && survivesTerraform(parts)) return text;
  throw new CtyError(
    path,
    "the number has more digits than Terraform keeps (its numbers are floats of 512 bits, about 154 digits)",
  );
}

/** Whether a fraction is the same number as the double that holds it: 0.5 is, 0.7 is not. */
export function isExactDouble(fraction: number): boolean {
  // A decimal of 24 places that is a binary fraction is one of as many: times 2^24, which is exact, it is whole.
  if (!Number.isInteger(fraction * 2 ** 24)) return false;
  const parts = parseDecimal(fraction.toString());
  if (typeof parts === "string") return false;
  // digits / 10^k is a binary fraction only if 5^k divides the digits; seventeen digits hold no 5^25.
  if (parts.exponent >= 0 || parts.exponent < -24) return false;
  const five = 5n ** BigInt(-parts.exponent);
  const digits = BigInt(parts.digits);
  return digits % five === 0n && digits / five < 2n ** 53n;
}
