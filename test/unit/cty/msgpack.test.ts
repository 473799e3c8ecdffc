import assert from "node:assert/strict";
import { describe, test } from "node:test";
import * as cty from "../../../src/cty/index.ts";

function hex(value: cty.Value, type: cty.Type): string {
  return cty.encodeMsgpack(value, type).toString("hex");
}

function decode(bytes: string, type: cty.Type): cty.Value {
  return cty.decodeMsgpack(Buffer.from(bytes, "hex"), type);
}

const person = cty.object({ name: cty.string, age: cty.number });

describe("both ways", () => {
  const cases: [string, cty.Type, cty.Value, string][] = [
    ["null", cty.list(cty.string), null, "c0"],
    ["true", cty.bool, true, "c3"],
    ["a string", cty.string, "héllo", "a668c3a96c6c6f"],
    ["an integer", cty.number, 7, "07"],
    ["uint8", cty.number, 200, "ccc8"],
    ["uint32 above int32", cty.number, 4294967295, "ceffffffff"],
    ["uint64 of 2^32", cty.number, 4294967296, "cf0000000100000000"],
    ["2^53 + 1 with all its digits", cty.number, 9007199254740993n, "cf0020000000000001"],
    ["the greatest int64", cty.number, 2n ** 63n - 1n, "cf7fffffffffffffff"],
    ["2^63 as text", cty.number, 2n ** 63n, "b339323233333732303336383534373735383038"],
    ["a negative int32", cty.number, -2147483648, "d280000000"],
    ["a negative int64", cty.number, -2147483649, "d3ffffffff7fffffff"],
    ["the least int64", cty.number, -(2n ** 63n), "d38000000000000000"],
    ["an exact fraction", cty.number, 0.5, "cb3fe0000000000000"],
    ["a decimal fraction as text", cty.number, 0.7, "a3302e37"],
    ["a list", cty.list(cty.number), [1, null], "9201c0"],
    ["a tuple", cty.tuple([cty.string, cty.bool]), ["a", false], "92a161c2"],
    ["a map, sorted", cty.map(cty.bool), new Map([["a", true]]), "81a161c3"],
    ["a dynamic value", cty.dynamic, new cty.DynamicValue(cty.string, "a"), "92c40822737472696e6722a161"],
    ["a typed null", cty.dynamic, new cty.DynamicValue(cty.string, null), "92c40822737472696e6722c0"],
    ["an untyped null", cty.dynamic, null, "c0"],
    ["unknown", cty.string, cty.UNKNOWN, "d40000"],
  ];
  for (const [name, type, value, bytes] of cases) {
    test(name, () => {
      assert.equal(hex(value, type), bytes);
      assert.deepEqual(decode(bytes, type), value);
    });
  }

  test("an object has its attributes sorted, and no prototype", () => {
    const value = cty.objectValue([
      ["name", "Ann"],
      ["age", 7],
    ]);
    assert.equal(hex(value, person), "82a361676507a46e616d65a3416e6e");
    const decoded = decode("82a46e616d65a3416e6ea361676507", person);
    assert.deepEqual(decoded, value);
    assert.equal(Object.getPrototypeOf(decoded), null);
  });

  for (const length of [254, 255, 256, 65535, 65536]) {
    test(`headers of ${length} elements and pairs are the shortest`, () => {
      const bools = Array.from({ length }, () => true);
      const size =
        length <= 65535 ? length.toString(16).padStart(4, "0") : length.toString(16).padStart(8, "0");
      const wide = length > 65535;
      assert.ok(hex(bools, cty.list(cty.bool)).startsWith(`${wide ? "dd" : "dc"}${size}`));
      const map = new Map(bools.map((value, i) => [`${i}`, value]));
      assert.ok(hex(map, cty.map(cty.bool)).startsWith(`${wide ? "df" : "de"}${size}`));
    });
  }

  test("a type of 255 bytes has the 8-bit header, which msgpack-lite would not write", () => {
    const empty = cty.typeToJSON(cty.object({ "": cty.bool })).length;
    const named = cty.object([["x".repeat(255 - empty), cty.bool]]);
    assert.ok(hex(new cty.DynamicValue(named, null), cty.dynamic).startsWith("92c4ff"));
  });

  test("keys that mean something to JavaScript are just keys", () => {
    const keys = [
      "__proto__",
      "constructor",
      "_isUint64BE",
      "_isInt64BE",
      "toString",
      "hasOwnProperty",
      "length",
    ];
    const map = new Map(keys.sort().map((key) => [key, "v"]));
    const maps = cty.map(cty.string);
    assert.deepEqual(cty.decodeMsgpack(cty.encodeMsgpack(map, maps), maps), map);
    const type = cty.object(keys.map((key) => [key, cty.map(cty.string)]));
    const object = cty.objectValue(keys.map((key) => [key, new Map([["name", "Unknown"]])]));
    const decoded = cty.decodeMsgpack(cty.encodeMsgpack(object, type), type);
    assert.deepEqual(decoded, object);
    assert.deepEqual(Object.keys(Object(decoded)).sort(), keys);
  });

  test("an escape in the name of an attribute of a dynamic value stays apart from the mark after it", () => {
    // In the type's JSON the name is \\u001b and a mark: normalised as a whole, the b would take the mark.
    const type = cty.object([["\u001b\u0323", cty.bool]]);
    const value = new cty.DynamicValue(type, cty.objectValue([["\u001b\u0323", true]]));
    assert.deepEqual(decode(hex(value, cty.dynamic), cty.dynamic), value);
  });

  test("a string of 16 MiB passes", () => {
    const text = "né".repeat(5_592_405);
    assert.equal(cty.decodeMsgpack(cty.encodeMsgpack(text, cty.string), cty.string), text);
  });
});

