// Measures start-up and plans. Every figure is a median of interleaved runs, and every ratio compares
// two figures of the same run: this machine's speed drifts, ratios hardly do.
import { cpus, totalmem } from "node:os";
import { planCases } from "./bench/plan.mjs";
import { startCases } from "./bench/start.mjs";
import { interleave } from "./bench/timing.mjs";
import { buildInto } from "./build/build-into.mjs";

// Node 20 reads these certificates at every start, which costs it 30 ms: neither side has them here.
delete process.env.NODE_EXTRA_CA_CERTS;

await buildInto("dist");
const runs = Number(process.env.RUNS ?? 15);

console.log(
  `Node ${process.version}, ${process.platform} ${process.arch}, ${cpus().length} cores, ` +
    `${Math.round(totalmem() / 2 ** 30)} GiB; NODE_EXTRA_CA_CERTS unset; ${runs} interleaved runs\n`,
);

for (const cases of [startCases, planCases]) {
  const { title, entries, close } = await cases();
  const results = await interleave(entries, runs);
  const [floor] = results;
  console.log(title);
  for (const { name, median, min, max } of results) {
    const ratio = floor === undefined ? "" : `  ${(median / floor.median).toFixed(2)} ×`;
    console.log(
      `  ${name.padEnd(52)} ${median.toFixed(1).padStart(7)} ms  (${min.toFixed(1)} to ${max.toFixed(1)})${ratio}`,
    );
  }
  console.log("");
  close?.();
}
