import { type Clock, monotonicNow } from "../../src/openai/clock.ts";

/** A clock that is `scale` times as fast as the system's. */
export function fastClock(scale: number): Clock {
  return {
    now: () => monotonicNow() * scale,
    date: () => Date.now(),
    random: () => 0,
    sleep: (ms, signal) =>
      new Promise((resolve) => {
        if (signal.aborted) return resolve();
        const done = () => {
          clearTimeout(timer);
          signal.removeEventListener("abort", done);
          resolve();
        };
        const timer = setTimeout(done, Math.min(ms / scale, 2 ** 31 - 1));
        signal.addEventListener("abort", done);
      }),
  };
}
