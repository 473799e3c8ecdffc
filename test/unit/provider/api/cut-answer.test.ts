import assert from "node:assert/strict";
import { test } from "node:test";
import { startOpenAIServer } from "../../../support/openai-server/server.ts";
import { isError, ProviderSession } from "../../../support/provider-session.ts";

/* An answer to a creation that is cut off behind the ID: what was paid for is kept, and never bought again. */

const paid = [
  ["openai_response", { model: "gpt-5.6-sol", input: "Say hello." }],
  ["openai_chat_completion", { model: "gpt-5.6-sol", messages: [{ role: "user", content: "Say hello." }] }],
] as const;

for (const [type, config] of paid) {
  test(`${type}: an answer that is cut behind its ID is read by it, and kept`, async (t) => {
    const server = await startOpenAIServer({ completions: [] });
    t.after(() => server.close());
    const session = new ProviderSession({ base_url: server.url, api_key: "sk-test", max_retries: 0 });
    server.fault({ method: "POST", cutAfter: 200, times: 1 });
    const { titles, kept } = await session.create(type, config);
    assert.ok(titles.includes("warning: Answer lost, and found again"), titles.join());
    assert.ok(!titles.some(isError), titles.join());
    assert.ok(kept);
    assert.ok(typeof kept.state.id === "string" && kept.state.id !== "");
    assert.equal(server.requests.filter(({ method }) => method === "POST").length, 1);
    assert.ok((await session.plan(type, config, kept)).empty, "nothing is bought again");
  });

  test(`${type}: an answer that is cut before its ID ends is an error that does not ask to try again`, async (t) => {
    const server = await startOpenAIServer({ completions: [] });
    t.after(() => server.close());
    const session = new ProviderSession({ base_url: server.url, api_key: "sk-test", max_retries: 0 });
    server.fault({ method: "POST", cutAfter: 12, times: 1 });
    const { titles, details, kept } = await session.create(type, config);
    assert.deepEqual([titles, kept ?? null], [["error: Answer cut short"], null]);
    assert.doesNotMatch(details.join(), /Try again/);
  });
}

test("an answer that names an object which cannot be read says the ID, for an import", async (t) => {
  const server = await startOpenAIServer({ completions: [] });
  t.after(() => server.close());
  const session = new ProviderSession({ base_url: server.url, api_key: "sk-test", max_retries: 0 });
  server.fault({ method: "POST", cutAfter: 200, times: 1 });
  server.fault({ method: "GET", error: "server_error", times: "always" });
  const config = { ...paid[0][1], timeouts: { create: "4s" } };
  const { titles, details } = await session.create("openai_response", config);
  assert.deepEqual(titles, ["error: Answer cut short"]);
  assert.match(details.join(), /began with the ID "resp_\w+": an import/);
});
