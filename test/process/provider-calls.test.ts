import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { after, before, describe, type TestContext, test } from "node:test";
import { encodeJSON, type ObjectValue, UNKNOWN, Unknown } from "../../src/cty/index.ts";
import { type OpenAIServer, startOpenAIServer } from "../support/openai-server/server.ts";
import { BuiltProvider, type StartOptions, until } from "./support/built-provider.ts";
import { message } from "./support/messages.ts";

let server: OpenAIServer;
before(async () => {
  server = await startOpenAIServer();
});
after(() => server.close());

function start(t: TestContext, options: StartOptions = {}): Promise<BuiltProvider> {
  const env = { OPENAI_API_KEY: "sk-process", OPENAI_BASE_URL: server.url, ...options.env };
  return BuiltProvider.start(t, { ...options, env });
}

/** A state as a plain object; integers beyond 2^53 do not survive this. */
function plain(provider: BuiltProvider, state: ObjectValue | undefined): Record<string, unknown> {
  assert.ok(state);
  return JSON.parse(encodeJSON(state, provider.dataSource));
}

function contentOf(provider: BuiltProvider, state: ObjectValue | undefined): unknown {
  const { choices } = plain(provider, state);
  assert.ok(Array.isArray(choices));
  return choices[0].message[0].content;
}

const completion = { completion_id: "chatcmpl-abc123" };
const haiku = "Plan, apply, done:\nthe state agrees with the world,\nuntil someone clicks.";

describe("the processes of one `terraform plan`, one after another", () => {
  test("the first is asked for its schema alone", async (t) => {
    const provider = await start(t);
    const schema = await provider.call("GetProviderSchema");
    assert.equal(message(schema.server_capabilities).get_provider_schema_optional, true);
    assert.deepEqual(schema.diagnostics, []);
    assert.deepEqual(await provider.client.shutdown(), { code: 0, signal: null });
    assert.equal(existsSync(provider.client.handshake.address), false);
  });

  test("the second validates, without being asked for a schema or configured", async (t) => {
    const provider = await start(t);
    // In this phase the values of all variables are unknown, defaults or not.
    assert.deepEqual(await provider.validateProvider({ api_key: UNKNOWN }), []);
    assert.deepEqual(await provider.validateData({ completion_id: UNKNOWN }), []);
    const refined = new Unknown({ nullness: "not_null", stringPrefix: "chatcmpl-" });
    assert.deepEqual(await provider.validateData({ completion_id: refined }), []);
    assert.deepEqual(await provider.validateData(completion), []);
    const [blank] = await provider.validateData({ completion_id: " " });
    assert.match(blank ?? "", /^ERROR .*completion_id/);
  });

  test("the third configures and reads, without being asked for a schema", async (t) => {
    const provider = await start(t);
    assert.deepEqual(await provider.validateProvider(), []);
    assert.deepEqual(await provider.configure(), []);
    assert.deepEqual(await provider.validateData(completion), []);
    const { state, diagnostics } = await provider.read(completion);
    assert.deepEqual(diagnostics, []);
    assert.equal(state?.seed, 6418230957741126813n, "every digit of a 64-bit integer");

    const { seed, response_json, ...rest } = plain(provider, state);
    const served = await fetch(`${server.url}/chat/completions/chatcmpl-abc123`, {
      headers: { authorization: "Bearer sk-process" },
    });
    assert.equal(response_json, await served.text());
    assert.deepEqual(rest, {
      ...nothing(provider, ["seed", "response_json"]),
      ...completion,
      id: createHash("sha256").update(`${server.origin}\nchatcmpl-abc123`).digest("hex"),
      object: "chat.completion",
      model: "gpt-4o-mini-2024-07-18",
      created: 1738962001,
      choices: [
        {
          index: 0,
          finish_reason: "stop",
          logprobs: null,
          message: [
            {
              role: "assistant",
              content: haiku,
              content_parts_json: null,
              name: null,
              refusal: null,
              function_call: [],
              tool_calls: [],
              annotations: null,
              audio: null,
            },
          ],
        },
      ],
      usage: { prompt_tokens: 26, completion_tokens: 19, total_tokens: 45 },
      metadata: {},
      request_id: "req_5f2c81d09a7b4e36b1c4d8e7f6a59032",
      service_tier: "default",
      system_fingerprint: "fp_7d3c9a41be",
      temperature: 1,
      top_p: 1,
      presence_penalty: 0,
      frequency_penalty: 0,
    });
  });
});

/** Null for every attribute but some. */
function nothing({ dataSource }: BuiltProvider, except: readonly string[]): Record<string, null> {
  assert.ok(dataSource.kind === "object");
  const names = [...dataSource.attributes.keys()].filter((name) => !except.includes(name));
  return Object.fromEntries(names.map((name) => [name, null]));
}

