import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { sameJson } from "../../../src/provider/json-argument.ts";

describe("JSON texts", () => {
  for (const [a, b, same] of [
    ['{"a":1,"b":[true,null]}', '{ "b": [true, null],\n "a": 1.0 }', true],
    ["100", "1e2", true],
    ["0.10", "1E-1", true],
    ["-0", "0", true],
    ["9007199254740993", "9007199254740992", false],
    ["[1,2]", "[2,1]", false],
    ["[1]", "[1,1]", false],
    ['{"a":null}', "{}", false],
    ['{"a":null}', '{"b":null}', false],
    ['"1"', "1", false],
    ['"\\u00e9"', '"é"', true],
    ["auto", "auto", true],
    ["auto", "none", false],
    ["auto", '"auto"', false],
  ] as const) {
    test(`${a} and ${b} ${same ? "mean the same" : "differ"}`, () => {
      assert.equal(sameJson(a, b), same);
      assert.equal(sameJson(b, a), same);
    });
  }
});
