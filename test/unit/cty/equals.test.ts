import assert from "node:assert/strict";
import { describe, test } from "node:test";
import * as cty from "../../../src/cty/index.ts";

describe("equals", () => {
  const same: [string, cty.Value, cty.Value, cty.Type][] = [
    ["strings after NFC", "é", "e\u0301", cty.string],
    ["numbers in different forms", 0.5, new cty.Decimal("0.5"), cty.number],
    ["small and big integers", 7, 7n, cty.number],
    ["sets in any order", ["a", "b"], ["b", "a", "b"], cty.set(cty.string)],
    ["sets of sets", [[1, 2], [3]], [[3], [2, 1]], cty.set(cty.set(cty.number))],
    [
      "maps in any order",
      new Map([
        ["a", 1],
        ["b", 2],
      ]),
      new Map([
        ["b", 2],
        ["a", 1],
      ]),
      cty.map(cty.number),
    ],
    ["unknown values", cty.UNKNOWN, new cty.Unknown(), cty.string],
    [
      "dynamic values",
      new cty.DynamicValue(cty.bool, true),
      new cty.DynamicValue(cty.bool, true),
      cty.dynamic,
    ],
  ];
  for (const [name, a, b, type] of same)
    test(`${name} are equal`, () => {
      assert.ok(cty.equals(a, b, type));
      assert.ok(cty.atOnce(cty.equalsPieces(a, b, type)));
    });

  const different: [string, cty.Value, cty.Value, cty.Type][] = [
    ["neighbours beyond 2^53", 9007199254740993n, 9007199254740992n, cty.number],
    ["lists in another order", ["a", "b"], ["b", "a"], cty.list(cty.string)],
    ["null and an empty list", null, [], cty.list(cty.string)],
    ["null and the string null", null, "null", cty.string],
    ["unknown and the string unknown", cty.UNKNOWN, "unknown", cty.string],
    [
      "unknown values of which more is known",
      cty.UNKNOWN,
      new cty.Unknown({ nullness: "not_null" }),
      cty.string,
    ],
    ["strings that hold separators", ['a","b'], ["a", "b"], cty.list(cty.string)],
    [
      "dynamic values of other types",
      new cty.DynamicValue(cty.string, null),
      new cty.DynamicValue(cty.bool, null),
      cty.dynamic,
    ],
  ];
  for (const [name, a, b, type] of different)
    test(`${name} differ`, () => {
      assert.ok(!cty.equals(a, b, type));
      assert.ok(!cty.atOnce(cty.equalsPieces(a, b, type)));
    });

  test("a value of another type is an error", () => {
    assert.throws(() => cty.equals("1", 1, cty.number), cty.CtyError);
    assert.throws(() => cty.atOnce(cty.equalsPieces("1", 1, cty.number)), cty.CtyError);
  });
});
