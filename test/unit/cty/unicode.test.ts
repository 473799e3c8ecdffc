import assert from "node:assert/strict";
import { describe, type TestContext, test } from "node:test";
import { compareUTF8, normalizeString } from "../../../src/cty/unicode.ts";
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
