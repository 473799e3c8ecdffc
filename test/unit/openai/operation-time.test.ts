import assert from "node:assert/strict";
import { test } from "node:test";
import type { Clock } from "../../../src/openai/clock.ts";
import { OperationTime } from "../../../src/openai/operation-time.ts";

/** A clock that runs when somebody sleeps, and whose timers fire a moment early, as a busy process's do. */
class EarlyClock implements Clock {
  readonly slept: number[] = [];
  readonly #early: number;
  time = 0;
  /** What is done in the first sleep. */
  meanwhile: (() => Promise<void>) | undefined;

  constructor(early: number) {
    this.#early = early;
  }

  now(): number {
    return this.time;
  }

  date(): number {
    return this.time;
  }

  random(): number {
    return 0.5;
  }

  async sleep(ms: number): Promise<void> {
    this.slept.push(ms);
    const end = this.time + ms - this.#early;
    const { meanwhile } = this;
    this.meanwhile = undefined;
    await meanwhile?.();
    this.time = end;
  }
}

const never = new AbortController().signal;

test("the time is over with its timer, however early that fires: an attempt's own would be first otherwise", async () => {
  for (const waited of [undefined, () => {}]) {
    const clock = new EarlyClock(5);
    assert.ok(await new OperationTime(clock, 3_000, waited).over(never));
    assert.deepEqual(clock.slept, [3_000]);
  }
});

test("what was spent in the queue is added, once, where it does not count", async () => {
  for (const counts of [true, false]) {
    const waits: number[] = [];
    const clock = new EarlyClock(0);
    const time = new OperationTime(clock, 3_000, counts ? undefined : (ms) => waits.push(ms));
    clock.meanwhile = () =>
      time.queueing(async () => {
        clock.time += 2_000;
      });
    assert.ok(await time.over(never));
    assert.deepEqual(waits, counts ? [] : [2_000]);
    assert.deepEqual(clock.slept, counts ? [3_000] : [3_000, 2_000]);
    assert.equal(time.left(), 0);
  }
});
