import assert from "node:assert/strict";
import { describe, test } from "node:test";
import * as cty from "../../../src/cty/index.ts";

describe("the JSON form of a type", () => {
  const cases: [cty.Type, string][] = [
    [cty.string, '"string"'],
    [cty.dynamic, '"dynamic"'],
    [cty.list(cty.number), '["list","number"]'],
    [cty.set(cty.map(cty.bool)), '["set",["map","bool"]]'],
    [cty.tuple([]), '["tuple",[]]'],
    [cty.tuple([cty.bool, cty.string]), '["tuple",["bool","string"]]'],
    [cty.object({}), '["object",{}]'],
    [cty.object({ b: cty.bool, a: cty.string }), '["object",{"a":"string","b":"bool"}]'],
  ];
  for (const [type, json] of cases) {
    test(`${json} is written and read`, () => {
      assert.equal(cty.typeToJSON(type), json);
      assert.deepEqual(cty.typeFromJSON(json), type);
    });
  }

  test("attribute names are normalised, sorted by bytes and escaped as Go escapes them", () => {
    const type = cty.object([
      ["\u{1f600}", cty.bool],
      ["\uff5e", cty.bool],
      ["e\u0301<&>\u2028\u2029", cty.bool],
      ["__proto__", cty.bool],
    ]);
    const json =
      '["object",{"__proto__":"bool","é\\u003c\\u0026\\u003e\\u2028\\u2029":"bool","\uff5e":"bool","\u{1f600}":"bool"}]';
    assert.equal(cty.typeToJSON(type), json);
    assert.deepEqual(cty.typeFromJSON(json), type);
  });

  test("white space is accepted, and optional attributes are checked and forgotten", () => {
    const read = cty.typeFromJSON(' [ "object" , { "a" : "string" } , [ "a" ] ] ');
    assert.deepEqual(read, cty.object({ a: cty.string }));
    assert.throws(() => cty.typeFromJSON('["object",{"a":"string"},["b"]]'), cty.CtyError);
    assert.throws(() => cty.typeFromJSON('["object",{"a":"string"},["toString"]]'), cty.CtyError);
  });

  const invalid = [
    "",
    "null",
    "1",
    "{}",
    '"unknown"',
    '["list"]',
    '["list","string","string"]',
    '["tuple","string"]',
  ];
  for (const json of [
    ...invalid,
    '["object",["string"]]',
    '["object",null]',
    '["toString","string"]',
    '"string" x',
  ]) {
    test(`${json || "empty text"} is refused`, () => {
      assert.throws(() => cty.typeFromJSON(json), cty.CtyError);
    });
  }

  test("nesting beyond the limit is an error both ways, not an overflow of the stack", () => {
    let type = cty.string;
    for (let i = 0; i < 20_000; i += 1) type = cty.list(type);
    assert.throws(() => cty.typeToJSON(type), /nests deeper than 512/);
    const json = `${'["list",'.repeat(20_000)}"string"${"]".repeat(20_000)}`;
    assert.throws(() => cty.typeFromJSON(json), /nests deeper than 512/);
  });
});

test("a type is written the same whatever the order of its attributes", () => {
  const json = cty.typeToJSON(cty.object({ x: cty.string, y: cty.bool }));
  assert.equal(cty.typeToJSON(cty.object({ y: cty.bool, x: cty.string })), json);
  assert.notEqual(cty.typeToJSON(cty.object({ x: cty.string })), json);
});
