import assert from "node:assert/strict";
import { test } from "node:test";
import { exceptionDiagnostic } from "../../../src/framework/server/exception.ts";
import { callContext } from "../../support/fake-provider.ts";

test("a damaged installation is said in its own words, and any other exception is a bug", () => {
  const damage = new Error("The installation of this provider is damaged: x.cjs does not run.");
  damage.name = "InstallationError";
  assert.deepEqual(exceptionDiagnostic(damage, callContext), {
    severity: "error",
    summary: "Damaged installation",
    detail: damage.message,
  });
  assert.equal(exceptionDiagnostic(new Error(damage.message), callContext).summary, "Provider bug");
});

test("after a cancellation it is the cancellation that is said", () => {
  const damage = Object.assign(new Error("x"), { name: "InstallationError" });
  const context = { ...callContext, signal: AbortSignal.abort() };
  assert.equal(exceptionDiagnostic(damage, context).summary, "Operation cancelled");
});
