import { setMaxListeners } from "node:events";
import type { Clock } from "../../../src/openai/clock.ts";
import type { Pacing } from "../../../src/openai/pace.ts";
import { RateLimiter } from "../../../src/openai/rate-limiter.ts";

/** Time that passes only when nothing else is left to do. */
export class VirtualClock implements Clock {
  #now: number;
  #events: { at: number; run: () => void }[] = [];
  constructor(startMs = 0) {
    this.#now = startMs;
  }
  now = () => this.#now;
  date = () => this.#now;
  random = () => 0;
  sleep(ms: number, signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      // Real timers wait at least a millisecond.
      const event = { at: this.#now + Math.max(ms, 1), run: resolve };
      const behind = this.#events.findIndex((other) => other.at > event.at);
      this.#events.splice(behind < 0 ? this.#events.length : behind, 0, event);
      signal.addEventListener("abort", () => resolve(), { once: true });
    });
  }
  /** As `until`, where work between two moments takes turns of the event loop: streams are read. */
  async untilIdle(done: () => boolean): Promise<void> {
    for (;;) {
      for (let turns = 0; turns < 8; turns += 1) await new Promise((resolve) => setImmediate(resolve));
      if (done()) return;
      this.#next();
    }
  }
  #next(): void {
    const event = this.#events.shift();
    if (event === undefined) throw new Error("everything waits for ever");
    this.#now = Math.max(this.#now, event.at);
    event.run();
  }
  /** Lets time pass until the condition holds. */
  async until(done: () => boolean): Promise<void> {
    for (;;) {
      for (let turns = 0; turns < 20; turns += 1) await Promise.resolve();
      if (done()) return;
      this.#next();
    }
  }
}

/** How a refusal says when to come back, given the true wait. */
export type Hint = (ms: number) => number | undefined;
export const wholeSeconds: Hint = (ms) => Math.max(Math.ceil(ms / 1000), 1) * 1000;
export const milliseconds: Hint = (ms) => Math.ceil(ms);
export const noHint: Hint = () => undefined;

/** Refuses at a time, with a hint, or lets through. */
export type Limiter = (now: number) => { readonly hint: number | undefined } | undefined;

export function tokenBucket(perSecond: number, burst: number, hint: Hint): Limiter {
  let tokens = burst;
  let last = 0;
  return (now) => {
    tokens = Math.min(burst, tokens + ((now - last) * perSecond) / 1000);
    last = now;
    if (tokens < 1) return { hint: hint(((1 - tokens) * 1000) / perSecond) };
    tokens -= 1;
    return undefined;
  };
}

export function fixedWindow(count: number, hint: Hint, windowMs = 1000): Limiter {
  let window = -1;
  let used = 0;
  return (now) => {
    const current = Math.floor(now / windowMs);
    if (current !== window) [window, used] = [current, 0];
    if (used >= count) return { hint: hint((current + 1) * windowMs - now) };
    used += 1;
    return undefined;
  };
}

export function slidingWindow(count: number, hint: Hint, windowMs = 1000): Limiter {
  let taken: number[] = [];
  return (now) => {
    taken = taken.filter((at) => at > now - windowMs);
    const first = taken[0];
    if (taken.length >= count && first !== undefined) return { hint: hint(first + windowMs - now) };
    taken.push(now);
    return undefined;
  };
}

/** A window that begins with the first request after the one before. */
export function startedWindow(count: number, hint: Hint, windowMs: number): Limiter {
  let [began, used] = [Number.NEGATIVE_INFINITY, 0];
  return (now) => {
    if (now >= began + windowMs) [began, used] = [now, 0];
    if (used >= count) return { hint: hint(began + windowMs - now) };
    used += 1;
    return undefined;
  };
}

/** Two windows by the clock, of which the earlier one counts as far as it is less than a window ago. No hint. */
export function weightedWindows(count: number, windowMs: number): Limiter {
  let [window, used, before] = [-1, 0, 0];
  return (now) => {
    const current = Math.floor(now / windowMs);
    if (current !== window) [before, window, used] = [current === window + 1 ? used : 0, current, 0];
    if (before * (1 - (now / windowMs - current)) + used + 1 > count) return { hint: undefined };
    used += 1;
    return undefined;
  };
}

/** A sliding window for which refused requests count, too. No hint. */
export function punishingWindow(count: number, windowMs: number): Limiter {
  let arrived: number[] = [];
  return (now) => {
    arrived = [...arrived.filter((at) => at > now - windowMs), now];
    return arrived.length > count ? { hint: undefined } : undefined;
  };
}

/** The milliseconds that so many requests take at least: of one that is sent whenever the limit lets it through. */
export function leastMs(limiter: Limiter, requests: number, startMs = 0): number {
  const stepMs = 50;
  let now = startMs;
  for (let taken = 0; taken < requests; ) {
    if (limiter(now) === undefined) taken += 1;
    else now += stepMs;
  }
  return now - startMs;
}

/** Sends requests through our rate limiter to a server that limits; returns the calls made and the seconds taken. */
export async function load(
  limiter: Limiter,
  options: {
    requests: number;
    parallel: number;
    latencyMs: number;
    jitterMs?: number;
    /** How much later an answer may come. */
    answerJitterMs?: number;
    pace?: Pacing;
    /** When the first leaves. */
    startMs?: number;
  },
) {
  const clock = new VirtualClock(options.startMs);
  const requests = new RateLimiter(clock, options.pace);
  const { signal } = new AbortController();
  setMaxListeners(0, signal);
  const arrivals: number[] = [];
  // The minimal standard generator: the same jitter in every run.
  let seed = 1;
  const jitter = (ms = 0) => {
    if (ms === 0) return 0;
    seed = (seed * 48_271) % 2_147_483_647;
    return (ms * seed) / 2_147_483_647;
  };
  let next = 0;
  let ended = 0;
  const one = async () => {
    const turn = requests.turn();
    for (;;) {
      const ticket = await requests.enter(turn, signal);
      if (ticket === undefined) throw new Error("nobody aborted");
      await clock.sleep(options.latencyMs / 2 + jitter(options.jitterMs), signal);
      arrivals.push(clock.now());
      const refusal = limiter(clock.now());
      await clock.sleep(options.latencyMs / 2 + jitter(options.answerJitterMs), signal);
      ticket.leave(
        refusal === undefined ? { limited: false } : { limited: true, retryAfterMs: refusal.hint },
      );
      if (refusal === undefined) return;
    }
  };
  const worker = async () => {
    while (next < options.requests) {
      next += 1;
      await one();
    }
    ended += 1;
  };
  for (let n = 0; n < options.parallel; n += 1) void worker();
  await clock.until(() => ended === options.parallel);
  const seconds = (clock.now() - (options.startMs ?? 0)) / 1000;
  return { calls: arrivals.length, seconds, arrivals };
}
