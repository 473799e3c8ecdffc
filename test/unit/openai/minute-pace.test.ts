import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { MinutePace } from "../../../src/openai/minute-pace.ts";
import {
  fixedWindow,
  type Limiter,
  load,
  milliseconds,
  noHint,
  slidingWindow,
  tokenBucket,
} from "./limiters.ts";

const minute = 60_000;

/** The kinds of limit by the minute, and the seconds that so many requests must take. */
const kinds: [string, (perMinute: number) => Limiter, (requests: number, perMinute: number) => number][] = [
  [
    "a sliding window",
    (limit) => slidingWindow(limit, noHint, minute),
    (requests, limit) => (Math.ceil(requests / limit) - 1) * 60,
  ],
  [
    "a window that begins by the clock",
    (limit) => fixedWindow(limit, noHint, minute),
    (requests, limit) => (Math.ceil(requests / limit) - 1) * 60,
  ],
  [
    "a token bucket",
    (limit) => tokenBucket(limit / 60, limit, noHint),
    (requests, limit) => ((requests - limit) * 60) / limit,
  ],
];

const latency = { latencyMs: 300, jitterMs: 100 };

describe("an endpoint that takes so many requests a minute and gives no hint, in virtual time", () => {
  for (const [name, limiter, least] of kinds) {
    for (const perMinute of [7, 8, 10]) {
      for (const parallel of [10, 100]) {
        it(`100 of ${perMinute} a minute, ${parallel} at a time, ${name}: 1.1 times the time, and few calls more`, async () => {
          const pace = new MinutePace();
          const { calls, seconds } = await load(limiter(perMinute), {
            requests: 100,
            parallel,
            ...latency,
            pace,
          });
          assert.ok(seconds <= least(100, perMinute) * 1.1, `${seconds} s of ${least(100, perMinute)}`);
          assert.ok(calls <= 107, `${calls} calls`);
        });
      }
    }

    it(`400 requests, ${name}: what was learnt is kept`, async () => {
      const pace = new MinutePace();
      const { calls, seconds } = await load(limiter(7), { requests: 400, parallel: 10, ...latency, pace });
      assert.ok(seconds <= least(400, 7) * 1.05, `${seconds} s of ${least(400, 7)}`);
      assert.ok(calls <= 420, `${calls} calls`);
    });
  }

  it("as many as a minute takes leave at once", async () => {
    for (const [, limiter] of kinds) {
      const { calls, seconds } = await load(limiter(7), {
        requests: 7,
        parallel: 7,
        ...latency,
        pace: new MinutePace(),
      });
      assert.equal(calls, 7);
      assert.ok(seconds <= 3, `${seconds} s`);
    }
  });

  it("of a window that began before, the next one is found", async () => {
    const options = { requests: 100, parallel: 10, ...latency, startMs: 30_000 };
    const { calls, seconds } = await load(fixedWindow(7, noHint, minute), {
      ...options,
      pace: new MinutePace(),
    });
    assert.ok(seconds <= 810 * 1.1, `${seconds} s`);
    assert.ok(calls <= 107, `${calls} calls`);
  });

  it("an endpoint without a limit is not slowed", async () => {
    const pace = new MinutePace();
    const { seconds } = await load(() => undefined, { requests: 500, parallel: 10, latencyMs: 100, pace });
    assert.ok(seconds <= 6, `${seconds} s`);
  });

  it("larger limits and smaller ones are found", async () => {
    for (const [perMinute, most] of [
      [3, 1.1],
      [60, 1.15],
      [300, 1.2],
    ] as const) {
      for (const [name, limiter, least] of kinds) {
        const pace = new MinutePace();
        const { seconds } = await load(limiter(perMinute), { requests: 400, parallel: 10, ...latency, pace });
        const bound = least(400, perMinute) * most;
        assert.ok(seconds <= bound, `${perMinute} a minute, ${name}: ${seconds} s of ${bound}`);
      }
    }
  });

  it("a minute of which another process used most is not taken for the limit", async () => {
    const shared = slidingWindow(10, noHint, minute);
    for (let used = 0; used < 8; used += 1) shared(0);
    const pace = new MinutePace();
    const { seconds } = await load(shared, { requests: 100, parallel: 10, ...latency, pace });
    assert.ok(seconds <= 600 * 1.15, `${seconds} s`);
  });

  it("an API that counts refused requests, too, is not kept from answering by what it refuses", async () => {
    for (const perMinute of [7, 10]) {
      let arrived: number[] = [];
      const limiter: Limiter = (now) => {
        arrived = [...arrived.filter((at) => at > now - minute), now];
        return arrived.length > perMinute ? { hint: undefined } : undefined;
      };
      const pace = new MinutePace();
      const { calls, seconds } = await load(limiter, { requests: 100, parallel: 10, ...latency, pace });
      assert.ok(seconds <= (Math.ceil(100 / perMinute) - 1) * 60 * 1.15, `${seconds} s`);
      assert.ok(calls <= 110, `${calls} calls`);
    }
  });

  it("a refusal after a time without requests says nothing of the limit", () => {
    for (const quietMs of [61_000, 600_000]) {
      const pace = new MinutePace();
      for (let n = 0; n < 10; n += 1) pace.accepted(n * 100);
      pace.limited(1_000, 1_300, undefined);
      pace.accepted(62_000);
      const learnt = pace.rate;
      assert.ok(learnt !== undefined && learnt >= 10 / 60);
      pace.forget();
      const at = 62_000 + quietMs;
      pace.limited(at, at + 300, undefined);
      assert.equal(pace.rate, learnt);
    }
  });

  it("what the API itself asks to wait is waited", async () => {
    const pace = new MinutePace();
    const options = { requests: 50, parallel: 10, latencyMs: 20, pace };
    const { arrivals, calls } = await load(slidingWindow(7, milliseconds, minute), options);
    assert.ok(calls <= 56, `${calls} calls`);
    assert.ok((arrivals[8] ?? 0) >= minute - 1_000, "the eighth waits for its minute");
  });
});
