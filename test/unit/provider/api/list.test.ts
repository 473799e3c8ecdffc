import assert from "node:assert/strict";
import { describe, it, type TestContext } from "node:test";
import { atOnce } from "../../../../src/framework/index.ts";
import { parseJson } from "../../../../src/openai/index.ts";
import { Body } from "../../../../src/provider/api/body.ts";
import {
  mostListValues,
  ShapeError,
  Tally,
  TooManyValues,
} from "../../../../src/provider/api/shape-error.ts";
import { ProviderSession } from "../../../support/provider-session.ts";
import { http } from "../../openai/support.ts";

/** A list of so many pages of a hundred items each, and a session with a provider that asks for it. */
async function listOf(t: TestContext, pages: number): Promise<ProviderSession> {
  let page = 0;
  const port = await http(t, (_request, response) => {
    page += 1;
    const items = Array.from({ length: 100 }, (_, i) => `{"id":"x-${page}-${i}","role":"user","choices":[]}`);
    response.writeHead(200, { "content-type": "application/json" });
    response.end(`{"object":"list","data":[${items}],"has_more":${page < pages}}`);
  });
  return new ProviderSession({ base_url: `http://127.0.0.1:${port}/v1`, api_key: "sk-test" });
}

const lists = [
  ["openai_files", {}],
  ["openai_chat_completions", {}],
  ["openai_chat_completion_messages", { completion_id: "chatcmpl-x" }],
] as const;

describe("what is read of a list is limited over all of its pages", () => {
  for (const [type, config] of lists) {
    it(type, async (t) => {
      const counts = new Map<Tally, number>();
      const few = 30_000;
      t.mock.method(Tally.prototype, "count", function (this: Tally) {
        const count = (counts.get(this) ?? 0) + 1;
        counts.set(this, count);
        if (count > few) throw new TooManyValues(few);
      });
      assert.deepEqual((await (await listOf(t, 2)).read(type, config)).titles, []);
      const largest = Math.max(...counts.values());
      assert.ok(largest < few);
      counts.clear();
      const most = Math.ceil((few / largest) * 2) + 1;
      const { titles, details } = await (await listOf(t, most)).read(type, config);
      assert.deepEqual(titles, ["error: Answer too large"]);
      assert.match(details.join(), /it has more than 30,000 values\.\n\nAsk for less: set limit/);
    });
  }

  it("but not below 10,000 completions of an ordinary size", async (t) => {
    const counts = new Map<Tally, number>();
    t.mock.method(Tally.prototype, "count", function (this: Tally) {
      counts.set(this, (counts.get(this) ?? 0) + 1);
    });
    assert.deepEqual((await (await listOf(t, 2)).read("openai_chat_completions", {})).titles, []);
    // The items here have no usage and no message, which are as much again.
    assert.ok((Math.max(...counts.values()) / 200) * 2 * 10_000 < mostListValues);
  });
});

it("small numbers count, too, though for less", () => {
  const numbers = (count: number) =>
    new Body(parseJson(`[${Array(count).fill(7)}]`), "", undefined, new Tally(100));
  assert.equal(atOnce(numbers(700).numberPieces())?.length, 700);
  assert.throws(() => atOnce(numbers(1_000).numberPieces()), ShapeError);
});
