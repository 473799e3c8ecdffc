import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { root } from "../support/root.ts";

const settings = {
  NODE_TLS_REJECT_UNAUTHORIZED: "0",
  NODE_USE_ENV_PROXY: "1",
  OPENSSL_CONF: "/elsewhere",
};

test("a single executable clears what the launcher clears, before a script of it runs", async (t) => {
  const folder = mkdtempSync(join(tmpdir(), "single-"));
  t.after(() => rmSync(folder, { recursive: true }));
  const { nodeSettings }: { nodeSettings: readonly string[] } = await import(
    join(root, "scripts", "release", "launcher.mjs")
  );
  // What node:sea gives within a single executable.
  const assets = {
    cleared: JSON.stringify(nodeSettings),
    "kernel.cjs": "(function (exports, require, module) { console.log(JSON.stringify(process.env)); })",
  };
  const preload = join(folder, "sea.cjs");
  writeFileSync(
    preload,
    `const Module = require("node:module");
const load = Module._load;
const assets = ${JSON.stringify(assets)};
const getRawAsset = (name) => {
  if (assets[name] === undefined) throw new Error("no asset " + name);
  return new TextEncoder().encode(assets[name]).buffer;
};
Module._load = (id, ...more) => id === "node:sea" ? { getRawAsset } : load(id, ...more);`,
  );
  const started = spawnSync(
    process.execPath,
    ["--require", preload, join(root, "scripts", "release", "start-single.cjs")],
    { encoding: "utf8", env: { ...settings, OPENSSL_CONF: "", NODE_DEBUG: "none", KEPT: "yes" } },
  );
  assert.equal(started.status, 0, started.stderr);
  const seen: Record<string, string> = JSON.parse(started.stdout);
  assert.equal(seen.KEPT, "yes");
  for (const name of [...Object.keys(settings), "NODE_DEBUG"]) assert.equal(seen[name], undefined, name);
});

test("the launcher leaves no place open, and clears the same", async () => {
  const { launcher, nodeSettings }: typeof import("../../scripts/release/launcher.mjs") = await import(
    join(root, "scripts", "release", "launcher.mjs")
  );
  const text = launcher(["libexec/node"], undefined, []);
  assert.doesNotMatch(text, /@[A-Z]+@/);
  const unset = text.split("\n").find((line) => line.startsWith("unset NODE_OPTIONS ")) ?? "";
  const names = unset.split(" ");
  assert.ok(names.includes("NODE_TLS_REJECT_UNAUTHORIZED") && names.includes("LD_PRELOAD"), unset);
  assert.deepEqual(
    nodeSettings.filter((name) => !names.includes(name)),
    [],
  );
});
