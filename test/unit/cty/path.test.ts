import assert from "node:assert/strict";
import { test } from "node:test";
import { CtyError, Path } from "../../../src/cty/index.ts";

test("a path is written as a practitioner would write it", () => {
  const path = Path.root.atName("choices").atListIndex(0).atName("message").atMapKey('x"y');
  assert.equal(path.toString(), 'choices[0].message["x\\"y"]');
  assert.equal(Path.root.toString(), "");
  assert.equal(Path.root.atListIndex(3).toString(), "[3]");
});

test("a path lists its steps from the outside in, and extending it leaves it as it was", () => {
  const outer = Path.root.atName("a");
  const inner = outer.atMapKey("k");
  assert.deepEqual(inner.steps, [
    { kind: "name", name: "a" },
    { kind: "key", key: "k" },
  ]);
  assert.deepEqual(outer.steps, [{ kind: "name", name: "a" }]);
  assert.deepEqual(Path.root.steps, []);
});

test("an error says where it is, and gives its detail without the path", () => {
  const error = new CtyError(Path.root.atName("a").atListIndex(1), "a string is required");
  assert.equal(error.message, "a[1]: a string is required");
  assert.equal(error.detail, "a string is required");
  assert.equal(new CtyError(Path.root, "a string is required").message, "a string is required");
});
