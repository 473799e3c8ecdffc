import assert from "node:assert/strict";
import { describe, test } from "node:test";
import * as cty from "../../../src/cty/index.ts";

function hex(value: cty.Value, type: cty.Type): string {
  return cty.encodeMsgpack(value, type).toString("hex");
}

function decode(bytes: string, type: cty.Type): cty.Value {
  return cty.decodeMsgpack(Buffer.from(bytes, "hex"), type);
}

describe("refinements both ways", () => {
  const bound = (value: cty.ExactNumber, inclusive: boolean) => ({ value, inclusive });
  const cases: [string, cty.Type, cty.Refinements, string][] = [
    ["not null", cty.bool, { nullness: "not_null" }, "c7030c8101c2"],
    ["a prefix", cty.string, { stringPrefix: "pre-" }, "c7070c8102a47072652d"],
    [
      "bounds",
      cty.number,
      { numberMin: bound(0, true), numberMax: bound(0.5, false) },
      "c7110c82039200c30492cb3fe0000000000000c2",
    ],
    ["a decimal bound", cty.number, { numberMin: bound(0.7, true) }, "d70c810392a3302e37c3"],
    ["lengths", cty.set(cty.string), { lengthMin: 1, lengthMax: 300 }, "c7070c82050106cd012c"],
  ];
  for (const [name, type, refinements, bytes] of cases) {
    test(name, () => {
      assert.equal(hex(new cty.Unknown(refinements), type), bytes);
      assert.deepEqual(decode(bytes, type), new cty.Unknown(refinements));
    });
  }

  test("a body of 255 bytes has the 8-bit header, which msgpack-lite would not write", () => {
    const unknown = new cty.Unknown({ stringPrefix: "x".repeat(251) });
    const bytes = hex(unknown, cty.string);
    assert.ok(bytes.startsWith("c7ff0c8102d9fb"));
    assert.deepEqual(decode(bytes, cty.string), unknown);
  });

  test("a body of a fixed size has the fixed header", () => {
    const unknown = new cty.Unknown({ stringPrefix: "abcde" });
    assert.equal(hex(unknown, cty.string), "d70c8102a56162636465");
    assert.deepEqual(decode("d70c8102a56162636465", cty.string), unknown);
  });

  test("those that a type cannot have are not sent", () => {
    const everything = { stringPrefix: "x", numberMin: bound(1, true), lengthMin: 2 };
    assert.equal(hex(new cty.Unknown(everything), cty.bool), "d40000");
    assert.equal(hex(new cty.Unknown({ nullness: "not_null", ...everything }), cty.dynamic), "d40000");
  });
});

describe("a string prefix", () => {
  const sent = (prefix: string) => {
    const value = decode(hex(new cty.Unknown({ stringPrefix: prefix }), cty.string), cty.string);
    return cty.isUnknown(value) ? value.refinements.stringPrefix : value;
  };

  test("is normalised", () => assert.equal(sent("e\u0301-"), "é-"));

  test("is kept up to 256 bytes", () => assert.equal(sent("c".repeat(256)), "c".repeat(256)));

  test("is cut to 255 bytes less the last letter, which what follows may change", () => {
    assert.equal(sent("a".repeat(1024)), "a".repeat(254));
  });

  test("is cut to 255 bytes after a delimiter, which nothing changes", () => {
    assert.equal(sent(`${"a".repeat(254)}-${"b".repeat(99)}`), `${"a".repeat(254)}-`);
  });

  test("is never cut inside a character or a cluster", () => {
    const cut = sent("👩‍💻".repeat(60));
    assert.equal(typeof cut, "string");
    assert.match(String(cut), /^(?:👩‍💻)+$/u);
  });
});

