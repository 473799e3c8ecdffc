import assert from "node:assert/strict";
import { it } from "node:test";
import { type Arguments, block } from "../support/configurations.ts";
import { diagnosticsOf, errorsByName } from "../support/diagnostics.ts";
import { startOpenAIServer } from "../support/openai-server/server.ts";
import { Workspace } from "../support/terraform.ts";

it("arguments that can find nothing are refused before anybody is asked", async (test) => {
  const server = await startOpenAIServer({ completions: [] });
  test.after(() => server.close());
  const rows: Record<string, { values: Arguments; at: string; says: string[] }> = {
    order: { values: { order: "newest" }, at: "order", says: ['"asc"', '"desc"', 'Given: "newest"'] },
    limit: { values: { limit: 0 }, at: "limit", says: ["at least 1", "Given: 0"] },
    fraction: { values: { limit: 1.5 }, at: "limit", says: ["whole number"] },
    model: { values: { model: " " }, at: "model", says: ["must not be blank"] },
    after: { values: { after: "chatcmpl-1\n" }, at: "after", says: ["control characters"] },
    key: {
      values: { metadata: { ["k".repeat(65)]: "v" } },
      at: "metadata",
      says: ["at most 64 characters", "65"],
    },
    value: {
      values: { metadata: { team: "v".repeat(513) } },
      at: "metadata",
      says: ["at most 512 characters", "513"],
    },
    pairs: {
      values: { metadata: Object.fromEntries(Array.from({ length: 17 }, (_, at) => [`k${at}`, "v"])) },
      at: "metadata",
      says: ["at most 16 keys"],
    },
    time: { values: { timeouts: { read: "0" } }, at: "read", says: ["duration above 0"] },
  };
  const work = new Workspace(test, { OPENAI_API_KEY: "sk-list", OPENAI_BASE_URL: server.url }).write(
    "main.tf",
    Object.entries(rows)
      .map(([name, { values }]) => block(`data "openai_chat_completions" "${name}"`, values))
      .join(""),
  );
  const result = await work.run(["validate", "-json"]);
  assert.equal(diagnosticsOf(result).length, Object.keys(rows).length, result.output);
  const errors = errorsByName(result);
  for (const [name, { at, says }] of Object.entries(rows)) {
    const error = errors.get(name);
    assert.ok(error !== undefined, name);
    assert.match(error.summary, new RegExp(`"${at}"`));
    for (const piece of says) assert.ok(error.detail.includes(piece), `${piece} is not in: ${error.detail}`);
  }
  assert.equal(server.requests.length, 0);
});
