import assert from "node:assert/strict";
import { describe, test } from "node:test";
import * as cty from "../../../src/cty/index.ts";

function problems(value: unknown, type: cty.Type): string[] {
  return cty.conform(value, type).map((error) => error.message);
}

const message = cty.object({ role: cty.string, parts: cty.list(cty.string) });

describe("conform", () => {
  const cases: [string, unknown, cty.Type, string[]][] = [
    ["a number for a string", 1, cty.string, ["a string is required, got a number"]],
    ["undefined", undefined, cty.string, ["a string is required, got undefined"]],
    ["a bigint for a bool", 1n, cty.bool, ["a bool is required, got a number"]],
    ["text for a number", "1", cty.number, ["a number is required, got a string"]],
    ["NaN", Number.NaN, cty.number, ["a finite number is required, got NaN"]],
    ["an infinity", -Infinity, cty.number, ["a finite number is required, got -Infinity"]],
    ["a plain object for a map", {}, cty.map(cty.bool), ["a map is required, got an object"]],
    ["a map for an object", new Map(), message, ["an object is required, got a map"]],
    ["an array for an object", [], message, ["an object is required, got a list"]],
    ["a Date for an object", new Date(0), message, ["an object is required, got a JavaScript Date"]],
    ["a Set for a set", new Set(["a"]), cty.set(cty.string), ["a set is required, got a JavaScript Set"]],
    ["a function", () => 1, cty.string, ["a string is required, got function"]],
    ["a bare value in a dynamic slot", "a", cty.dynamic, ["a dynamic value is required, got a string"]],
    ["a hole in a list", new Array(1), cty.list(cty.bool), ["[0]: a bool is required, got undefined"]],
    [
      "a key that is no string",
      new Map([[1, true]]),
      cty.map(cty.bool),
      ["map keys must be strings, got a number"],
    ],
    ["a short tuple", [], cty.tuple([cty.bool]), ["a tuple of length 1 is required, got one of length 0"]],
    ["a long tuple", [true], cty.tuple([]), ["a tuple of length 0 is required, got one of length 1"]],
  ];
  for (const [name, value, type, expected] of cases) {
    test(`refuses ${name}`, () => assert.deepEqual(problems(value, type), expected));
  }

  test("refuses an integer whose double has lost digits", () => {
    assert.match(problems(2 ** 60, cty.number).join(), /must be a bigint to keep its digits/);
    assert.match(problems(BigInt("7".repeat(400)), cty.number).join(), /more digits than Terraform keeps/);
  });

  test("refuses a dynamic value without a concrete type", () => {
    assert.match(problems(new cty.DynamicValue(cty.dynamic, "a"), cty.dynamic).join(), /concrete type/);
  });

  test("lists every mismatch with its path", () => {
    const value = new Map<string, unknown>([
      ["a", { role: 1, parts: ["x", 2, undefined], extra: true }],
      ["b", { role: "user" }],
    ]);
    assert.deepEqual(problems(value, cty.map(message)), [
      '["a"].extra: unsupported attribute',
      '["a"].parts[1]: a string is required, got a number',
      '["a"].parts[2]: a string is required, got undefined',
      '["a"].role: a string is required, got a number',
      '["b"].parts: the attribute is missing; an absent value is null',
    ]);
  });

  test("an attribute that only the prototype has is missing", () => {
    const type = cty.object({ toString: cty.string });
    assert.match(problems({}, type).join(), /toString: the attribute is missing/);
  });

  test("accepts null and unknown values everywhere, and plain objects as objects", () => {
    assert.deepEqual(problems({ role: cty.UNKNOWN, parts: null }, message), []);
    assert.deepEqual(problems(cty.UNKNOWN, message), []);
    assert.deepEqual(problems(new cty.DynamicValue(cty.number, 1.5), cty.dynamic), []);
  });

  test("refuses elements whose dynamic types differ", () => {
    const value = [new cty.DynamicValue(cty.string, "a"), new cty.DynamicValue(cty.bool, true)];
    assert.match(problems({ d: value }, cty.object({ d: cty.list(cty.dynamic) })).join(), /^d: all elements/);
  });

  test("a type that nests too deeply is one mismatch", () => {
    let type = cty.string;
    let value: cty.Value = "";
    for (let i = 0; i < 20_000; i += 1) {
      type = cty.list(type);
      value = [value];
    }
    assert.match(problems(value, type).join(), /nests deeper than 512 levels$/);
  });
});
