/** Work that can be left between any two of its steps, and gone on with. */
export type Pieces<T> = Generator<undefined, T, undefined>;

/** How many elements of a list are a step. */
export const STEP = 64;

/** Does all of the work at once. */
export function atOnce<T>(work: Pieces<T>): T {
  for (;;) {
    const { done, value } = work.next();
    if (done) return value;
  }
}

/** Milliseconds after which others have their turn. */
const TURN_MS = 10;

/**
 * Does the work so that the event loop turns in between. What is little is done at once.
 *
 * @param check Called each time after others have had their turn. What it throws ends the work.
 */
export async function inPieces<T>(work: Pieces<T>, check?: () => void): Promise<T> {
  for (let began = now(); ; ) {
    const { done, value } = work.next();
    if (done) return value;
    if (now() - began < TURN_MS) continue;
    // Not node:timers/promises, which would be loaded for it.
    await new Promise((resolve) => setImmediate(resolve));
    check?.();
    began = now();
  }
}

/** Milliseconds since some moment, by a clock whose first use loads no part of Node. */
function now(): number {
  const [seconds, nanoseconds] = process.hrtime();
  return seconds * 1e3 + nanoseconds / 1e6;
}
