/** A decimal number: ± digits × 10^exponent. `digits` has no zero at either end; zero has none at all. */
export interface DecimalParts {
  readonly negative: boolean;
  readonly digits: string;
  readonly exponent: number;
}

/**
 * The longest number that is written out: so many digits before the point, and so many after it.
 * Keeps `1e1000000000` from filling the memory; Terraform's own numbers are at most some hundred long.
 */
export const MAX_DIGITS = 65536;

const DECIMAL = /^([+-]?)(\d*)(\.\d*)?(?:[eE]([+-]?\d+))?$/;

/**
 * Reads decimal text in the forms that Go's big.ParseFloat takes for base 10 (`-0`, `+5`, `.5`, `5.`,
 * `1e3`). Returns "invalid" for other text, "too long" beyond {@link MAX_DIGITS}.
 */
export function parseDecimal(text: string): DecimalParts | "invalid" | "too long" {
  const match = DECIMAL.exec(text);
  if (match === null) return "invalid";
  const [, sign, whole = "", pointAndFraction = "", power = "0"] = match;
  const fraction = pointAndFraction.slice(1);
  if (whole === "" && fraction === "") return "invalid";
  const parts = trimmed(whole + fraction, Number(power) - fraction.length);
  if (parts.digits === "") return { negative: false, digits: "", exponent: 0 };
  if (parts.exponent < -MAX_DIGITS || parts.exponent + parts.digits.length > MAX_DIGITS) return "too long";
  return { negative: sign === "-", ...parts };
}

/** Takes the zeros off both ends. A loop, because a regular expression is quadratic in inner zeros. */
function trimmed(digits: string, exponent: number): { digits: string; exponent: number } {
  let start = 0;
  let end = digits.length;
  while (start < end && digits[start] === "0") start += 1;
  while (end > start && digits[end - 1] === "0") end -= 1;
  return { digits: digits.slice(start, end), exponent: exponent + digits.length - end };
}

/** Writes the number without an exponent, as Go's big.Float.Text('f', -1) does. */
export function plainText({ negative, digits, exponent }: DecimalParts): string {
  if (digits === "") return "0";
  const sign = negative ? "-" : "";
  if (exponent >= 0) return sign + digits + "0".repeat(exponent);
  const point = digits.length + exponent;
  if (point > 0) return `${sign}${digits.slice(0, point)}.${digits.slice(point)}`;
  return `${sign}0.${"0".repeat(-point)}${digits}`;
}

/** Negative, zero or positive, as a is less than, equal to or greater than b. */
export function compareDecimals(a: DecimalParts, b: DecimalParts): number {
  const signs = sign(a) - sign(b);
  if (signs !== 0) return signs;
  const magnitudes = a.digits.length + a.exponent - b.digits.length - b.exponent;
  // Digits have no zeros at the end, so of two with the same start the longer is the greater.
  const order = magnitudes !== 0 ? magnitudes : a.digits < b.digits ? -1 : Number(a.digits > b.digits);
  return a.negative ? -order : order;
}

function sign(parts: DecimalParts): number {
  if (parts.digits === "") return 0;
  return parts.negative ? -1 : 1;
}