describe("decoding an extension", () => {
  const unknown: [string, string][] = [
    ["of one byte", "d40000"],
    ["of one byte of any value", "d40001"],
    ["of one byte of any type", "d45500"],
    ["without bytes", "c70000"],
    ["of type 12 without refinements", "d40c00"],
    ["of type 12 with an empty map and padding", "d50c8000"],
  ];
  for (const [name, bytes] of unknown) {
    test(`${name} gives unknown`, () => assert.deepEqual(decode(bytes, cty.string), cty.UNKNOWN));
  }

  const refused: [string, string, cty.Type, RegExp][] = [
    ["of another type with two bytes", "d5000000", cty.string, /unsupported extension type 0x00 with len 2/],
    ["of type -1", "d5ff0000", cty.string, /unsupported extension type 0xff with len 2/],
    ["that is no map", "d50c9000", cty.string, /not a map/],
    ["with a key that is no integer", "c7040c81a16101", cty.string, /a key is not an integer/],
    [
      "with a prefix for a number",
      "c7040c8102a161",
      cty.number,
      /a string prefix for a type other than string/,
    ],
    ["with a prefix that is no string", "c7030c810201", cty.string, /not a string/],
    ["with a prefix of invalid UTF-8", "c7040c8102a1ff", cty.string, /not valid UTF-8/],
    [
      "with a bound for a string",
      "c7050c81039201c3",
      cty.string,
      /a numeric bound for a type other than number/,
    ],
    ["with a bound that is no pair", "c7030c810301", cty.number, /not a pair/],
    ["with a length for a tuple", "c7030c810501", cty.tuple([]), /a length for a type other/],
    ["with a negative length", "c7030c8105ff", cty.list(cty.bool), /not a whole number/],
    ["with bounds that exclude each other", "c7090c82039202c3049201c3", cty.number, /contradict each other/],
    ["with lengths that exclude each other", "c7050c8205020601", cty.list(cty.bool), /contradict each other/],
    ["whose map ends early", "d50c8101", cty.string, /ends too early/],
  ];
  for (const [name, bytes, type, message] of refused) {
    test(`${name} is refused`, () => assert.throws(() => decode(bytes, type), message));
  }

  test("of more than 1024 bytes is refused, in both directions", () => {
    const body = `8102da03fc${"61".repeat(1020)}`;
    assert.throws(() => decode(`c804010c${body}`, cty.string), /oversize/);
    const bound = { value: 10n ** 2000n, inclusive: true };
    assert.throws(() => hex(new cty.Unknown({ numberMin: bound }), cty.number), /more than 1024 bytes/);
  });

  test("skips refinements it does not know", () => {
    const value = decode("c7090c8263820102030401c2", cty.string);
    assert.deepEqual(value, new cty.Unknown({ nullness: "not_null" }));
  });

  test("takes the refinements in any order", () => {
    const value = decode("c7060c8202a16101c2", cty.string);
    assert.deepEqual(value, new cty.Unknown({ nullness: "not_null", stringPrefix: "a" }));
  });
});

describe("refinements that leave one possibility give a known value", () => {
  const cases: [string, string, cty.Type, cty.Value][] = [
    ["null", "c7030c8101c3", cty.string, null],
    ["a number", "c70b0c8301c2039205c3049205c3", cty.number, 5],
    ["an empty map", "c7070c8301c205000600", cty.map(cty.bool), new Map()],
    ["a list of unknown elements", "c7070c8301c205020602", cty.list(cty.bool), [cty.UNKNOWN, cty.UNKNOWN]],
    ["a set of one unknown element", "c7070c8301c205010601", cty.set(cty.bool), [cty.UNKNOWN]],
  ];
  for (const [name, bytes, type, value] of cases) {
    test(name, () => assert.deepEqual(decode(bytes, type), value));
  }

  test("but a set of two, a length of millions and a value that may be null stay unknown", () => {
    assert.ok(cty.isUnknown(decode("c7070c8301c205020602", cty.set(cty.bool))));
    assert.ok(cty.isUnknown(decode("c70f0c8301c205ce0098968006ce00989680", cty.list(cty.bool))));
    assert.ok(cty.isUnknown(decode("c7050c8205020602", cty.list(cty.bool))));
  });
});

test("a value is wholly known when nothing inside it is unknown", () => {
  const nested = (inner: cty.Value) => [
    new Map([["a", cty.objectValue([["b", new cty.DynamicValue(cty.bool, inner)]])]]),
  ];
  assert.ok(cty.isWhollyKnown(nested(true)));
  assert.ok(cty.isWhollyKnown(null));
  assert.ok(cty.isWhollyKnown(new cty.Decimal("0.1")));
  assert.ok(!cty.isWhollyKnown(nested(cty.UNKNOWN)));
});
