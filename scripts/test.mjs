// Runs tests: `node scripts/test.mjs [PART…]`, where each PART is a piece of a path below test/
// ("unit/cty", "process"); without one, everything but test/soak, which takes long and runs where a PART
// names it. TEST_DATA names the folder of data that lies outside the project, for the tests against it;
// TEST_CONCURRENCY how many files run at a time. `--test-name-pattern=REGEX` runs the tests of that name
// alone, as it does with Node. Ends with the line "N passed, N failed".
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { availableParallelism, constants, setPriority } from "node:os";
import { join, relative, resolve } from "node:path";
import { run } from "node:test";
import { spec } from "node:test/reporters";
import { parseArgs } from "node:util";
import { build } from "esbuild";
import { buildInto } from "./build/build-into.mjs";
import { writeCliConfig } from "./build/cli-config.mjs";
import { thisMachine } from "./release/platforms.mjs";
import { mapStacks } from "./test/mapped-stack.mjs";
import { bundlesOf } from "./test/test-files.mjs";

const out = "dist/test";
const { values: flags, positionals: parts } = parseArgs({
  allowPositionals: true,
  options: { "test-name-pattern": { type: "string", multiple: true } },
});
const { "test-name-pattern": testNamePatterns } = flags;

// Separate invocations may run side by side (a developer's and CI's): each has its own folder.
const folder = join(out, `${process.pid}`);

const sources = readdirSync("test", { recursive: true, encoding: "utf8" })
  .filter((file) => file.endsWith(".test.ts"))
  .filter((file) => parts.length === 0 || parts.some((part) => file.includes(part)))
  .filter((file) => !file.startsWith("soak") || parts.some((part) => part.includes("soak")))
  .sort();

if (sources.length === 0) {
  console.error(`No test file below test/ has ${parts.join(" or ")} in its path.`);
  process.exit(1);
}

// Bundles, since Node 20 cannot run TypeScript, and a bundle starts faster than a loader.
const bundles = bundlesOf(sources, folder);
await build({
  entryPoints: bundles,
  outdir: folder,
  bundle: true,
  packages: "external",
  platform: "node",
  target: "node20",
  format: "esm",
  outExtension: { ".js": ".mjs" },
  splitting: true,
  sourcemap: "linked",
  sourcesContent: false,
  logLevel: "warning",
});

// Tests that start the provider start one built for this run.
if (sources.some((file) => /^(process|acceptance|faults|release|soak)\b/.test(file))) {
  const provider = join(folder, "provider");
  await buildInto(provider);
  process.env.TEST_PROVIDER = resolve(provider);
}

const cores = availableParallelism();

let passed = 0;
let failed = 0;
let skipped = 0;
/** @type {string[]} */
const failures = [];
/** What became of each test, for scripts/compat.mjs. @type {{ file: string, name: string, outcome: string }[]} */
const report = [];

// A whole run packs a release, which the tests of a release install and the acceptance tests have Terraform start. It is
// packed beside the other tests; its first build downloads the runtime. Acceptance tests alone drive the development build.
const files = bundles.map((bundle) => bundle.out);
const ofRelease = files.filter((file) => file.startsWith("release"));
const packedRelease = resolve(folder, "packed");
const stagedRelease = resolve(folder, "packed-stage");
const packing = ofRelease.length === 0 ? undefined : packRelease();

// Node 20 reads these certificates at every start, which costs 60 ms; no test depends on a machine's authorities.
delete process.env.NODE_EXTRA_CA_CERTS;

// Faults have limits of time, which more processes than cores break. Other tests wait for a process or a timer: two files
// more than there are cores keep those busy.
const isFault = (/** @type {string} */ file) => file.startsWith("faults");
await runAll(files.filter(isFault), cores);
const withoutRelease = await packing;
if (withoutRelease !== undefined)
  console.log(`${withoutRelease}: ${ofRelease.length} files of test/release are left out.\n`);
