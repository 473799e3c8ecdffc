// Measures start-up, plans, growth, memory, download and behaviour under a rate limit, of this build and of the other
// providers that PEER names (scripts/bench/parse-peers.mjs). Every figure is a median of interleaved runs, and every ratio the
// median of the rounds' ratios: a machine's speed drifts, ratios hardly do. RUNS sets how many (15), a third of them for
// what takes seconds and for growth; ends with one table, and writes dist/bench.json.

import { writeFileSync } from "node:fs";
import { cpus, tmpdir, totalmem } from "node:os";
import { join } from "node:path";
import { directTime, startApi } from "./bench/api-process.mjs";
import { contenders, installed } from "./bench/contenders.mjs";
import { grownRelease } from "./bench/growth.mjs";
import { Plans } from "./bench/plan.mjs";
import { exited, handshake, hostEnvironment } from "./bench/start.mjs";
import { megabytes, tableOf, time, timeRow } from "./bench/table.mjs";
import { printTimelines, readTimelines } from "./bench/timeline.mjs";
import { interleave, paired, print, summary } from "./bench/timing.mjs";
import { buildInto } from "./build/build-into.mjs";
import { version } from "./build/provider.mjs";
import { platformNamed, thisMachine } from "./release/platforms.mjs";
import { fetchRuntime } from "./release/runtime.mjs";

/** @typedef {import("./bench/contenders.mjs").Contender} Contender */
/** @typedef {import("./bench/timing.mjs").Figure} Figure */

// Node 20 reads these certificates at every start, which costs it 30 ms: no side has them here.
delete process.env.NODE_EXTRA_CA_CERTS;
const runs = Number(process.env.RUNS ?? 15);
const fewer = Math.max(3, Math.round(runs / 3));
const READS = 500;
/** Numbers of further objects. */
const GROWTH = /** @type {const} */ ([5, 55, 105]);

await buildInto("dist");
const { own, peers } = contenders();
const all = [own, ...peers];
const released = own.mirror !== undefined;
const machine =
  `${process.platform} ${process.arch}, ${cpus().length} cores, ${Math.round(totalmem() / 2 ** 30)} GiB; ` +
  `NODE_EXTRA_CA_CERTS unset; ${runs} interleaved runs, ${fewer} of ${READS} reads and of growth`;
console.log(`${machine}\n`);

/** @type {Record<string, unknown>} */
const report = { machine };
/** @type {import("./bench/table.mjs").Row[]} */
const rows = [];

/** @param {string} title @param {import("./bench/timing.mjs").Case[]} cases @param {number} times */
async function measure(title, cases, times) {
  const figures = await interleave(cases, times);
  report[title] = figures;
  print(title, figures, "ms");
  return figures;
}

await measureStart();
const plans = new Plans();
try {
  const one = await measurePlans("terraform plan, 1 completion, API at 0 ms", 1, 0, runs);
  if (released) await measureInstalled();
  const slow = await measurePlans(`terraform plan, ${READS} completions, API at 50 ms`, READS, 50, fewer);
  const fast = await measurePlans(`terraform plan, ${READS} completions, API at 0 ms`, READS, 0, fewer);
  if (released) await measureGrowth();
  await measureLimited();
  const memory = (/** @type {number} */ index) => {
    const peak = (/** @type {number[][]} */ ...peaks) =>
      Math.max(...peaks.map((each) => each[index] ?? 0)).toFixed(0);
    return `${peak(one)} / ${peak(slow, fast)} MiB`;
  };
  const [ours = "", ...theirs] = all.map((_, index) => memory(index));
  rows.push({ what: `peak memory, 1 / ${READS} completions`, own: ours, peers: theirs });
} finally {
  plans.close();
}
if (released) {
  const downloads = peers.map(({ download }) => megabytes(download));
  rows.push({ what: "download", own: megabytes(own.download), peers: downloads });
}
const names = peers.map(({ name }) => name);
const table = tableOf(rows, own.name, names);
writeFileSync("dist/bench.json", `${JSON.stringify({ ...report, rows }, undefined, 2)}\n`);
console.log(`${machine}:\n\n${table}\nAlso written to dist/bench.json.`);

/** From exec to the handshake line; the floor is the Node that the release brings. */
async function measureStart() {
  const [node, named] = released
    ? [fetchRuntime(platformNamed(thisMachine).runtime).executable, "the release's Node"]
    : [process.execPath, "this Node"];
  const env = hostEnvironment();
  const [floor, , ours, ...theirs] = await measure(
    "Exec to handshake line (floors: exec to exit)",
    [
      { name: `${named} -e 'require("http2")'`, run: () => exited(node, ["-e", 'require("http2")']) },
      { name: `${named} -e 0`, run: () => exited(node, ["-e", "0"]) },
      ...all.map(({ name, file }) => ({ name, run: () => handshake(file, env) })),
    ],
    runs,
  );
  if (floor === undefined || ours === undefined) return;
  const what = `exec to handshake line; ${named} that only loads \`http2\` takes ${time(floor.median)}`;
  const figure = `${time(ours.median)}, ${paired(ours, floor).toFixed(2)} × that Node`;
  rows.push({ ...timeRow(what, ours, theirs), own: figure });
}

