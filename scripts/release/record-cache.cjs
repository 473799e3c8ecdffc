// Preloaded while a release is made: at exit, writes the code cache of each script that ran, with the
// functions that were compiled on the way. Each process starts from the cache of the one before.
"use strict";
const { writeFileSync } = require("node:fs");
const vm = require("node:vm");

/** @type {Map<string, import("node:vm").Script>} */
const scripts = new Map();

vm.Script = class extends vm.Script {
  /** @param {string} source @param {{ filename: string }} options */
  constructor(source, options) {
    super(source, options);
    scripts.set(options.filename, this);
  }
};

process.on("exit", () => {
  for (const [filename, script] of scripts)
    writeFileSync(filename.replace(/cjs$/, "cache"), script.createCachedData());
});
