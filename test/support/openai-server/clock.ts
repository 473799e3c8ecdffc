/** The server's time, which tests move: it decides on visibility, expiry, `created` and the `Date` header. */
export class Clock {
  #offset = 0;

  /** Milliseconds since 1970. */
  now(): number {
    return Date.now() + this.#offset;
  }

  /** Whole seconds since 1970, as in `created`. */
  seconds(): number {
    return Math.floor(this.now() / 1000);
  }

  /** Sets the time; it goes on from there. */
  set(ms: number): void {
    this.#offset = ms - Date.now();
  }

  advance(ms: number): void {
    this.#offset += ms;
  }
}
