import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { root } from "../support/root.ts";

function runWith(data: string): { code: number | null; output: string } {
  // Within a test, node:test would take the other run for one of its own.
  const env = { ...process.env, NODE_TEST_CONTEXT: undefined, TEST_DATA: data };
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ["scripts/test.mjs", "conformance/proto-fields"],
    { cwd: root, encoding: "utf8", env },
  );
  return { code: status, output: stdout + stderr };
}

test("without TEST_DATA the tests against it are one line, and none is skipped one by one", () => {
  const { code, output } = runWith("");
  assert.equal(code, 0, output);
  assert.equal([...output.matchAll(/^Left out: .*TEST_DATA/gm)].length, 1, output);
  assert.doesNotMatch(output, /\d skipped$/m);
});

test("a TEST_DATA that lacks a file fails, and is not passed over", () => {
  const { code, output } = runWith("/nowhere");
  assert.equal(code, 1, output);
  assert.match(output, /\/nowhere\/data\/tfplugin6-fields\.json/);
});

test("no test looks for a folder beside the project", () => {
  const files = readdirSync(join(root, "test"), { recursive: true, encoding: "utf8" });
  for (const file of files.filter((name) => name.endsWith(".ts")))
    assert.doesNotMatch(readFileSync(join(root, "test", file), "utf8"), /\.\.["/, ]+shared\b/, file);
});
