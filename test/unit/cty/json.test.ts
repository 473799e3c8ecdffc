import assert from "node:assert/strict";
import { describe, test } from "node:test";
import * as cty from "../../../src/cty/index.ts";

const pair = cty.object({ a: cty.string, b: cty.number });

// As Terraform prints 1/3: 155 digits.
const THIRD = `0.${"3".repeat(154)}5`;

describe("JSON both ways", () => {
  const cases: [string, cty.Type, cty.Value, string][] = [
    ["a string with Go's escapes", cty.string, '<&>"\u2028\n', '"\\u003c\\u0026\\u003e\\"\\u2028\\n"'],
    ["an integer beyond 2^53", cty.number, 9007199254740993n, "9007199254740993"],
    ["a third", cty.number, new cty.Decimal(THIRD), THIRD],
    ["a small number, without exponent", cty.number, 1e-10, "0.0000000001"],
    ["a list", cty.list(cty.bool), [true, null], "[true,null]"],
    ["an empty tuple", cty.tuple([]), [], "[]"],
    [
      "hostile keys",
      cty.map(cty.number),
      new Map([
        ["__proto__", 1],
        ["constructor", 2],
      ]),
      '{"__proto__":1,"constructor":2}',
    ],
    [
      "an object",
      pair,
      cty.objectValue([
        ["a", null],
        ["b", 1],
      ]),
      '{"a":null,"b":1}',
    ],
    [
      "a dynamic value",
      cty.dynamic,
      new cty.DynamicValue(cty.list(cty.bool), [true]),
      '{"value":[true],"type":["list","bool"]}',
    ],
    ["a typed null", cty.dynamic, new cty.DynamicValue(cty.string, null), '{"value":null,"type":"string"}'],
  ];
  for (const [name, type, value, json] of cases) {
    test(name, () => {
      assert.equal(cty.encodeJSON(value, type), json);
      assert.deepEqual(cty.decodeJSON(json, type), value);
      assert.deepEqual(cty.decodeJSON(Buffer.from(json), type), value);
    });
  }

  test("an unknown value is refused with its path", () => {
    const value = cty.objectValue([
      ["a", cty.UNKNOWN],
      ["b", 1],
    ]);
    assert.throws(() => cty.encodeJSON(value, pair), /^CtyError: a: the value is not known/);
  });

  test("a number that Terraform would round is refused", () => {
    assert.throws(() => cty.encodeJSON(BigInt("7".repeat(400)), cty.number), /more digits/);
  });
});

describe("decoding JSON is as lenient as go-cty", () => {
  const cases: [string, cty.Type, cty.Value][] = [
    [' \n\t"a" ', cty.string, "a"],
    ["12.50", cty.string, "12.50"],
    ["true", cty.string, "true"],
    ['"true"', cty.bool, true],
    ['"0"', cty.bool, false],
    ['"1e3"', cty.number, 1000],
    ["1.5E+2", cty.number, 150],
    ["-0", cty.number, 0],
    ['"\\ud800\\u0065\\u0301"', cty.string, "\ufffdé"],
    [
      '{"b":1}',
      pair,
      cty.objectValue([
        ["a", null],
        ["b", 1],
      ]),
    ],
    [
      '{"a":"x","a":"y"}',
      pair,
      cty.objectValue([
        ["a", "y"],
        ["b", null],
      ]),
    ],
    ['{"k":1,"k":2}', cty.map(cty.number), new Map([["k", 2]])],
    ['["b","a","b"]', cty.set(cty.string), ["a", "b"]],
    ['{"type":"number","value":5}', cty.dynamic, new cty.DynamicValue(cty.number, 5)],
    [
      '{"type": ["tuple", ["dynamic"]], "value": [{"value": {"x": "}"}, "type": ["map", "string"]}]}',
      cty.dynamic,
      new cty.DynamicValue(cty.tuple([cty.dynamic]), [
        new cty.DynamicValue(cty.map(cty.string), new Map([["x", "}"]])),
      ]),
    ],
    ["null", cty.dynamic, null],
  ];
  for (const [json, type, value] of cases) {
    test(`${JSON.stringify(json)} as ${cty.typeToJSON(type)}`, () =>
      assert.deepEqual(cty.decodeJSON(json, type), value));
  }
});

describe("decoding JSON refuses", () => {
  const cases: [string, cty.Type, RegExp][] = [
    ["", cty.string, /ends too early/],
    ["nul", cty.string, /unexpected "n"/],
    ['"a', cty.string, /ends inside a string/],
    ['"a\\"', cty.string, /ends inside a string/],
    ['"\\x"', cty.string, /not valid/],
    ['"a\nb"', cty.string, /not valid/],
    ['"a" "b"', cty.string, /unexpected/],
    ["01", cty.number, /unexpected/],
    ["-", cty.number, /unexpected/],
    ["1.", cty.number, /unexpected/],
    ["+1", cty.number, /unexpected/],
    ["NaN", cty.number, /unexpected/],
    ["true", cty.number, /a number is required, got a bool/],
    ['"abc"', cty.number, /a number is required, got "abc"/],
    ["1e1000000000", cty.number, /too long/],
    ["1", cty.bool, /a bool is required, got a number/],
    ['"True"', cty.bool, /a bool is required/],
    ["{}", cty.string, /a string is required, got a JSON object/],
    ["[true,]", cty.list(cty.bool), /unexpected "]"/],
    ["[true false]", cty.list(cty.bool), /unexpected "f"/],
    ["{}", cty.list(cty.bool), /a list is required, got a JSON object/],
    ["[]", cty.map(cty.bool), /a map is required/],
    ['{"a":true,}', cty.map(cty.bool), /unexpected/],
    ["{a:true}", cty.map(cty.bool), /unexpected "a"/],
    ['{"zz":1}', pair, /^CtyError: zz: unsupported attribute/],
    ["[true]", cty.tuple([]), /too many tuple elements/],
    ["[]", cty.tuple([cty.bool]), /not enough tuple elements/],
    ["5", cty.dynamic, /a value with its type is required/],
    ['{"value":5}', cty.dynamic, /the type of a dynamic value is missing/],
    ['{"type":"number"}', cty.dynamic, /the value of a dynamic value is missing/],
    ['{"type":"number","value":5,"x":1}', cty.dynamic, /invalid key "x"/],
    ['[{"a":1},{"a":{}}]', cty.list(pair), /^CtyError: \[1\]\.a: a string is required/],
  ];
  for (const [json, type, message] of cases) {
    test(`${JSON.stringify(json)} as ${cty.typeToJSON(type)}`, () => {
      assert.throws(() => cty.decodeJSON(json, type), message);
    });
  }

  test("nesting beyond the limit, without an overflow of the stack", () => {
    const nested = '{"type":"dynamic","value":'.repeat(20_000);
    assert.throws(() => cty.decodeJSON(nested, cty.dynamic), /nests deeper than 512 levels/);
    assert.throws(() => cty.decodeJSON(`{"value":${"[".repeat(50_000)}`, cty.dynamic), /nests deeper/);
  });
});

test("strings and numbers of a megabyte are read", () => {
  const text = 'a\\"'.repeat(1_000_000);
  assert.equal(cty.decodeJSON(`"${text}"`, cty.string), 'a"'.repeat(1_000_000));
  assert.throws(() => cty.decodeJSON("1".repeat(1_000_000), cty.number), /too long/);
});
