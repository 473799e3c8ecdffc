import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import { decodeMsgpack, encodeMsgpack, type ObjectValue } from "../../src/cty/index.ts";
import { Diagnostics } from "../../src/framework/index.ts";
import { isObjectValue, ProviderServer, readDataSource } from "../../src/framework/server/index.ts";
import { isJsonArray, isJsonObject, jsonSource, parseJson } from "../../src/openai/index.ts";
import { OpenAIProvider } from "../../src/provider/openai-provider.ts";
import { openai } from "../../src/provider/provider.ts";
import { anyBytes, assertPassesAgree } from "../support/codec-passes.ts";
import { callContext, configuration, silent } from "../support/fake-provider.ts";
import { ownCompletions } from "../support/openai-server/completions.ts";
import type { ServerOptions } from "../support/openai-server/options.ts";
import { type OpenAIServer, startOpenAIServer } from "../support/openai-server/server.ts";
import { type Compared, canonical, compareLeaves } from "./completion-leaves.ts";
import { compare, recordedFiles, textOf } from "./recorded-bodies.ts";

interface NamedBody {
  readonly name: string;
  readonly text: string;
}

/** Names of the API's that have no attribute on purpose: the ID is the argument, and the rest is not the API's. */
const withoutAttribute = new Set(["id", "usage.compute_units"]);

/** Reads every body through the provider, from a server that answers with it, and compares. Some share an ID. */
async function compareAll(t: TestContext, bodies: readonly NamedBody[]): Promise<Compared[]> {
  const compared: Compared[] = [];
  for (const { name, text } of bodies) {
    const { id = "chatcmpl-without" } = JSON.parse(text);
    const state = await reader(await serve(t, { completions: [{ id, body: text }] }))(id);
    try {
      compared.push(compareLeaves(text, state));
    } catch (error) {
      throw new Error(`${name}: ${error instanceof Error ? error.message : error}`);
    }
  }
  return compared;
}

async function serve(t: TestContext, options: ServerOptions): Promise<OpenAIServer> {
  const server = await startOpenAIServer(options);
  t.after(() => server.close());
  return server;
}

/** Reads completions as Terraform would, down to MessagePack and back. */
function reader(server: OpenAIServer) {
  const declared = openai({});
  const framework = new ProviderServer(declared, silent);
  const config = configuration(declared.schema.attributes, {
    api_key: "sk-test",
    base_url: server.url,
    headers: new Map([["api-key", "sk-test"]]),
    query: new Map([["api-version", "preview"]]),
  });
  const diagnostics = new Diagnostics();
  const data = openai({ NO_PROXY: "*" }).configure({
    config,
    terraformVersion: "1.11.4",
    diagnostics,
    log: silent,
  });
  assert.ok(data instanceof OpenAIProvider, JSON.stringify([...diagnostics]));
  framework.configured(data);
  const source = declared.dataSources.get("openai_chat_completion");
  assert.ok(source);
  return async (completionId: string): Promise<ObjectValue> => {
    const arguments_ = configuration(source.schema.attributes, { completion_id: completionId });
    const response = await readDataSource(framework, source, arguments_, callContext);
    const { state, encoded, diagnostics: found } = response;
    assert.ok(state, `${completionId}: ${JSON.stringify([...found])}`);
    // The check's bytes are those of the state, whoever writes them; and no answer needs more than the single pass.
    assert.deepEqual(encoded, anyBytes(state, source.schema.type));
    assertPassesAgree(state, source.schema.type);
    const decoded = decodeMsgpack(encodeMsgpack(state, source.schema.type), source.schema.type);
    assert.ok(isObjectValue(decoded));
    return decoded;
  };
}

/** Reports what was compared, and that nothing was left to response_json but what is known to be. */
function report(
  t: TestContext,
  what: string,
  compared: readonly Compared[],
  known: readonly string[] = [],
): void {
  const sum = (of: (one: Compared) => number) => compared.reduce((total, one) => total + of(one), 0);
  const others = new Set(compared.flatMap((one) => one.onlyInResponse));
  const onlyInResponse = sum((one) => one.onlyInResponse.length);
  t.diagnostic(
    `${what}: ${compared.length} bodies; ${sum((one) => one.inAttributes)} leaves in attributes, ` +
      `${sum((one) => one.inJson)} in JSON attributes, ${onlyInResponse} in response_json alone ` +
      `(${[...others].join(", ")}); back from state: ${sum((one) => one.backwards)}`,
  );
  const unexpected = [...others].filter((name) => !withoutAttribute.has(name) && !known.includes(name));
  assert.deepEqual(unexpected, [], "names that no attribute has");
}