describe("encoding", () => {
  test("strings are normalised, and lone surrogates replaced", () => {
    assert.equal(hex("e\u0301", cty.string), "a2c3a9");
    assert.equal(hex("a\ud800b", cty.string), "a561efbfbd62");
    assert.equal(hex(new Map([["e\u0301", "\u212b"]]), cty.map(cty.string)), "81a2c3a9a2c385");
  });

  test("two keys that normalisation makes one are an error, as one value would be lost", () => {
    const map = new Map([
      ["é", "1"],
      ["e\u0301", "2"],
    ]);
    assert.throws(() => hex(map, cty.map(cty.string)), /\["é"\]: two keys are the same/);
  });

  test("sets are sorted and hold equal elements once", () => {
    assert.equal(hex([10, 9, 0.7, -1, 9], cty.set(cty.number)), "94ffa3302e37090a");
    assert.equal(
      hex(["b", "a", "\u{1f600}", "\uff5e", "a"], cty.set(cty.string)),
      "94a161a162a3efbd9ea4f09f9880",
    );
    assert.equal(hex([null, cty.UNKNOWN, true, false], cty.set(cty.bool)), "94c2c3d40000c0");
  });

  test("an element of a wrong type in a set is named by its place", () => {
    const mixed: cty.Value[] = ["a", true];
    assert.throws(
      () => hex(mixed, cty.set(cty.string)),
      /^CtyError: \[1\]: a string is required, got a bool/,
    );
  });

  test("a number that Terraform would round is an error with its path", () => {
    const value = cty.objectValue([
      ["age", BigInt("7".repeat(400))],
      ["name", ""],
    ]);
    assert.throws(
      () => hex(value, person),
      /^CtyError: age: the number has more digits than Terraform keeps/,
    );
  });

  test("a binary fraction with more digits than its double prints keeps them all, as text", () => {
    const text = "0.000000000000909494701772928237915039062";
    const exact = cty.parseNumber(`${text}5`);
    assert.deepEqual(cty.decodeMsgpack(cty.encodeMsgpack(exact, cty.number), cty.number), exact);
  });

  test("collections whose dynamic elements differ in type are refused, since they crash Terraform", () => {
    const text = new cty.DynamicValue(cty.string, "a");
    const bool = new cty.DynamicValue(cty.bool, true);
    const objects = cty.list(cty.object({ v: cty.dynamic }));
    const at = (v: cty.Value) => cty.objectValue([["v", v]]);
    assert.throws(() => hex([text, bool], cty.list(cty.dynamic)), /must have the same type/);
    assert.throws(
      () =>
        hex(
          new Map([
            ["a", text],
            ["b", bool],
          ]),
          cty.map(cty.dynamic),
        ),
      /same type/,
    );
    assert.throws(() => hex([at(text), at(null)], objects), /same type/);
    assert.ok(hex([text, null, cty.UNKNOWN, text], cty.list(cty.dynamic)));
    assert.ok(hex([at(text), at(text)], objects));
  });

  test("types that nest too deeply are an error, not an overflow of the stack", () => {
    let type = cty.list(cty.string);
    let value: cty.Value = [];
    for (let i = 0; i < 20_000; i += 1) {
      type = cty.list(type);
      value = [value];
    }
    assert.throws(() => hex(value, type), /nests deeper than 512 levels/);
  });
});

