import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { afterTerraform, survivesTerraform } from "../../../src/cty/bigfloat.ts";
import { compareDecimals, type DecimalParts, parseDecimal, plainText } from "../../../src/cty/decimal.ts";
import { CtyError, Decimal, type ExactNumber, numberText, parseNumber } from "../../../src/cty/index.ts";
import { isExactDouble, terraformNumberText } from "../../../src/cty/number.ts";

function parts(text: string): DecimalParts {
  const result = parseDecimal(text);
  assert.ok(typeof result !== "string", `${text}: ${result}`);
  return result;
}

describe("parsing a number", () => {
  const cases: [string, ExactNumber][] = [
    ["0", 0],
    ["-0", 0],
    ["0e999999999999", 0],
    ["+5", 5],
    [".5", 0.5],
    ["5.", 5],
    ["0.70", 0.7],
    ["1e3", 1000],
    ["1E-2", 0.01],
    ["007", 7],
    ["9007199254740991", 9007199254740991],
    ["9007199254740993", 9007199254740993n],
    ["-9007199254740992", -9007199254740992n],
    ["1e21", 10n ** 21n],
    ["0.1", 0.1],
    ["5e-324", 5e-324],
    ["0.30000000000000004", 0.30000000000000004],
    ["0.1000000000000000055511151231257827", new Decimal("0.1000000000000000055511151231257827")],
    ["9007199254740992.5", new Decimal("9007199254740992.5")],
    ["-1e-400", new Decimal(`-0.${"0".repeat(399)}1`)],
  ];
  for (const [text, value] of cases) {
    test(`${text.slice(0, 40)} becomes its canonical form`, () => assert.deepEqual(parseNumber(text), value));
  }

  for (const text of [
    "",
    ".",
    "-",
    " 1",
    "1 ",
    "0x10",
    "1_000",
    "NaN",
    "Inf",
    "Infinity",
    "1e",
    "e5",
    "１",
    "1.2.3",
  ]) {
    test(`${JSON.stringify(text)} is refused`, () => assert.throws(() => parseNumber(text), CtyError));
  }

  test("a huge exponent is an error at once, and fills no memory", () => {
    for (const text of ["1e1000000000", "-1e-1000000000", "1e99999999999999999999", "1e65536", "1e-65537"]) {
      assert.throws(() => parseNumber(text), /too long/);
    }
    assert.equal(numberText(parseNumber("1e65535")).length, 65536);
    assert.equal(numberText(parseNumber("1e-65536")).length, 65538);
  });

  test("long runs of digits and of zeros are read in linear time", () => {
    assert.throws(() => parseNumber("1".repeat(2_000_000)), /too long/);
    assert.throws(() => parseNumber(`0.${"10".repeat(1_000_000)}`), /too long/);
    assert.throws(() => parseNumber(`${"10".repeat(1_000_000)}x`), /a number is required/);
    assert.equal(parseNumber(`${"0".repeat(1_000_000)}7`), 7);
  });
});

describe("the text of a number", () => {
  const cases: [ExactNumber, string][] = [
    [-0, "0"],
    [1e20 / 1e5, "1000000000000000"],
    [1e-7, "0.0000001"],
    [-1.5e-10, "-0.00000000015"],
    [2n ** 64n, "18446744073709551616"],
    [new Decimal("0.25"), "0.25"],
  ];
  for (const [value, text] of cases) test(`${text} is plain`, () => assert.equal(numberText(value), text));

  test("NaN, the infinities and rounded integers have none", () => {
    for (const value of [Number.NaN, Number.POSITIVE_INFINITY, -Infinity, 2 ** 53, 1e300]) {
      assert.throws(() => numberText(value), CtyError);
    }
  });

  test("a Decimal takes normalised text only", () => {
    for (const text of ["", "1.0", "01", "-0", "1e5", "+1", ".5", "abc"]) {
      assert.throws(() => new Decimal(text), TypeError);
    }
  });
});

