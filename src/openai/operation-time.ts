import type { Clock } from "./clock.ts";

/** The time of one operation, of which waiting for its turn may be no part. */
export class OperationTime {
  readonly #clock: Clock;
  readonly #limitMs: number;
  readonly #waited: ((ms: number) => void) | undefined;
  readonly started: number;
  #queued = 0;
  #queuedSince: number | undefined;

  /** @param waited Set: waiting for its turn is no part of the time, and is reported here. */
  constructor(clock: Clock, limitMs: number, waited: ((ms: number) => void) | undefined) {
    this.#clock = clock;
    this.#limitMs = limitMs;
    this.#waited = waited;
    this.started = clock.now();
  }

  /** Milliseconds. */
  left(): number {
    const now = this.#clock.now();
    return this.started + this.#limitMs + this.#notCounted(now) - now;
  }

  /** Milliseconds in the queue that are no part of the time. */
  #notCounted(now: number): number {
    return this.#waited === undefined ? 0 : this.#queued + now - (this.#queuedSince ?? now);
  }

  /** Waits for a turn. */
  async queueing<T>(wait: () => Promise<T>): Promise<T> {
    const since = this.#clock.now();
    this.#queuedSince = since;
    try {
      return await wait();
    } finally {
      this.#queuedSince = undefined;
      this.#queued += this.#clock.now() - since;
      this.#waited?.(this.#clock.now() - since);
    }
  }

  /** Resolves when the time is over, or when the signal aborts; false then. */
  async over(finished: AbortSignal): Promise<boolean> {
    let left = this.#limitMs;
    let added = 0;
    do {
      await this.#clock.sleep(left, finished);
      if (finished.aborted) return false;
      // Not what is left by the clock: a timer fires early in a busy process, and an attempt's would be over first.
      left = this.#notCounted(this.#clock.now()) - added;
      added += left;
    } while (left > 0);
    return true;
  }
}
