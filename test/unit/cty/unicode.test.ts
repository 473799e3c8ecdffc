import assert from "node:assert/strict";
import { describe, type TestContext, test } from "node:test";
import type { Pieces } from "../../../src/cty/pieces.ts";
import { compareUTF8, normalizePieces, normalizeString } from "../../../src/cty/unicode.ts";
import { assertLinear } from "../../support/work.ts";

const JOINER = "\u034f";

/** Marks in a row that String.prototype.normalize puts in order: the work is the sum of their squares. */
async function ordering(t: TestContext, text: string): Promise<number> {
  let work = 0;
  const normalize = String.prototype.normalize;
  t.mock.method(String.prototype, "normalize", function (this: string, form?: string) {
    for (const [run] of this.matchAll(/[\p{M}\u1161-\u11ff\u3131-\u318e]+/gu)) {
      for (const piece of run.split(JOINER)) work += [...piece].length ** 2;
    }
    return normalize.call(this, form);
  });
  normalizeString(text);
  t.mock.restoreAll();
  return work;
}

describe("a string as Terraform holds it", () => {
  for (const [name, text, expected] of [
    ["composed", "e\u0301", "\u00e9"],
    ["half of a pair", "a\ud800b", "a\ufffdb"],
    ["thirty marks", `a${"\u0323".repeat(30)}`, `\u1ea1${"\u0323".repeat(29)}`],
    ["thirty-one marks", `a${"\u0323".repeat(31)}`, `\u1ea1${"\u0323".repeat(29)}${JOINER}\u0323`],
    ["marks that count for two", "\u0344".repeat(16), `${"\u0308\u0301".repeat(15)}${JOINER}\u0308\u0301`],
    [
      "vowels of Hangul, as people cry",
      "ㅠ".repeat(62),
      `${"ㅠ".repeat(30)}${JOINER}${"ㅠ".repeat(30)}${JOINER}ㅠㅠ`,
    ],
    [
      "marks after a letter that has two",
      `\u1e69${"\u0323".repeat(29)}`,
      `\u1e69${"\u0323".repeat(28)}${JOINER}\u0323`,
    ],
    ["astral marks", "\u{1d16e}".repeat(31), `${"\u{1d16e}".repeat(30)}${JOINER}\u{1d16e}`],
    ["short runs of marks", "e\u0301\u0323 ".repeat(1000), "\u1eb9\u0301 ".repeat(1000)],
  ] as const) {
    test(name, () => {
      assert.equal(normalizeString(text), expected);
      assert.equal(normalizeString(normalizeString(text)), normalizeString(text));
    });
  }

  test("Latin text stays what it is, and is not looked at twice", (t) => {
    const normalize = t.mock.method(String.prototype, "normalize");
    const text = "Plan, apply, done: naïve café. ".repeat(100);
    assert.equal(normalizeString(text), text);
    assert.equal(normalize.mock.callCount(), 0);
  });

  for (const [name, unit] of [
    ["one mark", "\u0301"],
    ["marks out of order", "\u0345\u0301\u0323\u0334"],
    ["vowels of Hangul", "\u1161"],
    ["letters of Hangul for themselves", "ㅠ"],
    ["marks of another script", "\u094d\u093c"],
    ["astral marks", "\u{1d16e}\u{1d165}"],
  ] as const) {
    test(`a million of ${name} are put in order in linear time`, async (t) => {
      const count = Math.ceil(1_000_000 / unit.length);
      assert.ok((await ordering(t, `a${unit.repeat(count)}`)) <= 31 * 1_100_000);
      await assertLinear(20_000, 400_000, (size) => normalizeString(unit.repeat(size)));
    });
  }
});

test("UTF-8 order is that of code points, where UTF-16's is another", () => {
  assert.ok(compareUTF8("\uffff", "\u{10000}") < 0);
  assert.ok(compareUTF8("a", "ab") < 0);
  assert.equal(compareUTF8("a", "a"), 0);
});

describe("a long string is normalised in pieces", () => {
  const size = 200_000;
  const repeated = (unit: string) => unit.repeat(Math.ceil(size / unit.length));
  const texts: Readonly<Record<string, string>> = {
    "one mark": repeated("\u0301"),
    "marks that are put in order": repeated("a\u0345\u0301\u0323\u0334"),
    "marks that count for two": repeated("\u0344"),
    "letters and marks": repeated("e\u0301\u0323 "),
    "marks without a class": repeated("\u0903"),
    "vowels of Hangul": repeated("\u1161"),
    "syllables of Hangul in parts": repeated("\u1100\u1161\u11a8"),
    "half a syllable before": `\u1100${repeated("\u1161\u11a8")}`,
    "astral marks": repeated("\u{1d16e}"),
    "half pairs": repeated("\ud800\u0301\udc00"),
    "astral letters": `x${repeated("\u{10400}")}`,
    Chinese: repeated("\u6f22\u5b57\uff01"),
    singletons: repeated("\u212b\u0301"),
    "what decomposes to a letter and a mark": repeated("\u2add\u0338"),
  };
  function counted<T>(work: Pieces<T>): readonly [T, number] {
    for (let pieces = 1; ; pieces += 1) {
      const { done, value } = work.next();
      if (done) return [value, pieces];
    }
  }
  for (const [name, text] of Object.entries(texts)) {
    test(`${name}: the text is the same, and no piece is long`, (t) => {
      let longest = 0;
      const expected = normalizeString(text);
      const normalize = String.prototype.normalize;
      t.mock.method(String.prototype, "normalize", function (this: string, form?: string) {
        longest = Math.max(longest, this.length);
        return normalize.call(this, form);
      });
      for (let before = 0; before < 4; before += 1) {
        const shifted = "x".repeat(before) + text;
        const [normal, pieces] = counted(normalizePieces(shifted));
        assert.equal(normal, before === 0 ? expected : normalizeString(shifted));
        assert.ok(pieces >= 3, `${pieces} pieces`);
      }
      // What `normalizeString` itself does is in it: of the pieces alone it is looked at here.
      longest = 0;
      counted(normalizePieces(text));
      assert.ok(longest < 70_000, `${longest} characters in one go`);
    });
  }
});
