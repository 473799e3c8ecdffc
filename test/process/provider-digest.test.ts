import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { after, before, beforeEach, type TestContext, test } from "node:test";
import { setTimeout as delay } from "node:timers/promises";
import { type OpenAIServer, startOpenAIServer } from "../support/openai-server/server.ts";
import { type Arguments, BuiltProvider, until } from "./support/built-provider.ts";

/*
 * An answer that is received in a moment and takes seconds to digest: the provider must heed all that ends an
 * operation meanwhile.
 */

let server: OpenAIServer;
before(async () => {
  server = await startOpenAIServer();
});
beforeEach(() => server.control.reset());
after(() => server.close());

const completion = { completion_id: "chatcmpl-long" };
const bytes = Array(400_000).fill("1e-300").join(",");
const long =
  '{"object":"chat.completion","id":"chatcmpl-long","choices":[{"index":0,"message":{"content":"x"},"logprobs":' +
  `{"content":[{"token":"a","logprob":-0.5,"bytes":[${bytes}]}]}}]}`;

async function digesting(t: TestContext, config: Arguments = {}) {
  const env = { OPENAI_API_KEY: "sk-process", OPENAI_BASE_URL: server.url };
  const provider = await BuiltProvider.start(t, { env });
  assert.deepEqual(await provider.configure(), []);
  server.fault({ body: long });
  let ended = false;
  const result = provider.read({ ...completion, ...config }).finally(() => {
    ended = true;
  });
  result.catch(() => {});
  await until("the answer", () => server.requests[0]?.status !== undefined);
  return { provider, result, hasEnded: () => ended };
}

// As parsing, mapping, checking and encoding follow each other.
for (const ms of [50, 200, 600]) {
  test(`StopProvider ends it ${ms} ms after the answer`, async (t) => {
    const { provider, result, hasEnded } = await digesting(t);
    await delay(ms);
    assert.equal(hasEnded(), false, "there is still something to digest");
    await provider.call("StopProvider");
    const { state, diagnostics } = await result;
    assert.equal(state, undefined);
    assert.equal(diagnostics.length, 1);
    assert.match(diagnostics[0] ?? "", /^ERROR .*cancelled/i);
  });
}

test("the time that a read may take ends it", async (t) => {
  const { result } = await digesting(t, { timeouts: { read: "1s" } });
  const { state, diagnostics } = await result;
  assert.equal(state, undefined);
  assert.equal(diagnostics.length, 1);
  assert.match(diagnostics[0] ?? "", /^ERROR Read not finished in time/);
});

test("SIGTERM ends the process before it is digested", {
  skip: process.platform === "win32" ? "Windows has no signals" : false,
}, async (t) => {
  const { provider, result, hasEnded } = await digesting(t);
  await delay(200);
  assert.equal(hasEnded(), false, "there is still something to digest");
  provider.client.process.kill("SIGTERM");
  assert.deepEqual(await provider.client.exit, { code: 0, signal: null });
  await assert.rejects(result);
  assert.equal(existsSync(provider.client.handshake.address), false);
});
