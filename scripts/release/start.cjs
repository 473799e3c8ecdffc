// Runs the provider's scripts with the code cache that lies beside each. A cache that is missing,
// or was made for another Node, costs time and nothing else.
"use strict";
const { readFileSync, writeSync } = require("node:fs");
const { Script } = require("node:vm");

// The launcher hid these from Node itself.
if (process.env.TF_OPENAI_EXTRA_CA_CERTS !== undefined) {
  process.env.NODE_EXTRA_CA_CERTS = process.env.TF_OPENAI_EXTRA_CA_CERTS;
  delete process.env.TF_OPENAI_EXTRA_CA_CERTS;
}

/** @param {string} name */
function load(name) {
  const path = `${__dirname}/${name}`;
  let cachedData;
  try {
    cachedData = readFileSync(`${path}.cache`);
  } catch {}
  const module = { exports: {} };
  try {
    // The cache keeps the name of its script: a bare one is the same wherever a release is built.
    const script = new Script(readFileSync(`${path}.cjs`, "latin1"), { filename: `${name}.cjs`, cachedData });
    script.runInThisContext()(module.exports, requireBeside, module);
  } catch (error) {
    // Such a script is cut off or of another package.
    const [reason] = String(error).split("\n");
    const damage = new Error(
      `The installation of this provider is damaged: ${path}.cjs does not run (${reason}). To install it again, delete that folder and run "terraform init".`,
    );
    // By this name a call that needs the script says so (src/framework/server/exception.ts).
    damage.name = "InstallationError";
    throw damage;
  }
  return module.exports;
}

/** @param {string} id */
function requireBeside(id) {
  return id.startsWith("./") ? load(id.slice(2, -".cjs".length)) : require(id);
}
/** @param {string} name */
requireBeside.file = (name) => readFileSync(`${__dirname}/${name}`);

try {
  load("kernel");
} catch (error) {
  // Terraform shows the first line of stdout when a start fails.
  writeSync(1, `${error instanceof Error ? error.message : error}\n`);
  process.exitCode = 1;
}
