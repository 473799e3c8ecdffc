import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { Decimal } from "../../../../src/cty/index.ts";
import { stringifyJson } from "../../../../src/openai/index.ts";
import { requestBody } from "../../../../src/provider/api/create.ts";
import { argumentPath } from "../../../../src/provider/api/param-path.ts";
import { argumentsByMember } from "../../../../src/provider/api/wire.ts";
import { keptCompletion } from "../../../../src/provider/chat-completion/resource.ts";
import { resourceAttributes } from "../../../../src/provider/chat-completion/resource-attributes.ts";
import { isSnapshotOf } from "../../../../src/provider/objects/answer-arguments.ts";
import { planned, type Written } from "./resource-config.ts";

test("an alias stands for its dated versions, and for nothing else", () => {
  for (const [name, alias, same] of [
    ["gpt-4o-2024-08-06", "gpt-4o", true],
    ["gpt-4-0613", "gpt-4", true],
    ["gpt-4o-mini-2024-07-18", "gpt-4o", false],
    ["gpt-4o", "gpt-4o-2024-08-06", false],
    ["gpt-4o-mini", "gpt-4o", false],
    [null, "gpt-4o", false],
  ] as const) {
    assert.equal(isSnapshotOf(name, alias), same, `${name} of ${alias}`);
  }
});

const { declaration } = keptCompletion;
const text = (written: Written) =>
  stringifyJson(
    requestBody(declaration, declaration.resource ?? { description: "" }, { ...planned(written) }),
  );
const paramPath = (param: string, values: object) => argumentPath(param, resourceAttributes, values);
const parameters = argumentsByMember(resourceAttributes);
const hello = [{ role: "user", content: "Hello" }];

test("only what is set is sent, with store, and with a no to streaming", () => {
  assert.equal(
    text({ model: "m", messages: hello }),
    '{"model":"m","messages":[{"role":"user","content":"Hello"}],"store":true,"stream":false}',
  );
});

test("zeros, false, empty texts and empty maps are sent: they are set", () => {
  const body = JSON.parse(
    text({
      model: "m",
      messages: [{ role: "user", content: "" }],
      temperature: 0,
      presence_penalty: 0,
      logprobs: false,
      top_logprobs: 0,
      metadata: new Map(),
    }),
  );
  assert.deepEqual(
    [
      body.messages[0].content,
      body.temperature,
      body.presence_penalty,
      body.logprobs,
      body.top_logprobs,
      body.metadata,
    ],
    ["", 0, 0, false, 0, {}],
  );
});

test("numbers keep their digits, in arguments and in JSON texts", () => {
  const body = text({
    model: "m",
    messages: hello,
    seed: -9223372036854775808n,
    temperature: new Decimal("0.1234567890123456789"),
    top_p: 0.7,
    logit_bias: new Map([["50256", -100]]),
    response_format_json: '{ "limit": 9007199254740993, "x": 1.50 }',
    extra_body_json: '{"tomorrow":1E400}',
  });
  for (const piece of [
    '"seed":-9223372036854775808',
    '"temperature":0.1234567890123456789',
    '"top_p":0.7',
    '"logit_bias":{"50256":-100}',
    '"response_format":{"limit":9007199254740993,"x":1.50}',
    '"tomorrow":1E400',
  ]) {
    assert.ok(body.includes(piece), `${piece} in ${body}`);
  }
});

