/**
 * The rate limiter of all requests of the process that share an origin and a key, whichever client sends them.
 *
 * Until the API says 429 the limiter only keeps a burst from being larger than what was answered so far. After a 429
 * everybody waits as long as the API asked; then requests leave evenly spaced, at a rate learnt from what the API
 * accepted between two 429s, which grows again slowly. So a limited API gets few requests more than it answers,
 * and hardly waits for us. The Administration API limits each endpoint by the minute, and has a limiter for each.
 *
 * @module
 */
import type { Clock } from "./clock.ts";
import type { RequestLog } from "./log.ts";
import { MinutePace } from "./minute-pace.ts";
import { largestWindow, Pace, type Pacing } from "./pace.ts";

/** The requests in flight that need no proof that the API can take them. Terraform's own parallelism is 10. */
const firstWindow = 10;
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

/** How long a request may wait for its turn. */
export interface Patience {
  /** When its time is over, by the clock. */
  readonly deadline?: number | undefined;
  /**
   * In place of a deadline: waiting costs the request nothing, as long as others are answered meanwhile. It gives up
   * where nothing was answered for so many milliseconds, or where the API asks for a longer pause.
   */
  readonly fruitlessMs?: number | undefined;
  /** Gets a line every ten seconds, of the first in the queue. */
  readonly log?: RequestLog | undefined;
}

interface Waiter extends Patience {
  readonly turn: number;
  readonly since: number;
  admit(): void;
  giveUp(): void;
}

/** How often a queue says that it is there. */
const reportMs = 10_000;

export class RateLimiter {
  readonly #clock: Clock;
  readonly #queue: Waiter[] = [];
  readonly #pace: Pacing;
  readonly #endpoint: string;
  #turns = 0;
  #inFlight = 0;
  #window = firstWindow;
  #pausedUntil = 0;
  /** As long as the API itself asked to wait. */
  #hintedUntil = 0;
  #limitedAt = Number.NEGATIVE_INFINITY;
  #usedAt = 0;
  /** When the last request was answered, or gave up. */
  #busyUntil: number;
  #answeredAt = Number.NEGATIVE_INFINITY;
  #report: AbortController | undefined;
  #wake: { at: number; cancel: AbortController } | undefined;

