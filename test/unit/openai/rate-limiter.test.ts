import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { systemClock } from "../../../src/openai/clock.ts";
import { RateLimiter, rateLimiterFor } from "../../../src/openai/rate-limiter.ts";
import { TurnClock } from "../../support/turn-clock.ts";
import {
  fixedWindow,
  type Limiter,
  load,
  milliseconds,
  noHint,
  slidingWindow,
  tokenBucket,
  VirtualClock,
  wholeSeconds,
} from "./limiters.ts";
import { client, errorBody, get, http } from "./support.ts";

const { signal } = new AbortController();

describe("500 reads of a limited API, in virtual time", () => {
  const limits: [string, (rate: number) => Limiter][] = [
    ["a token bucket that hints in whole seconds", (rate) => tokenBucket(rate, rate, wholeSeconds)],
    ["a token bucket that hints in milliseconds", (rate) => tokenBucket(rate, rate, milliseconds)],
    ["a token bucket without a hint", (rate) => tokenBucket(rate, rate, noHint)],
    ["a token bucket of two seconds", (rate) => tokenBucket(rate, rate * 2, wholeSeconds)],
    [
      "a bucket that saves nothing up and hints in milliseconds",
      (rate) => tokenBucket(rate, 1, milliseconds),
    ],
    ["a window of a second", (rate) => fixedWindow(rate, wholeSeconds)],
    ["a sliding window", (rate) => slidingWindow(rate, wholeSeconds)],
    ["a sliding window that hints in milliseconds", (rate) => slidingWindow(rate, milliseconds)],
  ];
  for (const [name, limiter] of limits) {
    for (const rate of [10, 20]) {
      for (const parallel of [10, 500]) {
        it(`${parallel} at a time, ${rate}/s, ${name}: at most 1.2 times the calls and 1.15 times the time`, async () => {
          const { calls, seconds } = await load(limiter(rate), { requests: 500, parallel, latencyMs: 20 });
          assert.ok(calls <= 600, `${calls} calls`);
          assert.ok(seconds <= (500 / rate) * 1.15, `${seconds} s`);
        });
      }
    }
  }

  for (const [name, limiter] of limits.filter(([name]) => !name.includes("saves nothing up"))) {
    it(`requests that are up to 50 ms late, ${name}: the same bounds`, async () => {
      const { calls, seconds } = await load(limiter(10), {
        requests: 500,
        parallel: 50,
        latencyMs: 20,
        jitterMs: 50,
      });
      assert.ok(calls <= 600, `${calls} calls`);
      assert.ok(seconds <= 50 * 1.15, `${seconds} s`);
    });
  }

  it("a limit of ten a minute is found, too", async () => {
    const { calls, seconds } = await load(tokenBucket(1 / 6, 10, wholeSeconds), {
      requests: 60,
      parallel: 10,
      latencyMs: 100,
    });
    assert.ok(calls <= 84, `${calls} calls`);
    assert.ok(seconds <= 345, `${seconds} s`);
  });

  it("an API without a limit is not slowed", async () => {
    const free = () => undefined;
    assert.ok((await load(free, { requests: 500, parallel: 10, latencyMs: 100 })).seconds <= 5.1);
    assert.ok((await load(free, { requests: 500, parallel: 500, latencyMs: 100 })).seconds <= 1.1);
  });

  it("after the pause nobody storms", async () => {
    const { arrivals } = await load(tokenBucket(10, 10, wholeSeconds), {
      requests: 200,
      parallel: 200,
      latencyMs: 20,
    });
    const first = arrivals[0] ?? 0;
    const burst = (from: number) => arrivals.filter((at) => at >= from && at < from + 100).length;
    assert.ok(burst(first) >= 10);
    for (const at of arrivals.filter((time) => time > first + 900))
      assert.ok(burst(at) <= 4, `${burst(at)} at ${at}`);
  });
});

