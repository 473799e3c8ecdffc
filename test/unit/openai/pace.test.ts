import assert from "node:assert/strict";
import { setMaxListeners } from "node:events";
import { describe, it } from "node:test";
import { Pace } from "../../../src/openai/pace.ts";
import { RateLimiter } from "../../../src/openai/rate-limiter.ts";
import { type Limiter, load, milliseconds, noHint, tokenBucket, VirtualClock } from "./limiters.ts";

const latencyMs = 20;

/** Requests of one limiter, in virtual time. */
class Client {
  readonly clock = new VirtualClock();
  readonly pace = new Pace();
  readonly #limiter = new RateLimiter(this.clock, this.pace);
  readonly #signal = new AbortController().signal;
  readonly #api: Limiter;
  calls = 0;

  constructor(api: Limiter) {
    this.#api = api;
    setMaxListeners(0, this.#signal);
  }

  async request(): Promise<void> {
    const turn = this.#limiter.turn();
    for (;;) {
      const ticket = await this.#limiter.enter(turn, this.#signal);
      if (ticket === undefined) throw new Error("nobody aborted");
      await this.clock.sleep(latencyMs, this.#signal);
      this.calls += 1;
      const refusal = this.#api(this.clock.now());
      ticket.leave(
        refusal === undefined ? { limited: false } : { limited: true, retryAfterMs: refusal.hint },
      );
      if (refusal === undefined) return;
    }
  }

  rest(ms: number): Promise<void> {
    return this.clock.sleep(ms, this.#signal);
  }

  /** So many, one after the other, with a rest after each. */
  async poll(count: number, restMs: number): Promise<void> {
    for (let n = 0; n < count; n += 1) {
      await this.request();
      await this.rest(restMs);
    }
  }

  /** So many at once; returns the seconds they take. */
  async burst(count: number): Promise<number> {
    const from = this.clock.now();
    await Promise.all(Array.from({ length: count }, () => this.request()));
    return (this.clock.now() - from) / 1000;
  }

  /** Lets time pass until the work ends. */
  async run<T>(work: () => Promise<T>): Promise<T> {
    const result = { value: undefined as T | undefined, isDone: false };
    const done = work().then((value) => {
      result.isDone = true;
      return value;
    });
    await this.clock.until(() => result.isDone);
    return done;
  }
}
/** No limit, but a 429 that asks for a short pause whenever one is set. */
class Hiccup {
  isDue = false;
  readonly limiter: Limiter = () => {
    if (!this.isDue) return undefined;
    this.isDue = false;
    return { hint: latencyMs };
  };
}

describe("a 429 after a time in which little was asked, in virtual time", () => {
  for (const [what, count, restMs] of [
    ["twenty polls a minute apart", 20, 59_000],
    ["polls every thirty seconds", 20, 30_000],
    ["polls every five seconds", 100, 5_000],
    ["polls every second", 100, 1_000],
    ["polls five times a second", 300, 200],
    ["three polls", 3, 20_000],
  ] as const) {
    it(`${what}: the rests do not slow what follows`, async () => {
      const hiccup = new Hiccup();
      const client = new Client(hiccup.limiter);
      const seconds = await client.run(async () => {
        await client.poll(count, restMs);
        hiccup.isDue = true;
        return client.burst(200);
      });
      assert.ok(seconds <= 6, `${seconds} s`);
    });
  }

  it("a burst, and a rest: the same", async () => {
    const hiccup = new Hiccup();
    const client = new Client(hiccup.limiter);
    const seconds = await client.run(async () => {
      await client.burst(20);
      await client.rest(50_000);
      hiccup.isDue = true;
      return client.burst(200);
    });
    assert.ok(seconds <= 2, `${seconds} s`);
  });

  it("ten requests a second without a rest, and then as many as are granted: their rate is found soon", async () => {
    const client = new Client(tokenBucket(100, 100, milliseconds));
    const seconds = await client.run(async () => {
      await client.poll(600, 80);
      return client.burst(500);
    });
    assert.ok(seconds <= 10, `${seconds} s`);
    assert.ok(client.calls <= 1_100 * 1.1, `${client.calls} calls`);
  });
});

describe("a rate that was learnt", () => {
  for (const restMs of [2_000, 20_000, 50_000]) {
    it(`does not grow while nothing is asked for ${restMs / 1000} s`, async () => {
      for (const hint of [milliseconds, noHint]) {
        const client = new Client(tokenBucket(10, 10, hint));
        const extra = await client.run(async () => {
          await client.burst(100);
          const before = client.calls;
          for (let n = 0; n < 8; n += 1) {
            await client.rest(restMs);
            const seconds = await client.burst(100);
            assert.ok(seconds <= 10.5, `${seconds} s`);
          }
          return client.calls - before - 800;
        });
        assert.ok(extra <= 11, `${hint.name}: ${extra} requests too many`);
      }
    });
  }

  it("is left behind within two minutes of asking once the limit is lifted", async () => {
    for (const limitedMs of [1_000, 30_000]) {
      const limited = tokenBucket(10, 10, noHint);
      const api: Limiter = (now) => (now < limitedMs ? limited(now) : undefined);
      const pace = new Pace();
      const requests = 2_000;
      const { seconds } = await load(api, { requests, parallel: 64, latencyMs, pace });
      assert.ok(seconds <= limitedMs / 1000 + 120, `${seconds} s`);
    }
  });
});
