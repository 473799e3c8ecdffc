import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { MinutePace } from "../../../src/openai/minute-pace.ts";
import {
  fixedWindow,
  type Limiter,
  leastMs,
  load,
  milliseconds,
  noHint,
  punishingWindow,
  slidingWindow,
  startedWindow,
  tokenBucket,
  weightedWindows,
} from "./limiters.ts";

const minute = 60_000;

/** A kind of limit: at most so many requests a minute. */
interface Kind {
  readonly name: string;
  readonly limiter: (perMinute: number) => Limiter;
  /** When the first request leaves, by the limit's clock. */
  readonly startMs?: number;
  /** Calls for 100 requests. */
  readonly calls: number;
}

const sliding: Kind = {
  name: "a sliding window",
  limiter: (limit) => slidingWindow(limit, noHint, minute),
  calls: 106,
};
const byClock: Kind = {
  name: "a window that begins by the clock",
  limiter: (limit) => fixedWindow(limit, noHint, minute),
  calls: 106,
};
const bucket: Kind = {
  name: "a token bucket",
  limiter: (limit) => tokenBucket(limit / 60, limit, noHint),
  calls: 106,
};
const weighted: Kind = {
  name: "a window weighted with the one before",
  limiter: (limit) => weightedWindows(limit, minute),
  calls: 108,
};

const kinds: Kind[] = [
  sliding,
  byClock,
  ...[5, 15, 30, 45, 55].map((seconds) => ({
    ...byClock,
    name: `${byClock.name}, of which ${seconds} s are over`,
    startMs: seconds * 1000,
  })),
  {
    name: "a window that begins with the first request",
    limiter: (limit) => startedWindow(limit, noHint, minute),
    calls: 106,
  },
  weighted,
  { ...weighted, name: `${weighted.name}, of which 30 s are over`, startMs: 30_000 },
  bucket,
  ...[1, 2, 3, 5].map((saved) => ({
    name: `a token bucket that saves up ${saved}`,
    limiter: (limit: number) => tokenBucket(limit / 60, saved, noHint),
    calls: 108,
  })),
];

const latency = { latencyMs: 300, jitterMs: 100 };

