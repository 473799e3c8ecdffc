// Runs the acceptance tests with any Terraform or OpenTofu, and prints what held, area by area:
// `node scripts/compat.mjs CLI`. What a version does not have is skipped by name (test/support/cli.ts).
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join, resolve } from "node:path";

/** @typedef {{ file: string, name: string, outcome: string }} Result */

const [given] = process.argv.slice(2);
if (given === undefined || !existsSync(given)) {
  console.error("Name the CLI to test with: make test-compat CLI=/path/to/terraform");
  process.exit(1);
}
const cli = resolve(given);
const env = { ...process.env, CHECKPOINT_DISABLE: "1", TF_ACC_TERRAFORM_PATH: cli };
// A developer's settings can make it print more than its version.
const plain = { ...env, TF_CLI_CONFIG_FILE: undefined };
const { stdout } = spawnSync(cli, ["version"], { encoding: "utf8", env: plain });
const version = /^(Terraform|OpenTofu) v\S+/m.exec(stdout)?.[0] ?? stdout;

const folder = mkdtempSync(join(tmpdir(), "compat-"));
try {
  const file = join(folder, "report.json");
  // All that drives a CLI, and not only the plugin itself.
  const parts = [
    "acceptance/",
    "process/provider-debug",
    "process/provider-schema",
    "process/provider-output",
  ];
  const run = spawnSync(process.execPath, ["scripts/test.mjs", ...parts], {
    env: { ...env, TEST_REPORT: file },
    stdio: "inherit",
  });
  if (existsSync(file)) print(JSON.parse(readFileSync(file, "utf8")));
  process.exitCode = run.status ?? 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** @param {Result[]} results */
function print(results) {
  console.log(`\n${version}\n\n| area | held | failed | skipped |\n|---|---|---|---|`);
  for (const area of [...new Set(results.map((result) => result.file))].sort()) {
    const of = results.filter((result) => result.file === area);
    console.log(row(basename(area, ".test.ts").replaceAll("-", " "), of));
  }
  console.log(row("all", results));
  for (const { name, outcome } of results.filter((result) => result.outcome === "failed"))
    console.log(`${outcome}: ${name}`);
  for (const { name, outcome } of results.filter((result) => !["held", "failed"].includes(result.outcome)))
    console.log(`skipped: ${name}: ${outcome}`);
}

/** @param {string} name @param {Result[]} results */
function row(name, results) {
  const held = results.filter(({ outcome }) => outcome === "held").length;
  const failed = results.filter(({ outcome }) => outcome === "failed").length;
  return `| ${name} | ${held} | ${failed} | ${results.length - held - failed} |`;
}