else if (packing !== undefined) useRelease();
const others = files.filter((file) => !isFault(file));
const runnable = others.filter((file) => withoutRelease === undefined || !ofRelease.includes(file));
await runAll(longestFirst(runnable), cores + 2);
finish();

/** So that none of those that take long is left alone at the end. @param {readonly string[]} files */
function longestFirst(files) {
  const long = [
    "acceptance/examples",
    "acceptance/resource-",
    "release/",
    "conformance/objects",
    "acceptance/",
  ];
  const rank = (/** @type {string} */ file) => {
    const found = long.findIndex((part) => file.startsWith(part));
    return found === -1 ? long.length : found;
  };
  return files.toSorted((a, b) => rank(a) - rank(b));
}

/** Packs a release for this run; a sentence where that cannot be done here. @returns {Promise<string | undefined>} */
async function packRelease() {
  if (spawnSync("apt-get", ["--version"]).error !== undefined) {
    skipped += ofRelease.length;
    return "A release is built of Debian packages, and there is no apt-get here";
  }
  const env = { ...process.env, RELEASE_FOLDER: packedRelease, RELEASE_STAGE: stagedRelease };
  const args = ["scripts/release.mjs", thisMachine];
  const packed = spawn(process.execPath, args, { env, stdio: ["ignore", "ignore", "inherit"] });
  // The tests beside it have limits of time.
  if (packed.pid !== undefined) setPriority(packed.pid, constants.priority.PRIORITY_LOW);
  const [status] = await once(packed, "close");
  if (status === 0) return undefined;
  failed += 1;
  failures.push("packing a release for the tests of test/release");
  return "The release could not be packed";
}

/** Has the tests that start from now on use the packed release. */
function useRelease() {
  process.env.TEST_RELEASE = packedRelease;
  process.env.TEST_CLI_CONFIG = resolve(folder, "release.tfrc");
  writeCliConfig(process.env.TEST_CLI_CONFIG, stagedRelease, join(folder, "provider", "mirror"));
}

/** Runs test files to their end. @param {readonly string[]} chosen @param {number} atATime */
async function runAll(chosen, atATime) {
  if (chosen.length === 0) return;
  const concurrency = Number(process.env.TEST_CONCURRENCY ?? atATime);
  const stream = run({
    files: chosen.map((file) => join(folder, `${file}.mjs`)),
    concurrency,
    testNamePatterns,
  });
  stream.on("test:pass", (event) => {
    if (event.details.type === "suite") return;
    if (event.skip === undefined) passed += 1;
    else skipped += 1;
    note(event, event.skip === undefined ? "held" : String(event.skip));
  });
  stream.on("test:fail", (event) => {
    if (event.details.type === "suite" && event.details.error.message.includes("subtest")) return;
    failed += 1;
    mapStacks(event.details.error);
    failures.push(event.name);
    note(event, "failed");
  });
  for await (const text of stream.compose(new spec())) process.stdout.write(text);
}

/** @param {{ name: string, file?: string }} event @param {string} outcome */
function note({ name, file = "" }, outcome) {
  report.push({ file: relative(folder, file).replace(/\.mjs$/, ".ts"), name, outcome });
}

function finish() {
  if (process.env.TEST_REPORT) writeFileSync(process.env.TEST_REPORT, JSON.stringify(report));
  rmSync(folder, { recursive: true, force: true });
  for (const name of failures) console.log(`failed: ${name}`);
  if (!process.env.TEST_DATA && sources.some(usesOutsideData))
    console.log("\nLeft out: the tests against data outside the project, whose folder TEST_DATA names.");
  console.log(`\n${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ""}`);
  const unmatched = testNamePatterns !== undefined && passed + failed === 0;
  if (unmatched) console.log(`No test has a name that matches ${testNamePatterns.join(" or ")}.`);
  process.exitCode = failed === 0 && !unmatched ? 0 : 1;
}

/** @param {string} file */
function usesOutsideData(file) {
  return /\b(againstOutsideData|recorded-bodies)\b/.test(readFileSync(join("test", file), "utf8"));
}
