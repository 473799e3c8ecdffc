import assert from "node:assert/strict";
import { after, describe, it } from "node:test";
import { setTimeout as delay } from "node:timers/promises";
import { configuration } from "./fixture.ts";
import { Pool } from "./pool.ts";
import { READ_ID, restore, stepNamed } from "./steps.ts";

/*
 * Answers that take long to digest: meanwhile the provider has to answer others, as Terraform's interrupt, its end
 * and a signal come by the same event loop.
 */

const pool = new Pool(1);
let memory: number | undefined;
const token = (count: number) =>
  `{"token":"a","logprob":-0.5,"bytes":[${Array(count).fill("1e-300").join(",")}]}`;
const choice = (inner: string) => `{"index":0,"message":{"content":"x"},"logprobs":{"content":[${inner}]}}`;
const completion = (choices: string, id = READ_ID) =>
  `{"object":"chat.completion","id":"${id}","choices":[${choices}]}`;
const list = (items: string) => `{"object":"list","data":[${items}],"has_more":false}`;
const many = (count: number, unit: string) => Array(count).fill(unit).join(",");

/** What is answered at which step, and how many bytes of state come of it at least. */
const cases: readonly (readonly [
  step: string,
  name: string,
  body: (kept: string) => string,
  least: number,
])[] = [
  ["read", "20,000 choices", () => completion(many(20_000, "{}")), 2_000_000],
  ["read", "300,000 bytes of a token", () => completion(choice(token(300_000))), 90_000_000],
  ["ephemeral open", "20,000 choices", () => completion(many(20_000, "{}")), 2_000_000],
  [
    "list: the last page",
    "a page of 150,000 items",
    () => list(Array.from({ length: 150_000 }, (_, i) => `{"id":"i${i}","choices":[]}`).join(",")),
    40_000_000,
  ],
  [
    "messages: the second page",
    "a page of 150,000 messages",
    () =>
      list(Array.from({ length: 150_000 }, (_, i) => `{"id":"m${i}","role":"user","content":"x"}`).join(",")),
    5_000_000,
  ],
  ["refresh", "20,000 choices", (kept) => completion(many(20_000, "{}"), kept), 2_000_000],
];

describe("while a long answer is digested, others are answered", { concurrency: 1 }, () => {
  after(async () => {
    memory = pool.peakMemory();
    await pool.end();
  });
  for (const [name, what, body, least] of cases) {
    it(`${name}: ${what}`, () =>
      pool.use(async (fixture) => {
        const { server, session } = fixture;
        const step = stepNamed(name);
        restore(fixture);
        await session.configure(configuration(server.url, "sk-digest", { timeout: "60s" }));
        server.fault({ body: body(fixture.kept.id), ...step.filter(fixture), times: 1 });
        let ended = false;
        let answered = 0;
        const others = (async () => {
          while (!ended) {
            await session.provider.call("GetMetadata", {});
            if (server.requests.length > step.before) answered += 1;
            // Often enough is known then; more calls only take time from the digestion.
            if (answered >= 20) await delay(20);
          }
        })();
        const outcome = await step.run({ ...fixture, time: "10m" }).finally(() => {
          ended = true;
        });
        await others;
        assert.deepEqual(outcome.titles, [], outcome.details.join("\n"));
        assert.ok((outcome.state?.length ?? 0) >= least, `${outcome.state?.length} bytes of state`);
        assert.ok(answered >= 10, `${answered} others were answered meanwhile`);
      }));
  }
});

it("figures", (t) => t.diagnostic(`${memory} MiB at most`));