/** Every completion in the recorded files: alone, or as an item of a list. */
function recordedBodies(): NamedBody[] {
  return recordedFiles()
    .filter((file) => file.endsWith(".json") && !file.includes("request"))
    .flatMap((file) => completionsIn(file, textOf(file)));
}

function completionsIn(name: string, text: string): NamedBody[] {
  const body = parseJson(text);
  if (!isJsonObject(body)) return [];
  if (body.has("choices")) return [{ name, text }];
  const data = body.get("data");
  if (!isJsonArray(data)) return [];
  return data.flatMap((item, index) =>
    isJsonObject(item) && item.has("choices")
      ? [{ name: `${name} data[${index}]`, text: jsonSource(data, index) ?? "" }]
      : [],
  );
}

compare(
  "recorded, published and synthetic bodies are in state leaf by leaf, and nothing else is",
  async (t) => {
    const recorded = recordedBodies();
    assert.ok(recorded.length >= 32, `${recorded.length} bodies`);
    report(t, "recorded bodies", await compareAll(t, recorded));
  },
);

test("the local server's own completions are in state leaf by leaf, and nothing else is", async (t) => {
  const server = await serve(t, {});
  const bodies: NamedBody[] = [];
  for (const { id } of ownCompletions()) {
    bodies.push({ name: id, text: await answerOf(server, id) });
  }
  const known = ["field_of_tomorrow.nested"];
  report(t, "own bodies", await compareAll(t, bodies), known);
});

test("Azure's form of the same completions, read in Azure's way", async (t) => {
  const server = await serve(t, { mode: "azure" });
  const read = reader(server);
  const compared: Compared[] = [];
  for (const { id } of ownCompletions()) {
    compared.push(compareLeaves(await answerOf(server, id), await read(id)));
  }
  report(t, "Azure bodies", compared);
});

test("a completion as its creation answers it, with everything that the stored view leaves out", async (t) => {
  const server = await serve(t, { completions: [] });
  const texts: NamedBody[] = [];
  for (const more of [{}, { logprobs: true, top_logprobs: 2 }, { n: 3 }]) {
    const body = { model: "gpt-4o-mini", messages: [{ role: "user", content: "Hello" }], ...more };
    const answer = await fetch(`${server.url}/chat/completions`, {
      method: "POST",
      headers: { authorization: "Bearer sk-test" },
      body: JSON.stringify(body),
    });
    texts.push({ name: JSON.stringify(more), text: await answer.text() });
  }
  report(t, "create views", await compareAll(t, texts));
});

async function answerOf(server: OpenAIServer, id: string): Promise<string> {
  const path = `${server.url}/chat/completions/${encodeURIComponent(id)}?api-version=preview`;
  const response = await fetch(path, { headers: { authorization: "Bearer sk-test", "api-key": "sk-test" } });
  assert.equal(response.status, 200, id);
  return response.text();
}

test("the comparison finds a changed digit, a lost leaf, an invented one and a changed body", async (t) => {
  const server = await serve(t, {});
  const text = await answerOf(server, "chatcmpl-everything");
  const state = await reader(server)("chatcmpl-everything");
  compareLeaves(text, state);
  const changes: ObjectValue[] = [
    { seed: 6418230957741126814n },
    { model: null },
    { tool_choice_json: '"None"' },
    { moderation_json: "{}" },
    {
      metadata: new Map([
        ["kind", "everything"],
        ["more", ""],
      ]),
    },
    { choices: [] },
    { usage: null },
    { response_json: `${text} ` },
  ];
  for (const change of changes) {
    assert.throws(
      () => compareLeaves(text, { ...state, ...change }),
      assert.AssertionError,
      Object.keys(change)[0],
    );
  }
});

test("decimals are the same however they are written, and different where a digit is", () => {
  for (const text of ["1.50", "15e-1", "0.15E1", "1.5", "150e-2"]) assert.equal(canonical(text), "15e-1");
  assert.equal(canonical("-0.0"), "0");
  assert.notEqual(canonical("4944116822809979520"), canonical("4944116822809979521"));
  assert.notEqual(canonical("0.1"), canonical("0.10000000000000001"));
});
