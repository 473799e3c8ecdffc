import fc from "fast-check";
import * as cty from "../../src/cty/index.ts";

/** Keys that are something else to JavaScript, to msgpack-lite or to Go than a name. */
const HOSTILE = [
  "__proto__",
  "constructor",
  "prototype",
  "toString",
  "hasOwnProperty",
  "_isUint64BE",
  "_isInt64BE",
  "buffer",
  "length",
  "",
  "0",
  "\u0000",
  "a\u0000b",
  "\u2028\u2029<&>",
  "\ud800",
  "e\u0301",
  "\u212b",
];

/** Right-to-left text and the marks that turn it, joiners, variation selectors, flags, tags. */
const units = [
  ..."\u05d0\u0627\u200e\u200f\u202e\u2066\u200d\u200c\ufe0f\ufeff\ufffd\ufffe\uffff\u0000\u001b\u007f\u0085\ufb1d",
  "\u{1f469}",
  "\u{1f1e9}",
  "\u{e0067}",
  "\u{10ffff}",
  "\u{1d15e}",
  "\u{2f800}",
  "\ud83d",
  "\udc69",
  // Hangul in pieces and whole, Indic vowels of two parts, marks that are put in order.
  ..."\u1100\u1161\u11a8\uac00\u0dd9\u0dcf\u0dca\u0b47\u0b3e\u0323\u0307\u0301\u0345\u0327\u00c5\u1e9b",
];

const anyText: fc.Arbitrary<string> = fc.oneof(
  { weight: 3, arbitrary: fc.string({ maxLength: 12 }) },
  { weight: 3, arbitrary: fc.string({ unit: "binary", maxLength: 40 }) },
  { weight: 2, arbitrary: fc.string({ unit: "grapheme", maxLength: 10 }) },
  { weight: 3, arbitrary: fc.array(fc.constantFrom(...units), { maxLength: 12 }).map((all) => all.join("")) },
  {
    weight: 1,
    arbitrary: fc.array(surrogateOrNeighbour(), { maxLength: 4 }).map((all) => String.fromCharCode(...all)),
  },
  // Lengths around those where MessagePack changes its headers.
  {
    weight: 1,
    arbitrary: fc.constantFrom(15, 16, 31, 32, 127, 128, 255, 256, 257).map((n) => "e\u0301".repeat(n)),
  },
  { weight: 2, arbitrary: fc.constantFrom(...HOSTILE) },
);

/**
 * Text of every kind: any code point, NFC and not, astral, right to left, NUL, halves of pairs. Without
 * what golang.org/x/text normalises wrongly; normalization.test.ts shows those differences.
 */
export const text = anyText.filter((all) => !isMisnormalizedByGo(all));

/** A character and the marks after it. */
const MARKED = /(.)(\p{M}+)/gsu;

/** Marks and blocks of Unicode 16 and 17; golang.org/x/text v0.11.0 knows Unicode 15. */
const NEWER: readonly (readonly [number, number])[] = [
  [0x0897, 0x0897],
  [0x1acf, 0x1aff],
  [0x105c0, 0x105ff],
  [0x10d40, 0x10d8f],
  [0x10efa, 0x10efb],
  [0x11380, 0x113ff],
  [0x16100, 0x1613f],
  [0x16d40, 0x16d7f],
  [0x1e5d0, 0x1e5ff],
  [0x1e6c0, 0x1e6ff],
];

/**
 * Whether golang.org/x/text v0.11.0 (unicode/norm) makes another NFC of the text than Unicode does. It
 * composes by the lower 16 bits of a character, so that U+E0067 and a cedilla become U+0123; it composes
 * over a starter that it counts as a non-starter, so that U+00A8, U+FF9E, U+1D16E and U+0301 become U+0385
 * and two more; and it is older than some characters.
 */
export function isMisnormalizedByGo(all: string): boolean {
  // What comes before NEWER, and all that is said of here.
  if (!/[\u0897-\uffff]/.test(all)) return false;
  const points = [...all].map((character) => character.codePointAt(0) ?? 0);
  if (points.some((point) => NEWER.some(([first, last]) => first <= point && point <= last))) return true;
  if (COMPOSED_OVER.test(all)) return true;
  const decomposed = all.normalize("NFD");
  if (!/[\ud800-\udbff]/.test(decomposed)) return false;
  const runs = [...decomposed.matchAll(MARKED)].map(([run]) => [...run]);
  return runs.some((run) => run.some((base, i) => isAstral(base) && composesCut(base, run.slice(i + 1))));
}

/** Letters of Hangul, and sound marks, that become non-starters in a compatibility decomposition only. */
const COMPOSED_OVER = /[\u3131-\u318e\uff9e-\uffdc]\p{M}{2}/u;

function isAstral(character: string): boolean {
  return character.length === 2;
}

function composesCut(base: string, marks: readonly string[]): boolean {
  return marks.some((mark) => {
    const cut = lower16(base) + lower16(mark);
    return cut.normalize("NFC").length < cut.length;
  });
}

function lower16(character: string): string {
  return String.fromCharCode((character.codePointAt(0) ?? 0) & 0xffff);
}

function surrogateOrNeighbour(): fc.Arbitrary<number> {
  return fc.integer({ min: 0xd7f0, max: 0xe010 });
}

/** What is known of the start of a string; of those that go-cty cuts, only where all agree on the cut. */
export const prefixes: fc.Arbitrary<string> = fc.oneof(
  { weight: 6, arbitrary: text.filter((prefix) => prefix !== "" && Buffer.byteLength(prefix) <= 256) },
  { weight: 1, arbitrary: printable(250, 300) },
);

/** Printable ASCII. */
export function printable(minLength: number, maxLength: number): fc.Arbitrary<string> {
  const unit = fc.integer({ min: 0x20, max: 0x7e }).map((code) => String.fromCharCode(code));
  return fc.string({ unit, minLength, maxLength });
}

/** An optional sign and digits without a zero in front. */
export function integers(maxDigits: number): fc.Arbitrary<string> {
  const digits = fc.integer({ min: 1, max: maxDigits }).chain((length) => {
    return fc.string({ unit: fc.constantFrom(..."0123456789"), minLength: length, maxLength: length });
  });
  return fc
    .tuple(fc.constantFrom("", "-"), digits)
    .map(([sign, all]) => sign + (all.replace(/^0+/, "") || "0"));
}

/** Numbers in every form, of which Terraform keeps all digits. */
export const numbers: fc.Arbitrary<cty.ExactNumber> = fc.oneof(
  fc.integer(),
  fc.maxSafeInteger(),
  fc
    .integer({ min: 0, max: 65 })
    .chain((bits) => fc.integer({ min: -2, max: 2 }).map((d) => exact(2n ** BigInt(bits) + BigInt(d)))),
  integers(20).map((all) => cty.parseNumber(all)),
  integers(153).map((all) => cty.parseNumber(all)),
  // Up to 10^160: the last digits are zeros, since Terraform rounds what has more than some 154.
  fc.tuple(integers(100), fc.integer({ min: 0, max: 60 })).map(([all, e]) => cty.parseNumber(`${all}e${e}`)),
  fc
    .tuple(integers(150), fc.integer({ min: 1, max: 240 }))
    .map(([all, e]) => cty.parseNumber(`${all}e-${e}`)),
  fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e160, max: 1e160 }).map(exact),
  fc
    .tuple(fc.integer({ min: -4096, max: 4096 }), fc.integer({ min: 0, max: 40 }))
    .map(([m, e]) => exact(m / 2 ** e)),
);

function exact(value: number | bigint): cty.ExactNumber {
  return cty.parseNumber(value.toString());
}
