import assert from "node:assert/strict";
import { test } from "node:test";
import type { OpenAIServer } from "../../support/openai-server/server.ts";
import { ask, errorOf, get, serve } from "./openai-server-client.ts";

const TOOL = {
  type: "function",
  function: {
    name: "look",
    description: "Looks",
    parameters: {
      type: "object",
      properties: { at: { type: "string" }, times: { type: "integer", default: 1.0 } },
    },
  },
};

function request(more: object = {}, text = "Hi"): object {
  return { model: "gpt-4o-mini", messages: [{ role: "user", content: text }], ...more };
}

async function create(server: OpenAIServer, body: object | string) {
  return ask(server, "POST", "/chat/completions", { body });
}

/** The body of a create request that succeeded. */
async function created(server: OpenAIServer, body: object) {
  const answer = await create(server, body);
  assert.equal(answer.status, 200, answer.text);
  return JSON.parse(answer.text);
}

test("an answer has the 8 keys of the create view, with details of usage, refusal and annotations", async (t) => {
  const server = await serve(t);
  const body = await created(server, request());
  assert.deepEqual(Object.keys(body), [
    "id",
    "object",
    "created",
    "model",
    "choices",
    "usage",
    "service_tier",
    "system_fingerprint",
  ]);
  assert.match(body.id, /^chatcmpl-[A-Za-z0-9]{29}$/);
  assert.equal(body.model, "gpt-4o-mini-2024-07-18");
  assert.deepEqual(body.choices[0].message, {
    role: "assistant",
    content: "You said: Hi",
    refusal: null,
    annotations: [],
  });
  assert.equal(body.usage.total_tokens, body.usage.prompt_tokens + body.usage.completion_tokens);
  assert.deepEqual(Object.keys(body.usage.completion_tokens_details), [
    "reasoning_tokens",
    "audio_tokens",
    "accepted_prediction_tokens",
    "rejected_prediction_tokens",
  ]);
});

test("the same request gets the same text and another ID", async (t) => {
  const server = await serve(t);
  const [one, two] = [await created(server, request()), await created(server, request())];
  assert.deepEqual(one.choices, two.choices);
  assert.notEqual(one.id, two.id);
});

test("only a completion with store true is stored, and none with zero data retention", async (t) => {
  const server = await serve(t);
  for (const store of [undefined, false, null]) await created(server, request({ store }));
  assert.deepEqual(server.control.ids(), []);
  const { id } = await created(server, request({ store: true }));
  assert.deepEqual(server.control.ids(), [id]);
  const marked = await created(server, request({ store: true }, "trigger:unstored"));
  assert.equal((await get(server, `/chat/completions/${marked.id}`)).status, 404);
  server.control.settings.zeroDataRetention = true;
  const kept = await created(server, request({ store: true }));
  assert.equal((await get(server, `/chat/completions/${kept.id}`)).status, 404);
  assert.equal(server.counts.paidCreates, 6);
});

test("the stored view repeats the request's parameters, numbers in their float spelling", async (t) => {
  const server = await serve(t);
  const { id } = await created(
    server,
    request({
      store: true,
      temperature: 0,
      top_p: 0.5,
      seed: 7,
      user: "u",
      tools: [TOOL],
      metadata: { a: "b" },
    }),
  );
  const { text } = await get(server, `/chat/completions/${id}`);
  assert.match(text, /"seed":7,"top_p":0\.5,"temperature":0\.0,/);
  const body = JSON.parse(text);
  assert.equal(body.input_user, "u");
  assert.deepEqual(body.metadata, { a: "b" });
  assert.deepEqual(Object.keys(body.tools[0].function), ["parameters", "description", "name"]);
});

test("refusal, annotations, token details and logprobs are lost in the stored view", async (t) => {
  const server = await serve(t);
  const { id, choices } = await created(server, request({ store: true, logprobs: true }, "trigger:refusal"));
  assert.equal(choices[0].message.content, null);
  assert.equal(typeof choices[0].message.refusal, "string");
  assert.ok(Array.isArray(choices[0].logprobs.refusal));
  const { text } = await get(server, `/chat/completions/${id}`);
  assert.doesNotMatch(text, /refusal|annotations|_details/);
  assert.equal(JSON.parse(text).choices[0].logprobs, null);
});

