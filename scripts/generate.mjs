// Writes the message types of src/tfplugin6 and src/plugin from proto/*.proto, and the registry of src/provider from
// its declarations: `npm run generate`.
// With --check it writes nothing, names the files that differ and ends with status 1.
import { readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { readPackages } from "./generate/descriptors.mjs";
import { printPackages } from "./generate/print.mjs";
import { printRegistry } from "./generate/registry.mjs";

const root = dirname(dirname(fileURLToPath(import.meta.url)));

const OUTPUTS = [
  { file: "src/tfplugin6/messages.gen.ts", protos: ["tfplugin6.proto"] },
  {
    file: "src/plugin/messages.gen.ts",
    protos: ["grpc_controller.proto", "grpc_stdio.proto", "grpc_broker.proto", "health.proto"],
  },
];

let stale = false;
for (const { file, protos } of OUTPUTS) {
  const packages = readPackages(join(root, "proto"), protos);
  const isImported = (/** @type {{ name: string }} */ { name }) => name === "google.protobuf";
  const text = printPackages(
    packages.filter((each) => !isImported(each)),
    packages.filter(isImported),
    protos.map((name) => `proto/${name}`).join(", "),
  );
  put(file, text, "proto/ says");
}
put("src/provider/registry.gen.ts", await printRegistry(root), "the declarations of src/provider say");
if (stale) process.exitCode = 1;

/** @param {string} file @param {string} text @param {string} source */
function put(file, text, source) {
  const path = join(root, file);
  if (!process.argv.includes("--check")) writeFileSync(path, text);
  else if (read(path) !== text) {
    console.error(`${file} is not what ${source}: run "npm run generate" and commit the result.`);
    stale = true;
  }
}

/**
 * @param {string} path
 * @returns {string | undefined} undefined for a file that is not there
 */
function read(path) {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return undefined;
  }
}
