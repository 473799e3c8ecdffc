/** Time and chance, so that tests of waiting need not wait. */
export interface Clock {
  /** Milliseconds; only differences mean anything. */
  now(): number;
  /** Milliseconds since 1970, to read a `Retry-After` that is a date. */
  date(): number;
  /** Resolves after `ms` milliseconds, or at once when the signal aborts. Never rejects. */
  sleep(ms: number, signal: AbortSignal): Promise<void>;
  /** From 0 up to but without 1. */
  random(): number;
}

/** setTimeout fires at once for anything longer. */
const longestTimer = 2 ** 31 - 1;

/**
 * Milliseconds that never go back, whatever happens to the time of day. Not `performance.now()`, the first use of which
 * loads a part of Node.
 */
export function monotonicNow(): number {
  const [seconds, nanoseconds] = process.hrtime();
  return seconds * 1_000 + nanoseconds / 1e6;
}

export const systemClock: Clock = {
  now: monotonicNow,
  date: () => Date.now(),
  random: () => Math.random(),
  sleep(ms, signal) {
    if (signal.aborted) return Promise.resolve();
    return new Promise((resolve) => {
      const done = () => {
        clearTimeout(timer);
        signal.removeEventListener("abort", done);
        resolve();
      };
      const timer = setTimeout(done, Math.min(Math.max(ms, 0), longestTimer));
      signal.addEventListener("abort", done);
    });
  },
};
