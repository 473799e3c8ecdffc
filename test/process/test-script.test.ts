import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { it } from "node:test";
import { root } from "../support/root.ts";

/** Runs tests of one file by the script that runs all. */
function runTests(...flags: string[]) {
  // Within a test file Node's test runner starts no other.
  const { NODE_TEST_CONTEXT: _, ...env } = process.env;
  const args = ["scripts/test.mjs", "unit/openai/plane", ...flags];
  return spawnSync(process.execPath, args, { cwd: root, env, encoding: "utf8" });
}

it("a pattern for the names of tests runs these alone", () => {
  const { status, stdout } = runTests("--test-name-pattern=^an endpoint has");
  assert.match(stdout, /^1 passed, 0 failed/m);
  assert.equal(status, 0);
});

it("a pattern that no test matches is a failure", () => {
  const { status, stdout } = runTests("--test-name-pattern", "^nothing of this name$");
  assert.match(stdout, /No test has a name that matches \^nothing of this name\$\./);
  assert.equal(status, 1);
});

it("a flag that is not known is a failure", () => {
  const { status, stderr } = runTests("--test-name-patern=x");
  assert.match(stderr, /Unknown option '--test-name-patern'/);
  assert.equal(status, 1);
});
