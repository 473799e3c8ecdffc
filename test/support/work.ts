import assert from "node:assert/strict";
import { type Profiler, Session } from "node:inspector";

// From the start: code that was compiled before has no counters.
const session = new Session();
session.connect();
session.post("Profiler.enable");
session.post("Profiler.startPreciseCoverage", { callCount: true, detailed: true });

/** How often each block of code was entered since the last call. */
function taken(): readonly Profiler.ScriptCoverage[] {
  let scripts: readonly Profiler.ScriptCoverage[] | undefined;
  // Within one thread the answer is there before `post` returns.
  session.post("Profiler.takePreciseCoverage", (error, coverage) => {
    assert.equal(error, null);
    scripts = coverage.result;
  });
  assert.ok(scripts);
  return scripts;
}

/**
 * The work that a call does, counted and not timed: how often any block of code was entered. What built-in functions
 * do inside is not in it.
 */
export async function workOf(run: () => unknown): Promise<number> {
  taken();
  await run();
  let work = 0;
  for (const { url, functions } of taken()) {
    if (url.startsWith("node:")) continue;
    for (const { ranges } of functions) for (const { count } of ranges) work += count;
  }
  return work;
}

/** Twice the input may be no more work than this. */
const mostGrowth = 2.5;

/** Asserts that the work grows with the input and not faster, and that so much input stays within a budget. */
export async function assertLinear(
  size: number,
  budget: number,
  run: (size: number) => unknown,
): Promise<void> {
  const once = await workOf(() => run(size));
  const twice = await workOf(() => run(size * 2));
  assert.ok(once <= budget, `${once} blocks of code for an input of ${size}, and not at most ${budget}`);
  assert.ok(once >= size / 50, `${once} blocks of code for an input of ${size}: nothing was counted`);
  assert.ok(twice <= once * mostGrowth, `${twice} for twice the input, after ${once}`);
}

/** How often the event loop turned while a call ran. */
export async function turnsOf(run: () => Promise<unknown>): Promise<number> {
  let count = 0;
  let ended = false;
  const turn = () => {
    count += 1;
    if (!ended) setImmediate(turn);
  };
  setImmediate(turn);
  await run().finally(() => {
    ended = true;
  });
  return count;
}
