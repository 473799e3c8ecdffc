import { setImmediate } from "node:timers/promises";

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

/** Does the work so that the event loop turns in between. What is little is done at once. */
export async function inPieces<T>(work: Pieces<T>): Promise<T> {
  for (let began = performance.now(); ; ) {
    const { done, value } = work.next();
    if (done) return value;
    if (performance.now() - began < TURN_MS) continue;
    await setImmediate();
    began = performance.now();
  }
}