describe("a limiter", () => {
  it("lets a waiting request go when its signal aborts, and never sends it", async () => {
    const clock = new VirtualClock();
    const limiter = new RateLimiter(clock);
    const held = await Promise.all(Array.from({ length: 10 }, () => limiter.enter(limiter.turn(), signal)));
    const stop = new AbortController();
    const waiting = limiter.enter(limiter.turn(), stop.signal);
    const behind = limiter.enter(limiter.turn(), signal);
    stop.abort();
    assert.equal(await waiting, undefined);
    held[0]?.leave({ limited: false });
    assert.ok(await behind);
    assert.equal(await limiter.enter(limiter.turn(), stop.signal), undefined);
  });

  it("lets those go at once whose time ends within a pause, and keeps those with time", async () => {
    const clock = new VirtualClock();
    const limiter = new RateLimiter(clock);
    const held = await Promise.all(Array.from({ length: 10 }, () => limiter.enter(limiter.turn(), signal)));
    const ended: string[] = [];
    const wait = (name: string, deadline: number) =>
      limiter.enter(limiter.turn(), signal, { deadline }).then((ticket) => {
        ended.push(`${name} ${ticket === undefined ? "gives up" : "enters"}`);
        ticket?.leave({ limited: false });
      });
    const waiting = [wait("short", 5_000), wait("equal", 120_000), wait("long", 120_001)];
    held[0]?.leave({ limited: true, retryAfterMs: 120_000 });
    await Promise.all(waiting.slice(0, 2));
    assert.deepEqual([ended, clock.now()], [["short gives up", "equal gives up"], 0]);
    assert.equal(
      await limiter.enter(limiter.turn(), signal, { deadline: 119_999 }),
      undefined,
      "nor is a new one kept",
    );
    for (const ticket of held.slice(1)) ticket?.leave({ limited: false });
    await clock.until(() => ended.length === 3);
    assert.deepEqual([ended[2], clock.now()], ["long enters", 120_000]);
  });

  it("keeps no timer for a pause of hours once nobody waits", async () => {
    const timers = new Set<AbortSignal>();
    const clock = {
      now: () => 0,
      date: () => 0,
      random: () => 0,
      sleep: (_: number, stop: AbortSignal) =>
        new Promise<void>((resolve) => {
          timers.add(stop);
          stop.addEventListener("abort", () => {
            timers.delete(stop);
            resolve();
          });
        }),
    };
    const limiter = new RateLimiter(clock);
    const ticket = await limiter.enter(limiter.turn(), signal);
    ticket?.leave({ limited: true, retryAfterMs: 7_200_000 });
    const stop = new AbortController();
    const waiting = limiter.enter(limiter.turn(), stop.signal);
    assert.equal(timers.size, 1);
    stop.abort();
    assert.equal(await waiting, undefined);
    assert.equal(timers.size, 0);
  });

  it("keeps the order of arrival over attempts", async () => {
    const clock = new VirtualClock();
    const limiter = new RateLimiter(clock);
    const first = limiter.turn();
    const ticket = await limiter.enter(first, signal);
    ticket?.leave({ limited: true, retryAfterMs: 1000 });
    const order: string[] = [];
    void limiter.enter(limiter.turn(), signal).then(() => order.push("later"));
    void limiter.enter(first, signal).then((again) => {
      order.push("first");
      again?.leave({ limited: false });
    });
    assert.equal(limiter.pauseLeft(), 1000);
    await clock.until(() => order.length === 2);
    assert.deepEqual(order, ["first", "later"]);
    assert.ok(clock.now() >= 1000);
  });

  it("is shared by origin and key, and by nobody else", () => {
    const limiter = rateLimiterFor("https://a.example", "k", systemClock);
    assert.equal(rateLimiterFor("https://a.example", "k", systemClock), limiter);
    assert.notEqual(rateLimiterFor("https://a.example", "other", systemClock), limiter);
    assert.notEqual(rateLimiterFor("https://b.example", "k", systemClock), limiter);
  });
});

describe("reads over sockets", () => {
  it("of two clients with one key keep to a limit together; another key goes on", async (t) => {
    const clock = new TurnClock(t, 2);
    const limits = new Map<string | undefined, Limiter>();
    let calls = 0;
    const port = await http(t, (request, response) => {
      const key = request.headers.authorization;
      const limiter =
        limits.get(key) ?? (key?.endsWith("free") ? () => undefined : tokenBucket(100, 20, milliseconds));
      limits.set(key, limiter);
      if (!key?.endsWith("free")) calls += 1;
      const refusal = limiter(clock.now());
      if (refusal === undefined) response.end("{}");
      else
        response
          .writeHead(429, { "retry-after-ms": `${refusal.hint}` })
          .end(errorBody({ code: "rate_limit_exceeded" }));
    });
    const base = `http://127.0.0.1:${port}`;
    const clients = [client(t, base, { clock }), client(t, base, { clock })];
    const limited = Promise.all(Array.from({ length: 200 }, (_, n) => clients[n % 2]?.send(get(`c${n}`))));
    const free = client(t, base, { clock, apiKey: "sk-free" });
    await Promise.all(Array.from({ length: 50 }, (_, n) => free.send(get(`c${n}`))));
    const freeTook = clock.now();
    assert.equal((await limited).length, 200);
    const took = clock.now();
    assert.ok(calls <= 252, `${calls} calls for 200 reads`);
    assert.ok(took >= 1_700, `${took} ms: the limit did not limit`);
    assert.ok(took <= 2_400, `${took} ms`);
    t.diagnostic(`${calls} calls, ${took} and ${freeTook} ms`);
    assert.ok(freeTook < took, `${freeTook} ms of ${took} ms`);
  });
});
