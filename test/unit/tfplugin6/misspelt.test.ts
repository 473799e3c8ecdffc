import assert from "node:assert/strict";
import { test } from "node:test";
import { compilerErrors } from "../../support/compiler.ts";

test("a misspelt field in an RPC's request or response does not compile", async () => {
  assert.equal(await compilerErrors("test/unit/tfplugin6/misspelt.types.ts"), "");
});
