import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { test } from "node:test";
import { hasEnded } from "../../../src/plugin/orphan.ts";

test("on Windows, where orphans keep their parent's number, that process is looked for", () => {
  const { pid } = spawnSync(process.execPath, ["-e", ""]);
  assert.equal(hasEnded(pid, "win32"), true);
  assert.equal(hasEnded(process.ppid, "win32"), false);
});

test("elsewhere another parent is the sign", () => {
  assert.equal(hasEnded(process.ppid, "linux"), false);
  assert.equal(hasEnded(process.pid, "linux"), true);
});