describe("decoding is as lenient as go-cty", () => {
  const cases: [string, string, cty.Type, cty.Value][] = [
    ["a longer integer than needed", "d30000000000000005", cty.number, 5],
    ["a negative int64", "d3ffffffffffffffff", cty.number, -1],
    ["the greatest uint64", "cfffffffffffffffff", cty.number, 2n ** 64n - 1n],
    ["a single-precision float", "ca3f000000", cty.number, 0.5],
    ["a whole double", "cb4000000000000000", cty.number, 2],
    ["minus zero", "cb8000000000000000", cty.number, 0],
    ["numeric text", "a3316533", cty.number, 1000],
    ["numeric bytes", "c403302e37", cty.number, 0.7],
    ["bytes for a string", "c40161", cty.string, "a"],
    ["a 32-bit string header", "db0000000161", cty.string, "a"],
    ["a string that is not NFC", "a365cc81", cty.string, "é"],
    ["invalid UTF-8", "a261ff", cty.string, "a\ufffd"],
    ["a 32-bit array header", "dd0000000101", cty.list(cty.number), [1]],
    ["a bytes key", "81c40161c3", cty.map(cty.bool), new Map([["a", true]])],
    ["a repeated key", "82a161c2a161c3", cty.map(cty.bool), new Map([["a", true]])],
    ["a set in any order with repetitions", "93a162a161a162", cty.set(cty.string), ["a", "b"]],
    ["1 and 1.0 in a set", "9201cb3ff0000000000000", cty.set(cty.number), [1]],
    ["dynamic inside dynamic", "92a92264796e616d696322c0", cty.dynamic, null],
  ];
  for (const [name, bytes, type, value] of cases) {
    test(name, () => assert.deepEqual(decode(bytes, type), value));
  }
});

describe("decoding is as strict as go-cty", () => {
  const cases: [string, string, cty.Type, RegExp][] = [
    ["a number for a string", "01", cty.string, /a string is required, got a number/],
    ["a string for a bool", "a474727565", cty.bool, /a bool is required, got a string/],
    ["a bool for a number", "c3", cty.number, /a number is required, got a bool/],
    ["other text for a number", "a430783130", cty.number, /a number is required, got "0x10"/],
    ["NaN", "cb7ff8000000000000", cty.number, /a finite number is required, got NaN/],
    ["an infinity", "cb7ff0000000000000", cty.number, /a finite number/],
    ["an infinity as text", "a3496e66", cty.number, /a number is required/],
    ["a map for a list", "80", cty.list(cty.bool), /a list is required, got a map/],
    ["a list for a map", "90", cty.map(cty.bool), /a map is required, got a list/],
    ["a number as map key", "8101c3", cty.map(cty.bool), /a string as map key is required/],
    ["too few attributes", "81a361676501", person, /an object with 2 attributes is required \(1 given\)/],
    ["no attributes", "80", person, /an object with 2 attributes is required \(0 given\)/],
    ["an unknown attribute", "82a361676501a17801", person, /^CtyError: x: unsupported attribute/],
    [
      "a repeated attribute",
      "82a361676501a361676501",
      person,
      /^CtyError: age: the attribute is given twice/,
    ],
    ["a short tuple", "90", cty.tuple([cty.bool]), /a tuple of length 1 is required/],
    ["a bare dynamic value", "a161", cty.dynamic, /a dynamic value with its type is required/],
    ["a dynamic value of three", "93a0c0c0", cty.dynamic, /exactly two elements/],
    ["a type that is none", "92a3666f6fc0", cty.dynamic, /not valid JSON/],
    ["a reserved byte", "c1", cty.string, /got a byte that MessagePack does not use/],
    [
      "an error deep inside",
      "9281a16101",
      cty.list(cty.map(cty.string)),
      /^CtyError: \[0\]\["a"\]: a string/,
    ],
  ];
  for (const [name, bytes, type, message] of cases) {
    test(name, () => assert.throws(() => decode(bytes, type), message));
  }

  test("every cut of the bytes is an error that says so, and so is a byte too many", () => {
    const type = cty.object({
      l: cty.list(cty.number),
      m: cty.map(cty.string),
      u: cty.string,
      d: cty.dynamic,
    });
    const value = cty.objectValue([
      ["d", new cty.DynamicValue(cty.bool, true)],
      ["l", [1, 300, 2n ** 60n, 0.5, 0.7]],
      ["m", new Map([["k", "x".repeat(300)]])],
      ["u", new cty.Unknown({ nullness: "not_null", stringPrefix: "pre-" })],
    ]);
    const bytes = cty.encodeMsgpack(value, type);
    assert.deepEqual(cty.decodeMsgpack(bytes, type), value);
    for (let end = 0; end < bytes.length; end += 1) {
      assert.throws(() => cty.decodeMsgpack(bytes.subarray(0, end), type), cty.CtyError, `cut at ${end}`);
    }
    assert.throws(
      () => cty.decodeMsgpack(Buffer.concat([bytes, Buffer.of(0)]), type),
      /1 bytes after the value/,
    );
  });

  test("a header that claims more elements than there are bytes allocates nothing", () => {
    assert.throws(() => decode("ddffffffff", cty.list(cty.bool)), /ends too early/);
    assert.throws(() => decode("dfffffffff", cty.map(cty.bool)), /ends too early/);
    assert.throws(() => decode("dbffffffff61", cty.string), /ends too early/);
    assert.throws(() => decode("c9ffffffff0c", cty.string), /ends too early/);
  });

  test("dynamic values that nest too deeply are an error, not an overflow of the stack", () => {
    const nested = "92c4092264796e616d696322".repeat(20_000);
    assert.throws(() => decode(`${nested}c0`, cty.dynamic), /nests deeper than 512 levels/);
  });
});