  /** @param endpoint What the limit is for, in the log. */
  constructor(clock: Clock, pace: Pacing = new Pace(), endpoint = "") {
    this.#clock = clock;
    this.#pace = pace;
    this.#busyUntil = clock.now();
    this.#endpoint = endpoint;
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
   * Waits for leave to send. Undefined: the signal aborted first, or a pause that a 429 led to, of this request or of
   * another, is longer than its patience.
   */
  enter(turn: number, signal: AbortSignal, patience: Patience = {}): Promise<Ticket | undefined> {
    const since = this.#clock.now();
    if (signal.aborted || this.isOver(patience, since)) return Promise.resolve(undefined);
    if (this.#inFlight === 0 && this.#queue.length === 0) this.#pace.rested(since - this.#busyUntil);
    return new Promise((resolve) => {
      const giveUp = () => {
        this.#busyUntil = this.#clock.now();
        const index = this.#queue.indexOf(waiter);
        if (index >= 0) this.#queue.splice(index, 1);
        if (this.#queue.length === 0) this.#rest();
        signal.removeEventListener("abort", giveUp);
        resolve(undefined);
      };
      let admitted = false;
      const waiter: Waiter = {
        ...patience,
        turn,
        since,
        admit: () => {
          admitted = true;
          signal.removeEventListener("abort", giveUp);
          resolve(this.#ticket());
        },
        giveUp,
      };
      const behind = this.#queue.findIndex((other) => other.turn > turn);
      this.#queue.splice(behind < 0 ? this.#queue.length : behind, 0, waiter);
      this.#pump();
      if (!admitted) signal.addEventListener("abort", giveUp, { once: true });
      if (this.#queue.length > 0) this.#reportQueue();
    });
  }

  /** Whether the pause in force is longer than the patience of a request that has waited since then. */
  isOver({ deadline = Number.POSITIVE_INFINITY, fruitlessMs }: Patience, since: number): boolean {
    if (fruitlessMs === undefined) return this.#pausedUntil >= deadline;
    const now = this.#clock.now();
    if (this.#hintedUntil - now >= fruitlessMs) return true;
    return this.#limitedAt > since && now - Math.max(since, this.#answeredAt) >= fruitlessMs;
  }

  #ticket(): Ticket {
    const sentAt = this.#clock.now();
    let left = false;
    return {
      leave: (outcome) => {
        if (left) throw new Error("a ticket is left once");
        left = true;
        this.#inFlight -= 1;
        this.#busyUntil = this.#clock.now();
        if (outcome.limited) this.#limited(sentAt, outcome.retryAfterMs);
        else this.#accepted(sentAt);
        this.#pump();
      },
    };
  }

  #accepted(sentAt: number): void {
    this.#answeredAt = this.#clock.now();
    this.#pace.accepted(sentAt, this.#clock.now());
    this.#window = Math.min(this.#window + 1, largestWindow);
  }

  #limited(sentAt: number, hint: number | undefined): void {
    const now = this.#clock.now();
    if (hint !== undefined) this.#hintedUntil = Math.max(this.#hintedUntil, now + hint);
    if (sentAt <= this.#limitedAt) {
      this.#pace.limitedToo?.(now);
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
    for (const waiter of [...this.#queue]) if (this.isOver(waiter, waiter.since)) waiter.giveUp();
  }

  #pump(): void {
    for (;;) {
      const now = this.#clock.now();
      if (now - this.#usedAt > forgetAfterMs && this.#inFlight === 0 && now >= this.#pausedUntil)
        this.#forget();
      const next = this.#queue[0];
      if (next === undefined) this.#rest();
      if (next === undefined || this.#inFlight >= this.#pace.inFlight(this.#window)) return;
      const at = Math.max(this.#pausedUntil, this.#pace.nextAt(now, this.#inFlight));
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

  #forget(): void {
    this.#window = firstWindow;
    this.#pace.forget();
  }

  /** Nobody waits any more: no timer needs to run, which a pause of hours would keep. */
  #rest(): void {
    this.#wake?.cancel.abort();
    this.#wake = undefined;
    this.#report?.abort();
    this.#report = undefined;
  }

  /** Says every ten seconds how many wait, as long as somebody does. */
  #reportQueue(): void {
    if (this.#report !== undefined || this.#queue[0]?.log === undefined) return;
    const cancel = new AbortController();
    this.#report = cancel;
    void this.#clock.sleep(reportMs, cancel.signal).then(() => {
      if (this.#report !== cancel) return;
      this.#report = undefined;
      const perSecond = this.#pace.rate;
      const waiting = this.#queue.length;
      this.#queue[0]?.log?.("info", "requests wait for the API's rate limit", () => ({
        endpoint: this.#endpoint,
        waiting,
        ...(perSecond === undefined
          ? {}
          : { per_minute: Math.round(perSecond * 60), seconds_left: Math.round(waiting / perSecond) }),
      }));
      this.#reportQueue();
    });
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
  return limiterOf(`${origin} ${credential}`, () => new RateLimiter(clock));
}

/** The process's limiter for one endpoint of the Administration API, which limits each for itself, by the minute. */
export function endpointLimiterFor(
  origin: string,
  credential: string,
  endpoint: string,
  clock: Clock,
): RateLimiter {
  return limiterOf(
    `${origin} ${credential} ${endpoint}`,
    () => new RateLimiter(clock, new MinutePace(), endpoint),
  );
}

function limiterOf(key: string, make: () => RateLimiter): RateLimiter {
  let limiter = limiters.get(key);
  if (limiter === undefined) {
    limiter = make();
    limiters.set(key, limiter);
  }
  return limiter;
}
