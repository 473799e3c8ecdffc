// Times cases in turn, A B A B …, so that a machine that slows down slows all of them.

/** @typedef {{ name: string, run: () => Promise<number> }} Case  milliseconds of one run */

/** @param {Case[]} cases @param {number} runs */
export async function interleave(cases, runs) {
  /** @type {number[][]} */
  const times = cases.map(() => []);
  for (let run = -1; run < runs; run += 1) {
    for (const [index, { run: measure }] of cases.entries()) {
      const time = await measure();
      // The first round only warms the page cache.
      if (run >= 0) times[index]?.push(time);
    }
  }
  return cases.map(({ name }, index) => {
    const sorted = [...(times[index] ?? [])].sort((a, b) => a - b);
    const at = (/** @type {number} */ part) => sorted[Math.round((sorted.length - 1) * part)] ?? Number.NaN;
    return { name, min: at(0), median: at(0.5), max: at(1) };
  });
}
