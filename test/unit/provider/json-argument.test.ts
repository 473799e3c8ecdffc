import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { coversJson, sameJson } from "../../../src/provider/json-argument.ts";

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

describe("an answer to what was written", () => {
  for (const [written, answered, same] of [
    ['{"n":9007199254740993}', '{"n":9007199254740992}', true],
    ['{"n":9007199254740993}', '{"n":9.007199254740992e+15}', true],
    ['{"n":4944116822809979521}', '{"n":4944116822809979904}', true],
    ['{"n":4944116822809979521}', '{"n":4944116822809980000}', true],
    ['{"n":0.12345678901234567890}', '{"n":0.12345678901234568}', true],
    // Exact digits that no double has: the API keeps them, and they are others.
    ['{"n":9007199254740992}', '{"n":9007199254740993}', false],
    ['{"n":9007199254740993}', '{"n":9007199254740994}', false],
    ['{"n":1e400}', '{"n":2e400}', false],
    ['{"n":1}', '{"n":"1"}', false],
  ] as const) {
    test(`${answered} ${same ? "is" : "is not"} ${written}`, () => {
      assert.equal(coversJson(written, answered), same);
    });
  }
});
