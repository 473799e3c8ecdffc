import assert from "node:assert/strict";
import { test } from "node:test";
import { compilerErrors } from "../../support/compiler.ts";

test("types of configuration and state follow from the attributes, and mistakes do not compile", async () => {
  assert.equal(await compilerErrors("test/unit/framework/inference.types.ts"), "");
});
