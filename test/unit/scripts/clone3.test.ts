import assert from "node:assert/strict";
import { test } from "node:test";
import { withoutClone3 } from "../../../scripts/release/clone3.mjs";

const call = Buffer.from("b8b30100000f05", "hex");
const rest = Buffer.from("4885c07c18", "hex");

test("the call becomes the answer that there is none, and nothing else changes", () => {
  const library = Buffer.concat([rest, call, rest]);
  const changed = withoutClone3(library, "amd64");
  assert.equal(changed.toString("hex"), `${rest.toString("hex")}48c7c0daffffff${rest.toString("hex")}`);
  assert.ok(library.includes(call), "what was read from the cache stays as it is");
});

test("a library with the call nowhere, or at two places, is another one than was looked at", () => {
  assert.throws(() => withoutClone3(rest, "amd64"), /does not call clone3 at one place/);
  assert.throws(
    () => withoutClone3(Buffer.concat([call, call]), "amd64"),
    /does not call clone3 at one place/,
  );
});

test("on arm64 the library has no such call, or is refused", () => {
  assert.equal(withoutClone3(rest, "arm64"), rest);
  for (const hex of ["683680d2", "68368052"])
    assert.throws(() => withoutClone3(Buffer.from(hex, "hex"), "arm64"), /calls clone3/);
});
