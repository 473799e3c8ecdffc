// Measures start-up, plans, memory and behaviour under a rate limit, of this build and of any other
// provider that PEER names. Every figure is a median of interleaved runs, and every ratio compares two
// figures of the same run: a machine's speed drifts, ratios hardly do. Writes dist/bench.json.

import { existsSync, writeFileSync } from "node:fs";
import { cpus, tmpdir, totalmem } from "node:os";
import { dirname, join } from "node:path";
import { directTime, startApi } from "./bench/api-process.mjs";
import { contenders } from "./bench/contenders.mjs";
import { Plans } from "./bench/plan.mjs";
import { exited, handshake, hostEnvironment } from "./bench/start.mjs";
import { printTimelines, readTimelines } from "./bench/timeline.mjs";
import { interleave, print, summary } from "./bench/timing.mjs";
import { buildInto } from "./build/build-into.mjs";

// Node 20 reads these certificates at every start, which costs it 30 ms: no side has them here.
delete process.env.NODE_EXTRA_CA_CERTS;
const runs = Number(process.env.RUNS ?? 15);
const fewer = Math.max(3, Math.round(runs / 3));

await buildInto("dist");
const all = contenders();
const machine =
  `Node ${process.version}, ${process.platform} ${process.arch}, ${cpus().length} cores, ` +
  `${Math.round(totalmem() / 2 ** 30)} GiB; NODE_EXTRA_CA_CERTS unset; ${runs} interleaved runs`;
console.log(`${machine}\n`);

/** @type {Record<string, unknown>} */
const report = { machine };
/** @param {string} title @param {import("./bench/timing.mjs").Case[]} cases @param {string} unit @param {number} times */
async function measure(title, cases, unit, times) {
  const figures = await interleave(cases, times);
  report[title] = figures;
  print(title, figures, unit);
}

// The floor is the runtime that the provider itself starts with: the release brings its own.
const beside = join(dirname(all[0]?.file ?? ""), "libexec/node");
const [runtime, runtimeName] = existsSync(beside)
  ? [beside, "the release's node"]
  : [process.execPath, "node"];
const env = hostEnvironment();
await measure(
  "Exec to handshake line (floors: exec to exit)",
  [
    { name: `${runtimeName} -e 'require("http2")'`, run: () => exited(runtime, ["-e", 'require("http2")']) },
    { name: `${runtimeName} -e 0`, run: () => exited(runtime, ["-e", "0"]) },
    ...all
      .filter(({ mirror }) => mirror === undefined)
      .map(({ name, file }) => ({ name, run: () => handshake(file, env) })),
  ],
  "ms",
  runs,
);

const plans = new Plans();
try {
  await measurePlans("terraform plan, 1 completion, API at 0 ms", 1, 0, runs);
  await measurePlans("terraform plan, 500 completions, API at 50 ms", 500, 50, fewer);
  await measurePlans("terraform plan, 500 completions, API at 0 ms", 500, 0, fewer);
  await measureLimited();
} finally {
  plans.close();
}
writeFileSync("dist/bench.json", `${JSON.stringify(report, undefined, 2)}\n`);
console.log("Written to dist/bench.json.");

/** @param {string} title @param {number} count @param {number} delayMs @param {number} times */
async function measurePlans(title, count, delayMs, times) {
  const api = await startApi({ delayMs });
  const timeline = join(tmpdir(), `openai-timeline-${process.pid}`);
  /** @type {Record<string, number[]>} */
  const peaks = {};
  const none = plans.prepare(undefined, 0, api.url);
  const cases = all.map(({ name, ...contender }) => {
    const prepared = plans.prepare({ name, ...contender }, count, api.url);
    return {
      name,
      run: async () => {
        const { ms, peakMiB, failed } = await prepared.run();
        if (failed) throw new Error(`the plan of ${name} failed`);
        peaks[name] = [...(peaks[name] ?? []), peakMiB];
        return ms;
      },
    };
  });
  const direct = { name: "the API asked directly, 10 at a time", run: () => directTime(api.url, count) };
  const floor = { name: "no provider", run: async () => (await none.run()).ms };
  await measure(title, [floor, ...(count > 1 ? [direct] : []), ...cases], "ms", times);
  for (const [name, values] of Object.entries(peaks)) {
    const { median } = summary(values);
    report[`${title}: peak memory of ${name}, MiB`] = median;
    console.log(`  peak memory of ${name}: ${median.toFixed(0)} MiB`);
  }
  console.log("");
  const [own] = all;
  if (count === 1 && own !== undefined) {
    await plans.prepare(own, 1, api.url, { TF_OPENAI_TIMELINE: timeline }).run();
    printTimelines(readTimelines(timeline, 3));
  }
  api.close();
}

/** 100 completions from an API that answers 20 a second: no error, and hardly longer than that takes. */
async function measureLimited() {
  const [count, perSecond] = [100, 20];
  console.log(`terraform plan, ${count} completions, API that answers ${perSecond} a second and 429 beyond`);
  for (const contender of all) {
    const api = await startApi({ perSecond });
    const { ms, failed } = await plans.prepare(contender, count, api.url).run();
    const { answered, refused } = await api.counts();
    // The first second's answers come at once: a bucket starts full.
    const floor = ((count - perSecond) / perSecond) * 1000;
    const result = { seconds: ms / 1000, floorSeconds: floor / 1000, failed, answered, refused };
    report[`rate limit: ${contender.name}`] = result;
    console.log(
      `  ${contender.name.padEnd(44)} ${(ms / 1000).toFixed(2).padStart(8)} s   ${failed ? "FAILED" : "no error"}, ` +
        `${(ms / floor).toFixed(2)} × the floor of ${(floor / 1000).toFixed(1)} s, ${answered + refused} requests for ${count} reads`,
    );
    api.close();
  }
  console.log("");
}