test("arguments come back as they were given, null where they were left out", async (t) => {
  const provider = await start(t);
  await provider.configure();
  const given = { ...completion, wait_timeout: "30s", api_key: "sk-of-this-read" };
  const { wait_timeout, api_key, timeouts } = plain(provider, (await provider.read(given)).state);
  assert.deepEqual([wait_timeout, api_key, timeouts], ["30s", "sk-of-this-read", null]);
  assert.equal(server.requests.at(-1)?.key, "sk-of-this-read");
});

test("a read before any Configure is an error that asks for a bug report, and no crash", async (t) => {
  const provider = await start(t);
  const { state, diagnostics } = await provider.read(completion);
  assert.equal(state, undefined);
  assert.match(diagnostics.join(), /^ERROR .*configured the provider/);
  assert.deepEqual(await provider.configure(), []);
  assert.deepEqual((await provider.read(completion)).diagnostics, []);
});

test("a second Configure replaces the first: key and server, and nothing of the first stays", async (t) => {
  const other = await startOpenAIServer({ completions: [{ id: "chatcmpl-abc123", content: "The other." }] });
  t.after(() => other.close());
  const provider = await start(t);
  await provider.configure({ api_key: "sk-first", organization: "org-first" });
  assert.equal(contentOf(provider, (await provider.read(completion)).state), haiku);
  assert.equal(server.requests.at(-1)?.key, "sk-first");
  assert.equal(server.requests.at(-1)?.headers["openai-organization"], "org-first");

  await provider.configure({ api_key: "sk-second", base_url: other.url });
  assert.equal(contentOf(provider, (await provider.read(completion)).state), "The other.");
  assert.equal(other.requests.length, 1);
  assert.equal(other.requests[0]?.key, "sk-second");
  assert.equal(other.requests[0]?.headers["openai-organization"], undefined);
});

test("two reads run side by side, and each gets its own answer", async (t) => {
  const provider = await start(t);
  await provider.configure();
  const ids = ["chatcmpl-abc123", "chatcmpl-null-content"];
  for (const id of ids) server.fault({ id, delayMs: 700 });
  const before = server.requests.length;
  let answered = 0;
  const reads = ids.map((completion_id) => provider.read({ completion_id }).finally(() => answered++));
  await until("two requests", () => server.requests.length === before + 2);
  assert.equal(answered, 0, "the second request does not wait for the first answer");
  const contents = (await Promise.all(reads)).map(({ state }) => contentOf(provider, state));
  assert.deepEqual(contents, [haiku, null]);
});

test("ten reads at once, as many as Terraform makes, come back each with its own completion", async (t) => {
  const provider = await start(t);
  await provider.configure();
  const seeds = Array.from({ length: 10 }, (_, index) => ({
    id: `chatcmpl-of-ten-${index}`,
    content: `answer ${index}`,
  }));
  server.seed(...seeds);
  const reads = await Promise.all(seeds.map(({ id }) => provider.read({ completion_id: id })));
  assert.deepEqual(
    reads.map(({ state }) => contentOf(provider, state)),
    seeds.map(({ content }) => content),
  );
});

test("a body of 16 MiB passes whole, in a message far beyond grpc-js's own limit", async (t) => {
  const content = "0123456789abcde\n".repeat(1024 * 1024);
  server.seed({ id: "chatcmpl-16mib", content });
  t.after(() => server.control.forget("chatcmpl-16mib"));
  const provider = await start(t);
  await provider.configure();
  const { state, diagnostics } = await provider.read({ completion_id: "chatcmpl-16mib" });
  assert.deepEqual(diagnostics, []);
  assert.ok(contentOf(provider, state) === content, "the content is another");
  assert.ok(String(state?.response_json).length > content.length);
});

test("a configuration of 8 MiB arrives whole too", async (t) => {
  const provider = await start(t);
  const [problem] = await provider.validateData({
    completion_id: `chatcmpl-\n${"a".repeat(8 * 1024 * 1024)}`,
  });
  assert.match(problem ?? "", /^ERROR .*completion_id/);
  assert.ok((problem ?? "").length < 2000, "the message does not repeat all of it");
});

test("a host without TLS is served the same in plaintext", async (t) => {
  const provider = await start(t, { tls: false });
  assert.equal(provider.client.handshake.certificate, "");
  assert.deepEqual(await provider.configure(), []);
  assert.equal(contentOf(provider, (await provider.read(completion)).state), haiku);
});

test("over TCP, as on Windows, everything goes as over a Unix socket", async (t) => {
  const provider = await start(t, { env: { PLUGIN_NETWORK: "tcp" } });
  assert.equal(provider.client.handshake.network, "tcp");
  await provider.configure();
  assert.equal(contentOf(provider, (await provider.read(completion)).state), haiku);
});