describe("an endpoint that takes so many requests a minute and gives no hint, in virtual time", () => {
  for (const kind of kinds) {
    it(`100 of 7 to 10 a minute, ${kind.name}: 1.1 times the least time, and at most ${kind.calls} calls`, async () => {
      const { limiter, startMs = 0 } = kind;
      for (const perMinute of [7, 8, 9, 10]) {
        const least = leastMs(limiter(perMinute), 100, startMs) / 1000;
        for (const parallel of [10, 100]) {
          const options = { requests: 100, parallel, ...latency, startMs, pace: new MinutePace() };
          const { calls, seconds } = await load(limiter(perMinute), options);
          const what = `${perMinute} a minute, ${parallel} at a time`;
          assert.ok(seconds <= least * 1.1, `${what}: ${seconds} s of ${least}`);
          assert.ok(calls <= kind.calls, `${what}: ${calls} calls`);
        }
      }
    });

    it(`400 requests, ${kind.name}: what was learnt is kept`, async () => {
      const { limiter, startMs = 0 } = kind;
      const options = { requests: 400, parallel: 10, ...latency, startMs, pace: new MinutePace() };
      const { calls, seconds } = await load(limiter(7), options);
      const least = leastMs(limiter(7), 400, startMs) / 1000;
      assert.ok(seconds <= least * 1.06, `${seconds} s of ${least}`);
      assert.ok(calls <= 414, `${calls} calls`);
    });
  }

  it("answers that take a second cost little more", async () => {
    for (const kind of [sliding, byClock, bucket, weighted]) {
      const pace = new MinutePace();
      const slow = { requests: 100, parallel: 10, latencyMs: 1000, jitterMs: 300, pace };
      const { seconds } = await load(kind.limiter(10), slow);
      const ratio = (seconds * 1000) / leastMs(kind.limiter(10), 100);
      assert.ok(ratio <= 1.1, `${kind.name}: ${ratio}`);
    }
  });

  it("as many as a minute takes leave at once", async () => {
    for (const { limiter } of [sliding, byClock, bucket, weighted]) {
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
      for (const { name, limiter } of [sliding, byClock, bucket]) {
        const pace = new MinutePace();
        const { seconds } = await load(limiter(perMinute), { requests: 400, parallel: 10, ...latency, pace });
        const bound = (leastMs(limiter(perMinute), 400) / 1000) * most;
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

  it("a larger limit than usual that saves up few is found, though not at once", async () => {
    for (const saved of [1, 3, 5]) {
      const limiter = () => tokenBucket(1, saved, noHint);
      const pace = new MinutePace();
      const { calls, seconds } = await load(limiter(), { requests: 400, parallel: 100, ...latency, pace });
      assert.ok(seconds <= (leastMs(limiter(), 400) / 1000) * 1.9, `${saved} saved up: ${seconds} s`);
      assert.ok(calls <= 420, `${saved} saved up: ${calls} calls`);
    }
  });

  it("a limit that saves up two minutes' is not mistaken for twice as much", async () => {
    for (const perMinute of [7, 10]) {
      const limiter = () => tokenBucket(perMinute / 60, 2 * perMinute, noHint);
      const pace = new MinutePace();
      const { calls, seconds } = await load(limiter(), { requests: 100, parallel: 10, ...latency, pace });
      assert.ok(seconds <= (leastMs(limiter(), 100) / 1000) * 1.1, `${seconds} s`);
      assert.ok(calls <= 112, `${calls} calls`);
    }
  });

  it("a limit that changes is followed", async () => {
    for (const { name, limiter } of [sliding, byClock, bucket]) {
      for (const [before, after] of [
        [10, 3],
        [5, 10],
      ] as const) {
        const limits = [limiter(before), limiter(after)];
        let taken = 0;
        const changing: Limiter = (now) => {
          const isBefore = now < 5 * minute;
          const refusal = limits[isBefore ? 0 : 1]?.(now);
          if (isBefore && refusal === undefined) taken += 1;
          return refusal;
        };
        const pace = new MinutePace();
        const { seconds } = await load(changing, { requests: 200, parallel: 10, ...latency, pace });
        const least = 300 + ((200 - taken) * 60) / after;
        assert.ok(seconds <= least * 1.3, `${name}, ${before} to ${after}: ${seconds} s of ${least}`);
      }
    }
  });

  // Each refusal takes the place of a request: nobody can find the limit of the tenth window of ten in time.
  it("an API that counts refused requests, too, is not kept from answering by what it refuses", async () => {
    for (const [perMinute, most] of [
      [7, 1.05],
      [8, 1.05],
      [9, 1.05],
      [10, 1.15],
    ] as const) {
      const kind = { ...sliding, limiter: (limit: number) => punishingWindow(limit, minute) };
      const pace = new MinutePace();
      const options = { requests: 100, parallel: 10, ...latency, pace };
      const { calls, seconds } = await load(kind.limiter(perMinute), options);
      const least = (Math.ceil(100 / perMinute) - 1) * 60;
      assert.ok(seconds <= least * most, `${perMinute} a minute: ${seconds} s of ${least}`);
      assert.ok(calls <= 106, `${calls} calls`);
    }
  });

  it("answers that come late do not make a window seem larger than it is", async () => {
    const started: Kind = { ...sliding, limiter: (limit) => startedWindow(limit, noHint, minute) };
    for (const { limiter } of [sliding, started]) {
      for (const perMinute of [7, 10]) {
        for (const answerJitterMs of [0, 1000, 3000]) {
          for (const jitterMs of [0, 100, 2500]) {
            const pace = new MinutePace();
            const options = { requests: 400, parallel: 100, latencyMs: 300, jitterMs, answerJitterMs, pace };
            const { calls } = await load(limiter(perMinute), options);
            assert.ok(
              calls <= 408,
              `${perMinute} a minute, ${jitterMs} and ${answerJitterMs} ms: ${calls} calls`,
            );
          }
        }
      }
    }
  });

  it("one more than a window has is tried while all of it counts, and never on top of it", () => {
    const pace = new MinutePace();
    const answer = (sentAt: number, at: number, count: number) => {
      for (let n = 0; n < count; n += 1) pace.accepted(sentAt, at);
    };
    answer(0, 200, 10);
    for (const at of [300, 6_500, 33_500]) pace.limited(at, at + 100, undefined);
    for (let n = 1; n <= 5; n += 1) {
      answer(n * 61_000, n * 61_000 + 200, 8);
      answer(n * 61_000 + 1_200, n * 61_000 + 1_600, 2);
    }
    assert.equal(pace.rate, 10 / 60);
    // Five minutes later the window is taken for full as long as the last answer is a minute old, and not when the last
    // two came to the API.
    answer(366_000, 366_200, 8);
    assert.ok(pace.nextAt(366_300, 0) >= 306_600 + minute, "the two are waited for");
    answer(367_300, 367_500, 2);
    assert.ok(pace.nextAt(367_600, 0) <= 367_600, "one more is tried");
    assert.ok(pace.nextAt(367_600, 1) > 367_600, "alone");
    answer(367_600, 367_800, 1);
    assert.equal(pace.rate, 11 / 60);
  });

  it("what came slowly before does not let ten be refused at once", async () => {
    const limiter = slidingWindow(10, noHint, minute);
    const pace = new MinutePace();
    // One every ten seconds for an hour.
    for (let at = 0; at < 60 * minute; at += 10_000) {
      assert.equal(limiter(at), undefined);
      pace.sent(at);
      pace.accepted(at, at + 300);
    }
    const startMs = 60 * minute;
    const { calls } = await load(limiter, { requests: 30, parallel: 30, ...latency, startMs, pace });
    assert.ok(calls <= 36, `${calls} calls for 30`);
  });

  it("a refusal after a time without requests says nothing of the limit", () => {
    for (const quietMs of [61_000, 600_000]) {
      const pace = new MinutePace();
      for (let n = 0; n < 10; n += 1) pace.accepted(n * 100, n * 100);
      pace.limited(1_000, 1_300, undefined);
      pace.accepted(62_000, 62_000);
      const learnt = pace.rate;
      assert.ok(learnt !== undefined && learnt >= 10 / 60);
      pace.forget();
      const at = 62_000 + quietMs;
      pace.limited(at, at + 300, undefined);
      assert.equal(pace.rate, learnt);
    }
  });

  it("nor does a time without requests, after which others have the minute's, slow evenly spaced ones", async () => {
    for (const restMs of [90_000, 20 * minute]) {
      const pace = new MinutePace();
      const { seconds } = await load(bucket.limiter(10), { requests: 100, parallel: 10, ...latency, pace });
      const learnt = pace.rate ?? 0;
      assert.ok(learnt >= 9 / 60 && learnt <= 11 / 60, `${learnt * 60} a minute`);
      pace.rested(restMs);
      pace.forget();
      let at = seconds * 1000 + restMs;
      for (let n = 0; n < 2; n += 1) {
        pace.sent(at);
        pace.accepted(at, at + 300);
        at += 6_000;
      }
      pace.limited(at, at + 300, undefined);
      const { rate = 0 } = pace;
      assert.ok(rate >= learnt * 0.8, `${restMs / 1000} s: ${rate * 60} of ${learnt * 60} a minute`);
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
