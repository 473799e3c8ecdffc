import assert from "node:assert/strict";
import { test } from "node:test";
import { Diagnostics } from "../../../src/framework/index.ts";

test("diagnostics keep their order and drop repetitions", () => {
  const diagnostics = new Diagnostics();
  diagnostics.addWarning("a", "1").addError("b", "2").addWarning("a", "1").addWarning("a", "other");
  assert.deepEqual(
    [...diagnostics].map(({ severity, summary, detail }) => [severity, summary, detail]),
    [
      ["warning", "a", "1"],
      ["error", "b", "2"],
      ["warning", "a", "other"],
    ],
  );
  assert.equal(diagnostics.hasError, true);
  assert.equal(new Diagnostics().addWarning("a", "1").hasError, false);
});
