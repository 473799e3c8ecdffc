import assert from "node:assert/strict";
import { test } from "node:test";
import * as cty from "../../../src/cty/index.ts";
import { fillsIn } from "../../../src/framework/fills-in.ts";

const type = cty.list(cty.object({ role: cty.string, id: cty.string, tags: cty.map(cty.string) }));
const item = (role: string | null, id: string | null, tags: cty.Value = null) =>
  cty.objectValue([
    ["role", role],
    ["id", id],
    ["tags", tags],
  ]);

test("a value fills in what is null, at any depth", () => {
  assert.equal(fillsIn([item("a", "1")], null, type), true);
  assert.equal(fillsIn([item("a", "1")], [item("a", null)], type), true);
  assert.equal(fillsIn([item("a", null)], [item("a", null)], type), true);
  assert.equal(fillsIn(cty.UNKNOWN, null, cty.string), true);
});

test("a value that says otherwise, or less, does not", () => {
  assert.equal(fillsIn(null, [item("a", null)], type), false);
  assert.equal(fillsIn([item("b", "1")], [item("a", null)], type), false);
  assert.equal(fillsIn([item("a", null)], [item("a", "1")], type), false);
  assert.equal(fillsIn([], [item("a", null)], type), false);
  assert.equal(fillsIn([item("a", "1"), item("b", "2")], [item("a", null), item("c", null)], type), false);
  assert.equal(fillsIn([item("a", "1"), item("b", "2")], [item("a", "1")], type), false);
  assert.equal(fillsIn(cty.UNKNOWN, "known", cty.string), false);
  const tags = new Map([["k", "v"]]);
  assert.equal(
    fillsIn([item("a", "1", new Map([...tags, ["l", "w"]]))], [item("a", "1", tags)], type),
    false,
  );
});
