import type { StartOptions } from "../process/support/built-provider.ts";
import { makePlace } from "./fixture.ts";
import type { Fixture } from "./steps.ts";

/** Places, started when they are first needed, each used by one test at a time. */
export class Pool {
  readonly #most: number;
  readonly #options: StartOptions;
  readonly #free: Fixture[] = [];
  readonly #waiting: ((fixture: Fixture) => void)[] = [];
  readonly #ends: (() => void | Promise<void>)[] = [];
  readonly #all: Fixture[] = [];
  #started = 0;

  constructor(most: number, options: StartOptions = {}) {
    this.#most = most;
    this.#options = options;
  }

  async use<T>(task: (fixture: Fixture) => Promise<T>): Promise<T> {
    const fixture = await this.#take();
    try {
      return await task(fixture);
    } finally {
      const next = this.#waiting.shift();
      if (next === undefined) this.#free.push(fixture);
      else next(fixture);
    }
  }

  /** MiB of the process that took most; undefined where the system does not say. */
  peakMemory(): number | undefined {
    const peaks = this.#all.map(({ session }) => session.peakMemory() ?? 0);
    return peaks.length === 0 ? undefined : Math.max(...peaks);
  }

  /** Ends all of them, the last first. */
  async end(): Promise<void> {
    for (const last of this.#ends.reverse()) await last();
  }

  async #take(): Promise<Fixture> {
    const free = this.#free.pop();
    if (free !== undefined) return free;
    if (this.#started === this.#most) return new Promise((resolve) => this.#waiting.push(resolve));
    this.#started += 1;
    const fixture = await makePlace({ after: (last) => this.#ends.push(last) }, this.#options).catch(
      (error) => {
        this.#started -= 1;
        throw error;
      },
    );
    this.#all.push(fixture);
    return fixture;
  }
}
