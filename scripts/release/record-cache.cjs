// Preloaded while a release is made: at exit, writes the code cache of each script that ran, with the
// functions that were compiled on the way. Each process starts from the cache of the one before.
"use strict";
const { readdirSync, writeFileSync } = require("node:fs");
const { dirname, join } = require("node:path");
const { setFlagsFromString } = require("node:v8");
const vm = require("node:vm");

/**
 * V8 notes in a function what its compilers made of it, and how soon to optimise it, and drops the bytecode of functions
 * that garbage collections found unused: all depend on the machine's load, and would make every build another. Caches
 * hold a hash of V8's flags, so this is on where a cache is read or written.
 * @param {boolean} on
 */
function tiering(on) {
  const flags = ["sparkplug", "maglev", "turbofan", "profile-guided-optimization", "flush-bytecode"];
  for (const flag of flags) setFlagsFromString(`--${on ? "" : "no-"}${flag}`);
}

// What fires only in a process that lives long is no part of a plan, except on a machine that is slow.
const LONG_MS = 400;
for (const name of /** @type {const} */ (["setTimeout", "setInterval"])) {
  const set = globalThis[name];
  const patient = (
    /** @type {unknown} */ callback,
    /** @type {number} */ delay = 0,
    /** @type {unknown[]} */ ...rest
  ) => Reflect.apply(set, undefined, [callback, delay < LONG_MS ? delay : delay * 1000, ...rest]);
  Object.assign(globalThis, { [name]: patient });
}

/** @type {Map<string, import("node:vm").Script>} */
const scripts = new Map();

/** @type {{ exports: { load(id: string): unknown, defined: Record<string, object> } } | undefined} */
let kernel;

vm.Script = class extends vm.Script {
  /** @param {string} source @param {{ filename: string }} options */
  constructor(source, options) {
    tiering(true);
    super(source, options);
    tiering(false);
    scripts.set(options.filename, this);
  }
  /** @override */
  runInThisContext() {
    const run = super.runInThisContext();
    /** @param {unknown[]} args */
    return (...args) => {
      if (kernel === undefined) kernel = /** @type {typeof kernel} */ (args[2]);
      return run(...args);
    };
  }
};

/** Runs the scripts that the process had no use for, as far as they run by themselves. @param {string} folder */
function runOthers(folder) {
  if (kernel === undefined) return;
  const { load, defined } = kernel.exports;
  for (const file of readdirSync(folder).sort()) {
    if (!file.endsWith(".cjs") || file === "start.cjs") continue;
    const script = `./${file}`;
    load(`${script}#c0`);
    for (const chunk of Object.keys(defined[script] ?? {})) load(`${script}#${chunk}`);
  }
}

process.on("exit", () => {
  const folder = dirname(process.argv[1] ?? "");
  runOthers(folder);
  tiering(true);
  for (const [filename, script] of scripts)
    writeFileSync(join(folder, filename.replace(/cjs$/, "cache")), script.createCachedData());
});
