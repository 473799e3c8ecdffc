// Runs the provider's two scripts with the code cache that lies beside each. A cache that is missing,
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
  // The cache keeps the name of its script: a bare one is the same wherever a release is built.
  const script = new Script(readFileSync(`${path}.cjs`, "latin1"), { filename: `${name}.cjs`, cachedData });
  const module = { exports: {} };
  script.runInThisContext()(module.exports, requireBeside, module);
  return module.exports;
}

/** @param {string} id */
function requireBeside(id) {
  return id === "./client.cjs" ? load("client") : require(id);
}

try {
  load("provider");
} catch (error) {
  // Terraform shows the first line of stdout when a start fails. Such a script is cut off or of another package.
  const [reason] = String(error).split("\n");
  writeSync(
    1,
    `The installation of this provider is damaged: ${__dirname}/provider.cjs does not run (${reason}). To install it again, delete that folder and run "terraform init".\n`,
  );
  process.exitCode = 1;
}
