// Runs the provider's two scripts from within a single executable.
"use strict";
const sea = require("node:sea");
const { Script } = require("node:vm");

// What the launcher of the other platforms clears: Node reads some of it as it goes.
for (const name of JSON.parse(sea.getAsset("cleared", "utf8"))) delete process.env[name];

/** @param {string} name */
function load(name) {
  const source = sea.getAsset(name, "latin1");
  const module = { exports: {} };
  new Script(source, { filename: `${name}.cjs` }).runInThisContext()(module.exports, requireBeside, module);
  return module.exports;
}

/** @param {string} id */
function requireBeside(id) {
  return id === "./client.cjs" ? load("client") : require(id);
}

load("provider");
