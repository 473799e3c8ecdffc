import assert from "node:assert/strict";
import { test } from "node:test";
import { PrivateState } from "../../../src/framework/index.ts";

test("what is set is read back after encoding and decoding, whatever its key and text", () => {
  const entries = [
    ["key", "value"],
    ["__proto__", "polluted?"],
    ["constructor", ""],
    ["1", "a number's key"],
    ["é\u2028", '"quoted"\n\0🙂'],
  ] as const;
  const state = PrivateState.empty();
  for (const [key, value] of entries) state.set(key, value);
  const decoded = PrivateState.decode(state.encode());
  for (const [key, value] of entries) assert.equal(decoded.get(key), value);
  assert.equal(decoded.get("toString"), undefined);
  assert.deepEqual(decoded.encode(), state.encode());
});

test("of what is not applied there are no bytes without an entry", () => {
  const state = PrivateState.unapplied();
  assert.equal(state.encode().length, 0);
  state.set("k", "v");
  state.set("k", undefined);
  assert.equal(state.encode().length, 0);
  assert.equal(PrivateState.decode(Buffer.alloc(0)).get("k"), undefined);
});

test("what was created is distinguished from what was imported, until that is applied too", () => {
  assert.equal(PrivateState.decode(PrivateState.empty().encode()).imported, false);
  const decoded = PrivateState.decode(PrivateState.unapplied().encode());
  assert.equal(decoded.imported, true);
  decoded.imported = false;
  const applied = PrivateState.decode(decoded.encode());
  assert.equal(applied.imported, false);
  assert.equal(applied.get(".applied"), undefined);
});

test("what another provider has written is not what this one has applied", () => {
  for (const [what, bytes] of [
    ["terraform-plugin-framework, which encodes its values", '{"key":"InYi"}'],
    ["an SDK, with the version of a schema", '{"schema_version":"1"}'],
    ["an SDK, with times", '{"e2bfb730-ecaa-11e6-8f88-34363bc7c4c0":{"create":600000000000}}'],
    ["nobody", ""],
    ["an SDK without anything", "null"],
  ] as const) {
    assert.equal(PrivateState.decode(Buffer.from(bytes)).imported, true, what);
  }
});

for (const [what, bytes] of [
  ["a list", '["a"]'],
  ["null", "null"],
  ["a text", '"a"'],
  ["cut JSON", '{"a":'],
  ["no text", Buffer.from([0xff, 0xfe, 0])],
] as const) {
  test(`${what} in place of the bytes that were written counts as empty`, () => {
    const decoded = PrivateState.decode(Buffer.from(bytes));
    assert.equal(decoded.encode().length, 0);
  });
}

test("entries that are no texts are left out", () => {
  const decoded = PrivateState.decode(Buffer.from('{"a":1,"b":"text","c":null}'));
  assert.deepEqual([decoded.get("a"), decoded.get("b"), decoded.get("c")], [undefined, "text", undefined]);
});