test("a tool that is forced by name is called with finish_reason stop, a required one with tool_calls", async (t) => {
  const server = await serve(t);
  const named = { type: "function", function: { name: "look" } };
  const forced = await created(server, request({ store: true, tools: [TOOL], tool_choice: named }));
  assert.equal(forced.choices[0].finish_reason, "stop");
  const call = forced.choices[0].message.tool_calls[0];
  assert.deepEqual(call.function, { name: "look", arguments: '{"at":"Hi","times":1}' });
  const required = await created(server, request({ tools: [TOOL], tool_choice: "required" }));
  assert.equal(required.choices[0].finish_reason, "tool_calls");
  const stored = JSON.parse((await get(server, `/chat/completions/${forced.id}`)).text);
  assert.deepEqual(Object.keys(stored.choices[0].message.tool_calls[0]), ["type", "function", "id"]);
});

test("tools are called in parallel, custom ones get text, and none are called with tool_choice none", async (t) => {
  const server = await serve(t);
  const tools = [TOOL, { type: "custom", custom: { name: "run" } }];
  const text = "trigger:parallel_tools";
  const both = await created(server, request({ tools }, text));
  const [first, second] = both.choices[0].message.tool_calls;
  assert.equal(first.type, "function");
  assert.deepEqual([second.type, second.custom], ["custom", { name: "run", input: text }]);
  const none = await created(server, request({ tools, tool_choice: "none" }, text));
  assert.equal(none.choices[0].message.tool_calls, undefined);
});

test("the deprecated functions get a function_call", async (t) => {
  const server = await serve(t);
  const body = await created(
    server,
    request({ functions: [TOOL.function], function_call: { name: "look" } }),
  );
  assert.equal(body.choices[0].finish_reason, "function_call");
  assert.equal(body.choices[0].message.function_call.name, "look");
});

test("n choices, logprobs with alternatives, a length limit and a JSON format are honoured", async (t) => {
  const server = await serve(t);
  const three = await created(server, request({ n: 3 }));
  assert.deepEqual(
    three.choices.map((choice: { index: number }) => choice.index),
    [0, 1, 2],
  );
  assert.equal(
    new Set(three.choices.map((choice: { message: { content: string } }) => choice.message.content)).size,
    3,
  );
  const probable = await created(server, request({ logprobs: true, top_logprobs: 2 }));
  assert.deepEqual(
    probable.choices[0].logprobs.content.map(
      (entry: { top_logprobs: unknown[] }) => entry.top_logprobs.length,
    ),
    [2, 2, 2],
  );
  const short = await created(server, request({ max_completion_tokens: 1 }));
  assert.deepEqual([short.choices[0].finish_reason, short.choices[0].message.content], ["length", "You "]);
  const json = await created(server, request({ response_format: { type: "json_object" } }));
  assert.deepEqual(JSON.parse(json.choices[0].message.content), { echo: "You said: Hi" });
});

test("answers with sound or from the web lack the keys that the real ones lack", async (t) => {
  const server = await serve(t);
  const sound = await created(
    server,
    request({ modalities: ["text", "audio"], audio: { voice: "alloy", format: "wav" } }),
  );
  assert.deepEqual(Object.keys(sound.choices[0]), ["index", "message", "finish_reason"]);
  assert.equal(sound.choices[0].message.audio.transcript, "You said: Hi");
  const web = await created(server, request({ web_search_options: {} }));
  assert.match(web.id, /^chatcmpl-[0-9a-f]{8}-/);
  assert.equal("service_tier" in web, false);
  const [{ url_citation: citation }] = web.choices[0].message.annotations;
  const content: string = web.choices[0].message.content;
  assert.equal(content.slice(citation.start_index, citation.end_index), "(example.com)");
});

