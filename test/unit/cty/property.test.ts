import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import * as cty from "../../../src/cty/index.ts";
import { types, values } from "./arbitrary.ts";

/** A random type with a random value of it. */
function typedValues(unknowns: boolean): fc.Arbitrary<{ type: cty.Type; value: cty.Value }> {
  return types().chain((type) => values(type, unknowns).map((value) => ({ type, value })));
}

test("any value passes through MessagePack unchanged, and its bytes are canonical", () => {
  fc.assert(
    fc.property(typedValues(true), ({ type, value }) => {
      assert.deepEqual(cty.conform(value, type), []);
      const bytes = cty.encodeMsgpack(value, type);
      const decoded = cty.decodeMsgpack(bytes, type);
      assert.ok(cty.equals(decoded, value, type));
      assert.ok(cty.atOnce(cty.equalsPieces(decoded, value, type)));
      assert.deepEqual(cty.encodeMsgpack(decoded, type), bytes);
    }),
    { numRuns: 300 },
  );
});

test("any known value passes through JSON unchanged", () => {
  fc.assert(
    fc.property(typedValues(false), ({ type, value }) => {
      const json = cty.encodeJSON(value, type);
      assert.doesNotThrow(() => JSON.parse(json));
      const decoded = cty.decodeJSON(json, type);
      assert.ok(cty.equals(decoded, value, type));
      assert.ok(cty.atOnce(cty.equalsPieces(decoded, value, type)));
      assert.equal(cty.encodeJSON(decoded, type), json);
    }),
    { numRuns: 300 },
  );
});

test("any type passes through its JSON unchanged", () => {
  fc.assert(
    fc.property(types(), (type) => {
      assert.deepEqual(cty.typeFromJSON(cty.typeToJSON(type)), type);
    }),
  );
});

test("whatever bytes come, the answer is a value or a CtyError", () => {
  const bytes = fc.oneof(
    fc.uint8Array({ maxLength: 60 }),
    // Mostly headers, which is where a decoder goes wrong.
    fc.array(fc.integer({ min: 0x80, max: 0xdf }), { maxLength: 30 }).map((codes) => Uint8Array.from(codes)),
  );
  fc.assert(
    fc.property(types(), bytes, (type, input) => {
      try {
        const value = cty.decodeMsgpack(input, type);
        assert.deepEqual(cty.conform(value, type), []);
      } catch (error) {
        assert.ok(error instanceof cty.CtyError, String(error));
      }
    }),
    { numRuns: 1000 },
  );
});

test("whatever text comes, the answer is a value or a CtyError", () => {
  const pieces = fc.constantFrom(
    "{",
    "}",
    "[",
    "]",
    ",",
    ":",
    '"',
    '"a"',
    "\\",
    "1",
    "-",
    "1e9",
    ".5",
    "true",
    "null",
    " ",
  );
  fc.assert(
    fc.property(types(), fc.array(pieces, { maxLength: 20 }), (type, input) => {
      try {
        cty.decodeJSON(input.join(""), type);
      } catch (error) {
        assert.ok(error instanceof cty.CtyError, String(error));
      }
    }),
    { numRuns: 1000 },
  );
});
