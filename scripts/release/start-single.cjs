// Runs the provider's scripts from within a single executable.
"use strict";
const sea = require("node:sea");
const { Script } = require("node:vm");

// What the launcher of the other platforms clears: Node reads some of it as it goes.
for (const name of JSON.parse(sea.getAsset("cleared", "utf8"))) delete process.env[name];

/** @param {string} name */
function load(name) {
  const source = sea.getAsset(name, "latin1");
  const module = { exports: {} };
  new Script(source, { filename: name }).runInThisContext()(module.exports, requireBeside, module);
  return module.exports;
}

/** @param {string} id */
function requireBeside(id) {
  return id.startsWith("./") ? load(id.slice(2)) : require(id);
}
/** @param {string} name */
requireBeside.file = (name) => Buffer.from(/** @type {ArrayBuffer} */ (sea.getRawAsset(name)));

load("kernel.cjs");
