// Runs the provider's scripts from within a single executable, with the code cache that each has there.
"use strict";
const { writeSync } = require("node:fs");
const sea = require("node:sea");
const { Script } = require("node:vm");

/** The bytes of an asset, where they lie in memory. @param {string} name */
function asset(name) {
  return Buffer.from(/** @type {ArrayBuffer} */ (sea.getRawAsset(name)));
}

// What the launcher clears, where there is one: Node reads some of it as it goes.
for (const name of JSON.parse(asset("cleared").toString())) delete process.env[name];
// The launcher hid these from Node itself.
if (process.env.TF_OPENAI_EXTRA_CA_CERTS !== undefined) {
  process.env.NODE_EXTRA_CA_CERTS = process.env.TF_OPENAI_EXTRA_CA_CERTS;
  delete process.env.TF_OPENAI_EXTRA_CA_CERTS;
}

/** @param {string} name */
function cacheOf(name) {
  try {
    return asset(name.replace(/cjs$/, "cache"));
  } catch {
    // Made for another platform, on which it could not be run.
    return undefined;
  }
}

/** @param {string} name */
function load(name) {
  const module = { exports: {} };
  const source = asset(name).toString("latin1");
  const script = new Script(source, { filename: name, cachedData: cacheOf(name) });
  script.runInThisContext()(module.exports, requireBeside, module);
  return module.exports;
}

/** @param {string} id */
function requireBeside(id) {
  return id.startsWith("./") ? load(id.slice(2)) : require(id);
}
requireBeside.file = asset;

try {
  load("kernel.cjs");
} catch (error) {
  // Terraform shows the first line of stdout when a start fails.
  writeSync(1, `${error instanceof Error ? error.message : error}\n`);
  process.exitCode = 1;
}
