import type { TestContext } from "node:test";
import type { Clock } from "../../src/openai/clock.ts";

/**
 * Time that passes with this process's work, for tests over sockets: so many milliseconds with each turn of the event
 * loop, of which there is one a millisecond at most. Client and server live in it side by side, and a machine so busy
 * that both have to wait makes neither late. Time stands while another process that has to do its part is busy.
 */
export class TurnClock implements Clock {
  #now = 0;
  readonly #sleeping = new Set<{ readonly at: number; readonly wake: () => void }>();
  readonly #turnMs: number;
  readonly #isBusy: () => boolean;

  /**
   * Stops with the test.
   *
   * @param isBusy Whether another process works on what is sent next.
   */
  constructor(test: TestContext, turnMs: number, isBusy = () => false) {
    this.#turnMs = turnMs;
    this.#isBusy = isBusy;
    const timer = setInterval(() => this.#turn(), 1);
    test.after(() => clearInterval(timer));
  }

  now = () => this.#now;
  date = () => Date.now();
  random = () => 0;

  sleep(ms: number, signal: AbortSignal): Promise<void> {
    if (signal.aborted) return Promise.resolve();
    return new Promise((resolve) => {
      const sleeper = {
        at: this.#now + Math.max(ms, 1),
        wake: () => {
          this.#sleeping.delete(sleeper);
          signal.removeEventListener("abort", sleeper.wake);
          resolve();
        },
      };
      this.#sleeping.add(sleeper);
      signal.addEventListener("abort", sleeper.wake);
    });
  }

  #turn(): void {
    if (this.#isBusy()) return;
    this.#now += this.#turnMs;
    for (const { at, wake } of [...this.#sleeping]) if (at <= this.#now) wake();
  }
}
