// Times cases in turn, A B A B …, so that a machine that slows down slows all of them.

/** @typedef {{ name: string, run: () => Promise<number> }} Case  the figure of one run */
/** @typedef {{ name: string, median: number, min: number, max: number, values: number[] }} Figure  one value a round */

/** @param {Case[]} cases @param {number} runs @returns {Promise<Figure[]>} */
export async function interleave(cases, runs) {
  /** @type {number[][]} */
  const figures = cases.map(() => []);
  for (let run = -1; run < runs; run += 1) {
    for (const [index, { run: measure }] of cases.entries()) {
      const figure = await measure();
      // The first round only warms the page cache.
      if (run >= 0) figures[index]?.push(figure);
    }
  }
  return cases.map(({ name }, index) => {
    const values = figures[index] ?? [];
    return { name, ...summary(values), values };
  });
}

/** @param {readonly number[]} values */
export function summary(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (/** @type {number} */ part) => sorted[Math.round((sorted.length - 1) * part)] ?? Number.NaN;
  return { min: at(0), median: at(0.5), max: at(1) };
}

/**
 * The median of what two figures give round by round: what slows a whole round changes nothing.
 * @param {Figure} one @param {Figure} other @param {(one: number, other: number) => number} [compare]
 */
export function paired(one, other, compare = (a, b) => a / b) {
  return summary(one.values.map((value, round) => compare(value, other.values[round] ?? Number.NaN))).median;
}

/** Prints figures with their ratios to the first. @param {string} title @param {Figure[]} figures @param {string} unit */
export function print(title, figures, unit) {
  console.log(title);
  const [floor] = figures;
  for (const figure of figures) {
    const { name, median, min, max } = figure;
    const ratio = floor === undefined ? "" : `  ${paired(figure, floor).toFixed(2)} ×`;
    const range = `(${min.toFixed(1)} to ${max.toFixed(1)})`;
    console.log(`  ${name.padEnd(52)} ${median.toFixed(1).padStart(8)} ${unit}  ${range}${ratio}`);
  }
  console.log("");
}