const tooMany = Object.fromEntries(Array.from({ length: 17 }, (_, index) => [`k${index}`, "v"]));
const refused: [string, object, [number, string | null, string | null]][] = [
  ["no model", { model: undefined }, [400, null, null]],
  ["an unknown model", { model: "gpt-99" }, [404, null, "model_not_found"]],
  ["no messages", { messages: undefined }, [400, "messages", "missing_required_parameter"]],
  ["empty messages", { messages: [] }, [400, "messages", "empty_array"]],
  [
    "a message without a role",
    { messages: [{ content: "x" }] },
    [400, "messages[0].role", "missing_required_parameter"],
  ],
  [
    "an unknown role",
    { messages: [{ role: "boss", content: "x" }] },
    [400, "messages[0].role", "invalid_value"],
  ],
  ["a user without content", { messages: [{ role: "user" }] }, [400, "messages[0].content", null]],
  [
    "a tool's answer to nothing",
    { messages: [{ role: "tool", content: "x", tool_call_id: "c" }] },
    [400, "messages[0].role", null],
  ],
  ["an unknown parameter", { temprature: 1 }, [400, "temprature", "unknown_parameter"]],
  ["too high a temperature", { temperature: 2.5 }, [400, "temperature", "decimal_above_max_value"]],
  ["n = 0", { n: 0 }, [400, "n", "integer_below_min_value"]],
  ["n as text", { n: "1" }, [400, "n", "invalid_type"]],
  ["an unknown effort", { reasoning_effort: "huge" }, [400, "reasoning_effort", "invalid_value"]],
  ["tool_choice without tools", { tool_choice: "auto" }, [400, "tool_choice", null]],
  ["top_logprobs without logprobs", { top_logprobs: 1 }, [400, "top_logprobs", null]],
  ["metadata without store", { metadata: { a: "b" } }, [400, "metadata", null]],
  [
    "17 pairs of metadata",
    { store: true, metadata: tooMany },
    [400, "metadata", "object_above_max_properties"],
  ],
  [
    "a key of 65 characters",
    { store: true, metadata: { ["k".repeat(65)]: "" } },
    [400, "metadata", "property_name_above_max_length"],
  ],
  [
    "a value of 513 characters",
    { store: true, metadata: { a: "é".repeat(513) } },
    [400, "metadata.a", "string_above_max_length"],
  ],
  ["a number in metadata", { store: true, metadata: { a: 1 } }, [400, "metadata.a", "invalid_type"]],
  [
    "too long a context",
    { messages: [{ role: "user", content: "word ".repeat(110_000) }] },
    [400, "messages", "context_length_exceeded"],
  ],
  [
    "a forbidden prompt",
    { messages: [{ role: "user", content: "trigger:content_policy" }] },
    [400, null, "invalid_prompt"],
  ],
];

for (const [what, more, [status, param, code]] of refused) {
  test(`${what} is refused before anything is paid for`, async (t) => {
    const server = await serve(t);
    const answer = await create(server, request(more));
    assert.deepEqual(errorOf(answer), [status, "invalid_request_error", param, code]);
    assert.equal(server.counts.paidCreates, 0);
    assert.deepEqual(server.control.ids(), []);
  });
}

test("metadata at its limits and parameters that are null are accepted", async (t) => {
  const server = await serve(t);
  const metadata = Object.fromEntries(
    Array.from({ length: 16 }, (_, index) => [`${index}`.padEnd(64, "é"), "🎉".repeat(512)]),
  );
  await created(server, request({ store: true, metadata, temperature: null, tools: null, stop: null }));
  await created(server, request({ metadata: null }));
});

test("a body that is no JSON is refused", async (t) => {
  const server = await serve(t);
  assert.equal((await create(server, "{")).status, 400);
});

test("an error after the work was done is paid for and stored", async (t) => {
  const server = await serve(t);
  const answer = await create(server, request({ store: true }, "trigger:server_error"));
  assert.equal(answer.status, 500);
  assert.equal(server.counts.paidCreates, 1);
  assert.equal(server.control.ids().length, 1);
});
