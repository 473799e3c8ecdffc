/**
 * The rate limiter of all requests of the process that share an origin and a key, whichever client sends them.
 *
 * Until the API says 429 the limiter only keeps a burst from being larger than what was answered so far. After a 429
 * everybody waits as long as the API asked; then requests leave evenly spaced, at a rate learnt from what the API
 * accepted between two 429s, which grows again slowly. So a limited API gets few requests more than it answers,
 * and hardly waits for us.
 *
 * @module
 */
import type { Clock } from "./clock.ts";
import { Pace } from "./pace.ts";

/** The requests in flight that need no proof that the API can take them. Terraform's own parallelism is 10. */
const firstWindow = 10;
/** The most requests in flight, and so sockets, of one origin and key. */
export const largestWindow = 64;
/** A limiter unused for so long forgets what it learnt. */
const forgetAfterMs = 60_000;

/** What became of a request: `limited` is a 429 about the rate, anything else the API or the network did is `other`. */
export type Outcome =
  | { readonly limited: false }
  | { readonly limited: true; readonly retryAfterMs: number | undefined };

/** Leave to send one request. `leave` must be called exactly once. */
export interface Ticket {
  leave(outcome: Outcome): void;
}

interface Waiter {
  readonly turn: number;
  /** When its time is over. */
  readonly deadline: number;
  admit(): void;
  giveUp(): void;
}

export class RateLimiter {
  readonly #clock: Clock;
  readonly #queue: Waiter[] = [];
  readonly #pace: Pace;
  #turns = 0;
  #inFlight = 0;
  #window = firstWindow;
  #pausedUntil = 0;
  #limitedAt = Number.NEGATIVE_INFINITY;
  #usedAt = 0;
  #wake: { at: number; cancel: AbortController } | undefined;

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#pace = new Pace();
  }

  /** A place in the order of arrival, which an operation keeps over its attempts. */
  turn(): number {
    this.#turns += 1;
    return this.#turns;
  }

  /** Milliseconds until the pause that a 429 asked for is over; 0 without one. */
  pauseLeft(): number {
    return Math.max(this.#pausedUntil - this.#clock.now(), 0);
  }

  /**
   * Waits for leave to send. Undefined: the signal aborted first, or the pause that a 429 asked for, of this request
   * or of another, lasts to the deadline (by the clock) or longer.
   */
  enter(turn: number, signal: AbortSignal, deadline = Number.POSITIVE_INFINITY): Promise<Ticket | undefined> {
    if (signal.aborted || this.#pausedUntil >= deadline) return Promise.resolve(undefined);
    return new Promise((resolve) => {
      const giveUp = () => {
        const index = this.#queue.indexOf(waiter);
        if (index >= 0) this.#queue.splice(index, 1);
        if (this.#queue.length === 0) this.#sleepOn();
        signal.removeEventListener("abort", giveUp);
        resolve(undefined);
      };
      const waiter: Waiter = {
        turn,
        deadline,
        admit: () => {
          signal.removeEventListener("abort", giveUp);
          resolve(this.#ticket());
        },
        giveUp,
      };
      signal.addEventListener("abort", giveUp, { once: true });
      const behind = this.#queue.findIndex((other) => other.turn > turn);
      this.#queue.splice(behind < 0 ? this.#queue.length : behind, 0, waiter);
      this.#pump();
    });
  }

  #ticket(): Ticket {
    const sentAt = this.#clock.now();
    let left = false;
    return {
      leave: (outcome) => {
        if (left) throw new Error("a ticket is left once");
        left = true;
        this.#inFlight -= 1;
        if (outcome.limited) this.#limited(sentAt, outcome.retryAfterMs);
        else this.#accepted();
        this.#pump();
      },
    };
  }

  #accepted(): void {
    this.#pace.accepted(this.#clock.now());
    this.#window = Math.min(this.#window + 1, largestWindow);
  }

  #limited(sentAt: number, hint: number | undefined): void {
    const now = this.#clock.now();
    if (sentAt <= this.#limitedAt) {
      // It left before the last 429 was known: nothing new, except that it may ask for a longer wait.
      if (hint !== undefined) this.#pauseUntil(now + hint);
      return;
    }
    this.#limitedAt = now;
    this.#window = 1;
    this.#pauseUntil(now + this.#pace.limited(sentAt, now, hint));
  }

  #pauseUntil(time: number): void {
    this.#pausedUntil = Math.max(this.#pausedUntil, time);
    for (const waiter of [...this.#queue]) if (waiter.deadline <= this.#pausedUntil) waiter.giveUp();
  }

  #pump(): void {
    for (;;) {
      const now = this.#clock.now();
      if (now - this.#usedAt > forgetAfterMs && this.#inFlight === 0 && now >= this.#pausedUntil)
        this.#forget();
      const next = this.#queue[0];
      if (next === undefined || this.#inFlight >= this.#allowed()) return;
      const at = Math.max(this.#pausedUntil, this.#pace.nextAt);
      if (at - now > 0.5) {
        this.#wakeAt(at, now);
        return;
      }
      this.#queue.shift();
      this.#inFlight += 1;
      this.#usedAt = now;
      this.#pace.sent(now);
      next.admit();
    }
  }

  /** A known rate is the better limit than a window. */
  #allowed(): number {
    return this.#pace.rate !== undefined ? largestWindow : this.#window;
  }

  #forget(): void {
    this.#window = firstWindow;
    this.#pace.forget();
  }

  /** Nobody waits any more: no timer needs to run, which a pause of hours would keep. */
  #sleepOn(): void {
    this.#wake?.cancel.abort();
    this.#wake = undefined;
  }

  #wakeAt(at: number, now: number): void {
    if (this.#wake !== undefined) {
      if (this.#wake.at <= at && this.#wake.at > now) return;
      this.#wake.cancel.abort();
    }
    const wake = { at, cancel: new AbortController() };
    this.#wake = wake;
    void this.#clock.sleep(at - now, wake.cancel.signal).then(() => {
      if (this.#wake !== wake) return;
      this.#wake = undefined;
      this.#pump();
    });
  }
}

const limiters = new Map<string, RateLimiter>();

/** The process's limiter for an origin and a credential (any text that differs from key to key). */
export function rateLimiterFor(origin: string, credential: string, clock: Clock): RateLimiter {
  const key = `${origin} ${credential}`;
  let limiter = limiters.get(key);
  if (limiter === undefined) {
    limiter = new RateLimiter(clock);
    limiters.set(key, limiter);
  }
  return limiter;
}