/**
 * Plans of builds taken as they are.
 * @param {string} title @param {number} count @param {number} delayMs @param {number} times
 * @returns {Promise<number[]>} the peak memory of each contender, in MiB
 */
async function measurePlans(title, count, delayMs, times) {
  const api = await startApi({ delayMs });
  const none = plans.prepare(undefined, 0, api.url);
  const cases = all.map((each) => planCase(each.name, { ...each, mirror: undefined }, count, api.url));
  const direct = { name: "the API asked directly, 10 at a time", run: () => directTime(api.url, count) };
  const floor = { name: "no provider", run: async () => (await none.run()).ms };
  const others = [floor, ...(count > 1 ? [direct] : [])];
  const figures = await measure(title, [...others, ...cases], times);
  const [ours, ...theirs] = figures.slice(others.length);
  if (ours !== undefined)
    rows.push(timeRow(title.replace("terraform plan", "`terraform plan`"), ours, theirs));
  const peaks = cases.map(({ name, peaks }) => {
    const { median } = summary(peaks);
    report[`${title}: peak memory of ${name}, MiB`] = median;
    console.log(`  peak memory of ${name}: ${median.toFixed(0)} MiB`);
    return median;
  });
  console.log("");
  if (count === 1) await showTimeline(api.url);
  api.close();
  return peaks;
}

/** The same plan of one, of packages that init has installed: Terraform hashes them before every command. */
async function measureInstalled() {
  const api = await startApi();
  const title = "terraform plan, 1 completion, installed by init";
  const cases = all.map((each) => planCase(`${each.name}, installed`, each, 1, api.url));
  const [ours, ...theirs] = await measure(title, cases, runs);
  if (ours !== undefined)
    rows.push(timeRow("the same, both as `terraform init` installs them", ours, theirs));
  api.close();
}

/** The plan of one of providers that have more objects, each with a data source and a resource. */
async function measureGrowth() {
  const api = await startApi();
  const cases = GROWTH.flatMap((count) => {
    const zip = grownRelease(count, `dist/bench/objects-${count}`);
    if (zip === undefined) return [];
    const name = `${count} more objects`;
    const contender = { ...installed({ name, source: own.source, version, zip }), mirror: undefined };
    return [planCase(name, contender, 1, api.url)];
  });
  const figures = await measure("terraform plan, 1 completion, more objects", cases, fewer);
  const [few, , many] = figures;
  if (few !== undefined && many !== undefined) {
    const each = paired(many, few, (a, b) => (a - b) / (GROWTH[2] - GROWTH[0]));
    report["each further object, ms"] = each;
    const medians = figures.map(({ median }) => median.toFixed(0)).join(" / ");
    rows.push({
      what: "each further object (data source and resource), a plan",
      own: `${each.toFixed(2)} ms (${GROWTH.join(" / ")} more: ${medians} ms)`,
    });
  }
  api.close();
}

/** @param {string} name @param {Contender} contender @param {number} count @param {string} url */
function planCase(name, contender, count, url) {
  const prepared = plans.prepare(contender, count, url);
  /** @type {number[]} */
  const peaks = [];
  const run = async () => {
    const { ms, peakMiB, failed } = await prepared.run();
    if (failed) throw new Error(`the plan of ${name} failed`);
    peaks.push(peakMiB);
    return ms;
  };
  return { name, run, peaks };
}

/** @param {string} url */
async function showTimeline(url) {
  const timeline = join(tmpdir(), `openai-timeline-${process.pid}`);
  const extra = { TF_OPENAI_TIMELINE: timeline };
  await plans.prepare({ ...own, mirror: undefined }, 1, url, extra).run();
  printTimelines(readTimelines(timeline, 3));
}

/** 100 completions from an API that answers 20 a second: no error, and hardly longer than that takes. */
async function measureLimited() {
  const [count, perSecond] = [100, 20];
  console.log(`terraform plan, ${count} completions, API that answers ${perSecond} a second and 429 beyond`);
  const cells = [];
  for (const contender of all) {
    const api = await startApi({ perSecond });
    const plan = plans.prepare({ ...contender, mirror: undefined }, count, api.url);
    const { ms, failed } = await plan.run();
    const { answered, refused } = await api.counts();
    // The first second's answers come at once: a bucket starts full.
    const floor = ((count - perSecond) / perSecond) * 1000;
    const result = { seconds: ms / 1000, floorSeconds: floor / 1000, failed, answered, refused };
    report[`rate limit: ${contender.name}`] = result;
    console.log(
      `  ${contender.name.padEnd(52)} ${(ms / 1000).toFixed(2).padStart(8)} s   ${failed ? "FAILED" : "no error"}, ` +
        `${(ms / floor).toFixed(2)} × the floor of ${(floor / 1000).toFixed(1)} s, ${answered + refused} requests for ${count} reads`,
    );
    cells.push(failed ? "fails" : `${(ms / 1000).toFixed(1)} s, no error`);
    api.close();
  }
  const [ours = "", ...theirs] = cells;
  const what = `${count} completions, API that answers ${perSecond} a second and 429 beyond`;
  rows.push({ what, own: ours, peers: theirs });
  console.log("");
}
