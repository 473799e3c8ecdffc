import assert from "node:assert/strict";
import { after, describe, it } from "node:test";
import { configuration } from "./fixture.ts";
import { Pool } from "./pool.ts";
import { READ_ID, restore } from "./steps.ts";

/*
 * What an API asks to wait, sensible or not: obeyed where the read has time for it, reported at once where it has not,
 * and as good as not said where it is no wait. The read has 30 seconds.
 */

/** `quick`: asked again within a moment. `given up`: longer than the read may take, so not asked again. */
const hints: readonly (readonly [
  what: string,
  headers: Record<string, string>,
  then: "quick" | "given up",
])[] = [
  ["none", {}, "quick"],
  ["0 seconds", { "retry-after": "0" }, "quick"],
  ["a fraction of a second", { "retry-after": "0.2" }, "quick"],
  ["blanks around it", { "retry-after": "  0  " }, "quick"],
  ["60 seconds", { "retry-after": "60" }, "given up"],
  ["two hours", { "retry-after": "7200" }, "given up"],
  ["two hours in milliseconds", { "retry-after-ms": "7200000" }, "given up"],
  ["61 seconds", { "retry-after": "61" }, "given up"],
  ["a negative number", { "retry-after": "-5" }, "quick"],
  ["a hundred years", { "retry-after": "3155760000" }, "given up"],
  ["a number of 400 digits", { "retry-after": "9".repeat(400) }, "quick"],
  ["an exponent", { "retry-after": "6e1" }, "quick"],
  ["a hexadecimal number", { "retry-after": "0x3c" }, "quick"],
  ["infinity", { "retry-after": "Infinity" }, "quick"],
  ["a list of numbers", { "retry-after": "50, 50" }, "quick"],
  ["nothing", { "retry-after": "" }, "quick"],
  ["nonsense", { "retry-after": "tomorrow, perhaps" }, "quick"],
  ["a date in the past", { "retry-after": "Fri, 07 Feb 2025 21:00:00 GMT" }, "quick"],
  ["a date in another century", { "retry-after": "Fri, 07 Feb 2225 21:00:00 GMT" }, "given up"],
  ["a date that is none", { "retry-after": "Fri, 99 Feb 2026 99:99:99 GMT" }, "quick"],
  ["a date in 50 seconds", { "retry-after": new Date(Date.now() + 50_000).toUTCString() }, "given up"],
  ["milliseconds", { "retry-after-ms": "30" }, "quick"],
  ["milliseconds over seconds", { "retry-after-ms": "30", "retry-after": "50" }, "quick"],
  ["nonsense in milliseconds, sense in seconds", { "retry-after-ms": "soon", "retry-after": "0" }, "quick"],
];

const pool = new Pool(4);
let calls = 0;
const started = performance.now();

describe("an API that asks to wait", { concurrency: 4 }, () => {
  after(() => pool.end());
  for (const status of [429, 503]) {
    for (const [what, headers, then] of hints) {
      it(`${status}, ${what}: ${then}`, () =>
        pool.use(async (fixture) => {
          const { server, session } = fixture;
          restore(fixture);
          await session.configure(configuration(server.url, `sk-${status}-${what.replace(/\W/g, "-")}`));
          server.fault({ method: "GET", id: READ_ID, status, headers, body: '{"error":{"message":"Wait"}}' });
          const timeouts = { read: "30s" };
          const begun = performance.now();
          const { titles } = await session.read("openai_chat_completion", {
            completion_id: READ_ID,
            timeouts,
          });
          const took = performance.now() - begun;
          calls += server.requests.length;
          const late =
            status === 429 ? "ERROR Rate limit not lifted in time" : "ERROR Read not finished in time";
          assert.deepEqual([titles, server.requests.length], then === "quick" ? [[], 2] : [[late], 1]);
          assert.ok(took < 15_000, `${Math.round(took)} ms`);
        }));
    }
  }
});

it("figures", (t) => {
  const seconds = Math.round((performance.now() - started) / 100) / 10;
  t.diagnostic(`${hints.length * 2} faults and rows, ${calls} calls, ${seconds} s`);
});