test("every argument has its place in the body", () => {
  const written = {
    model: "m",
    messages: [
      { role: "developer", content: "Be brief.", name: "ops" },
      {
        role: "user",
        content_parts: [
          { type: "text", text: "What?" },
          { type: "image_url", image_url: { url: "https://a/b", detail: "low" } },
          { type: "input_audio", input_audio: { data: "AA==", format: "wav" } },
          { type: "file", file: { file_id: "file-1" } },
        ],
      },
      {
        role: "assistant",
        refusal: "No.",
        tool_calls: [
          { id: "1", type: "function", function: { name: "f", arguments: "{}" } },
          { id: "2", type: "custom", custom: { name: "c", input: "x" } },
        ],
      },
      { role: "tool", tool_call_id: "1", content: "done" },
    ],
    metadata: new Map([["__proto__", "kept"]]),
    tools: [
      {
        type: "function",
        function: { name: "f", description: "d", parameters_json: '{"type":"object"}', strict: true },
      },
      { type: "custom", custom: { name: "c", format_json: '{"type":"text"}' } },
    ],
    tool_choice: '{"type":"function","function":{"name":"f"}}',
    parallel_tool_calls: false,
    response_format_json: '{"type":"json_object"}',
    modalities: ["text", "audio"],
    audio: { voice: '{"id":"voice_1"}', format: "mp3" },
    prediction_json: '{"type":"content","content":"x"}',
    web_search_options_json: "{}",
    moderation_json: '{"model":"omni"}',
    max_completion_tokens: 5,
    max_tokens: 6,
    n: 2,
    temperature: 1.5,
    top_p: 0.5,
    presence_penalty: -1,
    frequency_penalty: 1,
    seed: 7,
    stop: ["a", "b"],
    logit_bias: new Map([["1", 2]]),
    logprobs: true,
    top_logprobs: 3,
    reasoning_effort: "low",
    verbosity: "high",
    service_tier: "flex",
    user: "u",
    safety_identifier: "s",
    prompt_cache_key: "k",
    prompt_cache_retention: "24h",
    prompt_cache_options_json: '{"mode":"explicit"}',
    extra_body_json: '{"tomorrow":{"a":[1]}}',
  };
  const body = JSON.parse(text(written));
  assert.deepEqual(body.messages, [
    { role: "developer", content: "Be brief.", name: "ops" },
    { role: "user", content: written.messages[1]?.content_parts },
    { role: "assistant", refusal: "No.", tool_calls: written.messages[2]?.tool_calls },
    { role: "tool", content: "done", tool_call_id: "1" },
  ]);
  assert.deepEqual(body.tools, [
    {
      type: "function",
      function: { name: "f", description: "d", parameters: { type: "object" }, strict: true },
    },
    { type: "custom", custom: { name: "c", format: { type: "text" } } },
  ]);
  assert.match(text(written), /"metadata":\{"__proto__":"kept"\}/);
  assert.deepEqual(body.tool_choice, { type: "function", function: { name: "f" } });
  assert.deepEqual(body.audio, { voice: { id: "voice_1" }, format: "mp3" });
  assert.deepEqual(body.tomorrow, { a: [1] });
  // Nothing is forgotten: each parameter that an argument stands for is in the body.
  assert.deepEqual(
    [...parameters.keys()].filter((name) => !Object.hasOwn(body, name)),
    [],
  );
  assert.equal(Object.keys(body).length, parameters.size + 3, "and store, stream and tomorrow");
});

test("write-only messages are sent in the same form", () => {
  assert.equal(
    text({
      model: "m",
      messages_wo: hello,
      messages_wo_version: 3,
      timeouts: { create: "1m" },
      on_expiry: "recreate",
      recreate_after_expiry: true,
    }),
    text({ model: "m", messages: hello }),
  );
});

test("a tool choice that is a word, and a voice that is a name, are sent as texts", () => {
  const body = JSON.parse(
    text({ model: "m", messages: hello, tool_choice: "auto", audio: { voice: "alloy", format: "wav" } }),
  );
  assert.deepEqual([body.tool_choice, body.audio.voice], ["auto", "alloy"]);
});

describe("the param of an error", () => {
  const written = { messages: [], extra_body_json: '{"tomorrow":1}' };
  for (const [param, path] of [
    ["model", "model"],
    ["messages", "messages"],
    ["messages[2].role", "messages[2].role"],
    ["messages.2.content", "messages[2].content"],
    ["messages[0].content[1].image_url", "messages[0].content_parts[1].image_url"],
    ["messages[0].tool_calls[1].function.arguments", "messages[0].tool_calls[1].function.arguments"],
    ["tools[1].function.parameters", "tools[1].function.parameters_json"],
    ["response_format.json_schema.name", "response_format_json"],
    ["metadata.team.name", 'metadata["team.name"]'],
    ["stop", "stop"],
    ["tomorrow.inner", "extra_body_json"],
  ] as const) {
    test(`${param} is ${path}`, () => assert.equal(String(paramPath(param, written)), path));
  }

  test("of write-only messages is theirs, and of no argument is none", () => {
    const hidden = { messages: null, messages_wo: [], extra_body_json: null };
    const path = paramPath("messages[0].content", hidden);
    assert.equal(String(path), "messages_wo[0].content");
    for (const param of ["completion_id", "", "store", "timeouts", "id", "messages_wo"]) {
      assert.equal(paramPath(param, written), undefined, param);
    }
  });
});
