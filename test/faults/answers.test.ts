import assert from "node:assert/strict";
import { after, describe, it } from "node:test";
import { answers } from "./matrix.ts";
import { Pool } from "./pool.ts";
import { runRow } from "./run-row.ts";
import { steps } from "./steps.ts";

const pool = new Pool(4);
const figures = { faults: 0, rows: 0, calls: 0 };
const started = performance.now();
let memory: number | undefined;

describe("whatever the API answers", { concurrency: 4 }, () => {
  after(async () => {
    memory = pool.peakMemory();
    await pool.end();
  });
  for (const row of answers)
    it(row.name, () =>
      pool.use(async (fixture) => {
        figures.faults += 1;
        const wrong: string[] = [];
        for (const step of steps) {
          if (row.at?.[step.name] === null) continue;
          const { calls, problems } = await runRow(fixture, row, step);
          figures.rows += 1;
          figures.calls += calls;
          wrong.push(...problems.map((problem) => `${step.name}: ${problem}`));
        }
        assert.deepEqual(wrong, []);
      }),
    );
});

it("figures", async (t) => {
  t.diagnostic(
    `${figures.faults} faults, ${figures.rows} rows, ${figures.calls} calls, ${Math.round((performance.now() - started) / 100) / 10} s, ${memory} MiB at most`,
  );
});
