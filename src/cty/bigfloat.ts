import type { DecimalParts } from "./decimal.ts";
import { plainText } from "./decimal.ts";

/** The precision of Terraform's numbers: cty.ParseNumberVal, value_init.go in go-cty. */
const PRECISION = 512;

/** mantissa × 2^exponent; the mantissa is positive. */
interface Float {
  readonly mantissa: bigint;
  readonly exponent: number;
}

/** 0.digits × 10^point, the form in which Go's math/big prints; no zero at the end of `digits`. */
interface Printed {
  readonly digits: string;
  readonly point: number;
}

/** Beyond this power of ten nothing is computed: the work grows with the power, and no float of 64 bits is near it. */
const MAX_POWER = 4096;

/**
 * Whether Terraform gives the number back digit for digit: it parses the plain text to a float of 512
 * bits, and prints that float with the fewest digits that distinguish it from its neighbours. Of a number of 154
 * to 156 digits with a larger power of ten than 4096 it is not known, and the answer is no.
 */
export function survivesTerraform(parts: DecimalParts): boolean {
  const { digits, exponent } = parts;
  // 2^511 > 10^153: so many digits always survive. Beyond 5^248 Go's powers of five are rounded, by so
  // little that one number in 2^60 could round the other way.
  if (digits.length <= 153) return true;
  // A float of p bits never needs more than 1 + ceil(p × log10 2) digits to differ from its neighbours.
  if (digits.length > 156 || Math.abs(exponent) > MAX_POWER) return false;
  const kept = afterTerraform(parts);
  return kept.digits === digits && kept.exponent === exponent;
}

/** What Terraform makes of the number: the decimal it prints after reading this one. Throws RangeError beyond 10^±4096. */
export function afterTerraform(parts: DecimalParts): DecimalParts {
  if (parts.digits === "") return parts;
  if (Math.abs(parts.exponent) > MAX_POWER)
    throw new RangeError("the power of ten is too large to compute with");
  const { digits, point } = shortest(parseFloat512(parts));
  return { negative: parts.negative, digits, exponent: point - digits.length };
}

/** Float.scan of Go's math/big/floatconv.go, for text without an exponent. */
function parseFloat512(parts: DecimalParts): Float {
  if (parts.exponent >= 0) {
    return rounded({ mantissa: BigInt(plainText({ ...parts, negative: false })), exponent: 0 }, PRECISION);
  }
  const divisor = pow5(-parts.exponent);
  const dividend = BigInt(parts.digits);
  const shift = Math.max(0, PRECISION + 2 + bitLength(divisor.mantissa) - bitLength(dividend));
  const scaled = dividend << BigInt(shift);
  const quotient = scaled / divisor.mantissa;
  // The lowest bit stands for all bits that the division left out, which decides ties in rounding.
  const sticky = quotient * divisor.mantissa === scaled ? 0n : 1n;
  const exponent = parts.exponent - shift - divisor.exponent - 1;
  return rounded({ mantissa: (quotient << 1n) | sticky, exponent }, PRECISION);
}

/**
 * Float.pow5 of floatconv.go, step for step: beyond 5^248 its result is rounded, and the last bit of
 * what Terraform reads depends on that.
 */
function pow5(power: number): Float {
  const tableEnd = 27;
  if (power <= tableEnd) return { mantissa: 5n ** BigInt(power), exponent: 0 };
  let result: Float = { mantissa: 5n ** BigInt(tableEnd), exponent: 0 };
  let factor: Float = { mantissa: 5n, exponent: 0 };
  for (let rest = power - tableEnd; rest > 0; rest = Math.floor(rest / 2)) {
    if (rest % 2 === 1) result = product(result, factor, PRECISION + 64);
    factor = product(factor, factor, PRECISION + 128);
  }
  return result;
}

function product(a: Float, b: Float, precision: number): Float {
  return rounded({ mantissa: a.mantissa * b.mantissa, exponent: a.exponent + b.exponent }, precision);
}

/** To the nearest float of so many bits, ties to the even one. */
function rounded({ mantissa, exponent }: Float, precision: number): Float {
  const excess = bitLength(mantissa) - precision;
  if (excess <= 0) return { mantissa, exponent };
  const shift = BigInt(excess);
  const kept = mantissa >> shift;
  const half = 1n << (shift - 1n);
  const rest = mantissa - (kept << shift);
  const up = rest > half || (rest === half && (kept & 1n) === 1n);
  return { mantissa: up ? kept + 1n : kept, exponent: exponent + excess };
}

function bitLength(value: bigint): number {
  const hex = value.toString(16);
  return hex.length * 4 - Math.clz32(Number.parseInt(hex.slice(0, 1), 16)) + 28;
}

/** roundShortest of Go's math/big/ftoa.go: the fewest digits that lie nearer to x than to any neighbour. */
function shortest(x: Float): Printed {
  const scale = PRECISION + 1 - bitLength(x.mantissa);
  // The lowest bit of `mantissa` is now half of the last place of x.
  const mantissa = scale >= 0 ? x.mantissa << BigInt(scale) : x.mantissa >> BigInt(-scale);
  const exponent = x.exponent - scale;
  const inclusive = (mantissa & 2n) === 0n;
  const exact = decimal(mantissa, exponent);
  const lower = decimal(mantissa - 1n, exponent).digits;
  const upper = decimal(mantissa + 1n, exponent).digits;
  for (let i = 0; i < exact.digits.length; i += 1) {
    const digit = Number(exact.digits[i]);
    const low = Number(lower[i] ?? 0);
    const high = Number(upper[i] ?? 0);
    const down = low !== digit || (inclusive && i + 1 === lower.length);
    const up = digit !== high && (inclusive || digit + 1 < high || i + 1 < upper.length);
    if (down && up) return nearest(exact, i + 1);
    if (down) return roundedDown(exact, i + 1);
    if (up) return roundedUp(exact, i + 1);
  }
  return exact;
}

/** The exact decimal digits of mantissa × 2^exponent. */
function decimal(mantissa: bigint, exponent: number): Printed {
  if (exponent >= 0) return printed((mantissa << BigInt(exponent)).toString(), 0);
  return printed((mantissa * 5n ** BigInt(-exponent)).toString(), exponent);
}

function printed(digits: string, shift: number): Printed {
  return { digits: withoutEndZeros(digits), point: digits.length + shift };
}

function nearest(exact: Printed, length: number): Printed {
  if (length >= exact.digits.length) return exact;
  const next = Number(exact.digits[length]);
  const isTie = next === 5 && length + 1 === exact.digits.length;
  const up = isTie ? Number(exact.digits[length - 1]) % 2 === 1 : next >= 5;
  return up ? roundedUp(exact, length) : roundedDown(exact, length);
}

function roundedDown(exact: Printed, length: number): Printed {
  return { digits: withoutEndZeros(exact.digits.slice(0, length)), point: exact.point };
}

function roundedUp(exact: Printed, length: number): Printed {
  let end = length;
  while (end > 0 && exact.digits[end - 1] === "9") end -= 1;
  if (end === 0) return { digits: "1", point: exact.point + 1 };
  const last = Number(exact.digits[end - 1]) + 1;
  return { digits: exact.digits.slice(0, end - 1) + last, point: exact.point };
}

function withoutEndZeros(digits: string): string {
  let end = digits.length;
  while (end > 0 && digits[end - 1] === "0") end -= 1;
  return digits.slice(0, end);
}