describe("Terraform's floats of 512 bits", () => {
  const third = `0.${"3".repeat(154)}5`;

  test("a third as Terraform prints it passes back", () => {
    assert.equal(terraformNumberText(parseNumber(third)), third);
    assert.throws(() => terraformNumberText(parseNumber(`${third}3`)), /more digits than Terraform keeps/);
    assert.throws(() => terraformNumberText(parseNumber(`0.${"3".repeat(400)}`)), CtyError);
  });

  test("an integer of 150 digits passes, one of 400 is refused, and 1e400 passes", () => {
    assert.equal(terraformNumberText(BigInt("7".repeat(150))), "7".repeat(150));
    assert.throws(() => terraformNumberText(BigInt("7".repeat(400))), CtyError);
    assert.equal(terraformNumberText(10n ** 400n), `1${"0".repeat(400)}`);
  });

  test("2^1000 is refused although its float is exact, since Terraform prints fewer of its digits", () => {
    assert.throws(() => terraformNumberText(2n ** 520n + 1n), CtyError);
    const exact = parts((2n ** 1000n).toString());
    assert.ok(!survivesTerraform(exact));
    assert.ok(survivesTerraform(afterTerraform(exact)));
  });

  test("no power of ten is computed with that no double is near, and short numbers without any", (t) => {
    const digits = "7".repeat(155);
    const long = ["1e65000", "1e-65000", `${"7".repeat(153)}e-65000`].map(parts);
    const never = { negative: false, digits, exponent: -65_000 };
    t.mock.method(globalThis, "BigInt", () => assert.fail("a BigInt was made"));
    for (const each of long) assert.ok(survivesTerraform(each));
    assert.ok(!survivesTerraform(never));
    assert.throws(() => afterTerraform({ negative: false, digits: "1", exponent: 4_097 }), RangeError);
    assert.throws(() => afterTerraform(never), RangeError);
  });

  // Printed by Go 1.26: big.ParseFloat(x, 10, 512, big.ToNearestEven) and Text('f', -1).
  const printedByGo: [string, string][] = [
    [
      (2n ** 600n + 1n).toString(),
      `4149515568880992958512407863691161151012446232242436899995657329690652811412908146399707048947103794288197886611300789182395151075411775307886874834113963${"7".padEnd(27, "0")}`,
    ],
    [
      (2n ** 1000n).toString(),
      `10715086071862673209484250490600018105614048117055336074437503883703510511249361224931983788156958581275946729175531468251871452856923140435984577574698575${"0".repeat(147)}`,
    ],
    [`9.${"9".repeat(170)}`, "10"],
    ["1e-300", `0.${"0".repeat(299)}1`],
  ];
  for (const [text, printed] of printedByGo) {
    test(`${text.slice(0, 30)}… is printed as Go prints it`, () => {
      assert.equal(plainText(afterTerraform(parts(text))), printed);
    });
  }

  test("what is printed is read and printed the same again", () => {
    const digits = fc.bigInt({ min: 1n, max: 10n ** 400n });
    fc.assert(
      fc.property(digits, fc.integer({ min: -900, max: 300 }), (mantissa, exponent) => {
        const once = afterTerraform(parts(`${mantissa}e${exponent}`));
        assert.deepEqual(afterTerraform(once), once);
        assert.ok(survivesTerraform(once));
      }),
      { numRuns: 200 },
    );
  });

  test("the quick answer for short numbers is that of the whole computation", () => {
    const digits = fc.bigInt({ min: 1n, max: 10n ** 153n - 1n });
    fc.assert(
      fc.property(digits, fc.integer({ min: -900, max: 900 }), (mantissa, exponent) => {
        const short = parts(`${mantissa}e${exponent}`);
        assert.deepEqual(afterTerraform(short), short);
      }),
      { numRuns: 200 },
    );
  });
});

test("a fraction is an exact double only if it is the double's whole value", () => {
  for (const exact of [0.5, 2.5, -1.5, 1048576.5, 2 ** -20]) assert.ok(isExactDouble(exact), `${exact}`);
  for (const other of [0.7, 0.1, 2.71, 2 ** -60, 5e-324, 1e-90, 1e-200])
    assert.ok(!isExactDouble(other), `${other}`);
});

test("numbers compare by value", () => {
  const sorted = ["-1e400", "-10", "-9", "-0.5", "0", "0.001", "0.5", "0.55", "9", "9.5", "10", "1e400"];
  const shuffled = [...sorted].sort().map(parts);
  assert.deepEqual(shuffled.sort(compareDecimals), sorted.map(parts));
});

test("text, value and text again are the same for any double", () => {
  fc.assert(
    fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (double) => {
      const value = parseNumber(double.toString());
      assert.deepEqual(parseNumber(numberText(value)), value);
      if (!Number.isInteger(double)) assert.equal(value, double);
    }),
  );
});
