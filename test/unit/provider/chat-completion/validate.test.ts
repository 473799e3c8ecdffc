import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { Decimal, UNKNOWN } from "../../../../src/cty/index.ts";
import { chatCompletionResource, diagnose, type Written } from "./resource-config.ts";

const user = { role: "user", content: "Hello" };
const fine = { model: "m", messages: [user] };
const call = { id: "c", type: "function", function: { name: "f", arguments: "{}" } };
const tool = { type: "function", function: { name: "f" } };
const long = (length: number) => "x".repeat(length);
const map = (entries: Record<string, unknown>) => new Map(Object.entries(entries));

/** Arguments beside a model and a message, the path of the error, and a piece of what it says. */
const bad: readonly (readonly [Written, string, string])[] = [
  [{ model: " " }, "model", "must not be blank"],
  [{ on_expiry: "forget" }, "on_expiry", 'must be one of "warn", "keep", "recreate"'],
  [{ messages: null }, "messages", "messages_wo_version"],
  [{ messages: [] }, "messages", "must not be empty"],
  [{ messages: null, messages_wo: [], messages_wo_version: 1 }, "messages_wo", "must not be empty"],
  [{ messages_wo: [user], messages_wo_version: 1 }, "messages_wo", "Only one of"],
  [{ messages: null, messages_wo: [user] }, "messages_wo_version", "set it to 1"],
  [{ messages_wo_version: 1 }, "messages_wo_version", 'only allowed with "messages_wo"'],
  [{ messages: [{ role: "robot", content: "x" }] }, "messages[0].role", "must be one of"],
  [{ messages: [user, { role: "user" }] }, "messages[1]", 'needs "content" or "content_parts"'],
  [{ messages: [{ role: "assistant" }] }, "messages[0]", "tool_calls"],
  [{ messages: [{ role: "tool", tool_call_id: "c" }] }, "messages[0]", "needs"],
  [{ messages: [{ role: "tool", content: "x" }] }, "messages[0].tool_call_id", "that call's ID"],
  [{ messages: [{ role: "function", content: "x" }] }, "messages[0].name", "name of the function"],
  [{ messages: [{ ...user, tool_call_id: "c" }] }, "messages[0].tool_call_id", 'role "tool"'],
  [{ messages: [{ ...user, tool_calls: [call] }] }, "messages[0].tool_calls", 'role "assistant"'],
  [{ messages: [{ ...user, refusal: "no" }] }, "messages[0].refusal", 'role "assistant"'],
  [
    { messages: [{ ...user, content_parts: [{ type: "text", text: "x" }] }] },
    "messages[0].content_parts",
    "either",
  ],
  [{ messages: [{ role: "user", content_parts: [] }] }, "messages[0].content_parts", "must not be empty"],
  [{ messages: [{ role: "assistant", tool_calls: [] }] }, "messages[0].tool_calls", "must not be empty"],
  [
    { messages: [{ role: "user", content_parts: [{ type: "text" }] }] },
    "messages[0].content_parts[0].text",
    "is set",
  ],
  [
    { messages: [{ role: "user", content_parts: [{ type: "smell" }] }] },
    "messages[0].content_parts[0].type",
    "one of",
  ],
  [
    { messages: [{ role: "user", content_parts: [{ type: "text", text: "x", file: { file_id: "f" } }] }] },
    "messages[0].content_parts[0].file",
    "nothing else",
  ],
  [
    { messages: [{ role: "user", content_parts: [{ type: "file", file: { filename: "f" } }] }] },
    "messages[0].content_parts[0].file",
    "file_data",
  ],
  [
    { messages: [{ role: "assistant", tool_calls: [{ ...call, function: null }] }] },
    "messages[0].tool_calls[0].function",
    "is set",
  ],
  [
    { messages: null, messages_wo: [{ role: "tool", content: "x" }], messages_wo_version: 1 },
    "messages_wo[0].tool_call_id",
    "that call's ID",
  ],
  [
    { metadata: map(Object.fromEntries(Array.from({ length: 17 }, (_, i) => [i, "v"]))) },
    "metadata",
    "17 keys",
  ],
  [{ metadata: map({ [long(65)]: "v" }) }, `metadata["${long(65)}"]`, "64 characters"],
  [{ metadata: map({ "": "v" }) }, 'metadata[""]', "empty"],
  [{ metadata: map({ k: long(513) }) }, 'metadata["k"]', "has 513"],
  [{ tools: [] }, "tools", "must not be empty"],
  [{ tools: [{ type: "function" }] }, "tools[0].function", "is set"],
  [{ tools: [{ ...tool, custom: { name: "c" } }] }, "tools[0].custom", "nothing else"],
  [{ tools: [{ type: "magic" }] }, "tools[0].type", "one of"],
  [{ tools: [{ type: "function", function: { name: "a b" } }] }, "tools[0].function.name", "underscores"],
  [{ tools: [{ type: "function", function: { name: long(65) } }] }, "tools[0].function.name", "64"],
  [
    { tools: [{ type: "function", function: { name: "f", parameters_json: "{" } }] },
    "tools[0].function.parameters_json",
    "not JSON",
  ],
  [
    { tools: [{ type: "custom", custom: { name: "c", format_json: "[]" } }] },
    "tools[0].custom.format_json",
    "a list",
  ],
  [{ tool_choice: "auto" }, "tool_choice", 'only allowed with "tools"'],
  [{ tools: [tool], tool_choice: "sometimes" }, "tool_choice", '"none", "auto" or "required"'],
  [{ tools: [tool], tool_choice: "{" }, "tool_choice", "not JSON"],
  [{ parallel_tool_calls: true }, "parallel_tool_calls", 'only allowed with "tools"'],
  [{ top_logprobs: 2 }, "top_logprobs", "logprobs = true"],
  [{ top_logprobs: 2, logprobs: false }, "top_logprobs", "logprobs = true"],
  [{ top_logprobs: 21, logprobs: true }, "top_logprobs", "from 0 to 20"],
  [{ top_logprobs: -1, logprobs: true }, "top_logprobs", "from 0 to 20"],
  [{ max_tokens: 1, max_completion_tokens: 1 }, "max_tokens", "Only one of"],
  [{ max_tokens: 0 }, "max_tokens", "1 or more"],
  [{ max_completion_tokens: 0 }, "max_completion_tokens", "1 or more"],
  [{ max_completion_tokens: 1.5 }, "max_completion_tokens", "whole number"],
  [{ n: 0 }, "n", "from 1 to 128"],
  [{ n: 129 }, "n", "from 1 to 128"],
  [{ temperature: 2.1 }, "temperature", "from 0 to 2"],
  [{ temperature: -0.1 }, "temperature", "from 0 to 2"],
  [{ top_p: 1.01 }, "top_p", "from 0 to 1"],
  [{ presence_penalty: -2.5 }, "presence_penalty", "from -2 to 2"],
  [{ frequency_penalty: 3 }, "frequency_penalty", "from -2 to 2"],
  [{ seed: 0.5 }, "seed", "whole number"],
  [{ seed: 2n ** 63n }, "seed", "9223372036854775807"],
  [{ seed: new Decimal("0.1234567890123456789") }, "seed", "whole number"],
  [{ stop: [] }, "stop", "from 1 to 4"],
  [{ stop: ["1", "2", "3", "4", "5"] }, "stop", "5 elements"],
  [{ logit_bias: map({ "1": 101 }) }, 'logit_bias["1"]', "from -100 to 100"],
  [{ logit_bias: map({ the: 1 }) }, "logit_bias", "token's ID"],
  [{ modalities: [] }, "modalities", "must not be empty"],
  [{ modalities: ["text", "audio"] }, "modalities", 'needs "audio"'],
  [{ audio: { voice: " ", format: "wav" } }, "audio.voice", "blank"],
  [{ audio: { voice: "alloy", format: "midi" } }, "audio.format", "one of"],
  [{ response_format_json: "text" }, "response_format_json", "not JSON"],
  [{ response_format_json: '"text"' }, "response_format_json", "a string"],
  [{ prediction_json: "null" }, "prediction_json", "null"],
  [{ web_search_options_json: "1" }, "web_search_options_json", "a number"],
  [{ moderation_json: "{]" }, "moderation_json", "not JSON"],
  [{ reasoning_effort: "" }, "reasoning_effort", "blank"],
  [{ verbosity: "" }, "verbosity", "blank"],
  [{ service_tier: "" }, "service_tier", "blank"],
  [{ user: "" }, "user", "blank"],
  [{ prompt_cache_key: " " }, "prompt_cache_key", "blank"],
  [{ safety_identifier: long(129) }, "safety_identifier", "128 characters"],
  [{ extra_body_json: "[1]" }, "extra_body_json", "a list"],
  [{ extra_body_json: '{"temperature":1}' }, "extra_body_json", 'the argument "temperature"'],
  [{ extra_body_json: '{"response_format":{}}' }, "extra_body_json", 'the argument "response_format_json"'],
  [{ extra_body_json: '{"messages":[]}' }, "extra_body_json", 'the argument "messages"'],
  [{ extra_body_json: '{"store":false}' }, "extra_body_json", "always sends it as true"],
  [{ extra_body_json: '{"stream":true}' }, "extra_body_json", "reads answers whole"],
  [{ store: false }, "store", "cannot do without storing"],
  [{ stream: true }, "stream", "read whole"],
  [{ stream: false }, "stream", "read whole"],
  [{ stream_options: map({}) }, "stream_options", "read whole"],
  [{ functions: [] }, "functions", 'Use "tools"'],
  [{ function_call: "auto" }, "function_call", 'Use "tool_choice"'],
  [{ response_format: "text" }, "response_format", "response_format_json = jsonencode"],
  [{ prediction: "x" }, "prediction", "prediction_json"],
  [{ web_search_options: "x" }, "web_search_options", "web_search_options_json"],
  [{ moderation: "x" }, "moderation", "moderation_json"],
  [
    { tools: [{ type: "function", function: { name: "f", parameters: "{}" } }] },
    "tools[0].function.parameters",
    "parameters_json = jsonencode",
  ],
  [
    { tools: [{ type: "custom", custom: { name: "c", format: "{}" } }] },
    "tools[0].custom.format",
    "format_json = jsonencode",
  ],
  [{ messages: [{ ...user, function_call: map({ name: "f" }) }] }, "messages[0].function_call", "tool_calls"],
  [{ messages: [{ ...user, audio: map({ id: "a" }) }] }, "messages[0].audio", "transcript"],
  [{ timeouts: { create: "0" } }, "timeouts.create", "above 0"],
  [{ timeouts: { delete: "soon" } }, "timeouts.delete", "duration"],
];

describe("a bad argument is one error, on its path", () => {
  for (const [written, path, says] of bad) {
    test(`${path}: ${says}`, () => {
      const found = diagnose({ ...fine, ...written });
      assert.deepEqual(
        found.map((diagnostic) => [diagnostic.severity, String(diagnostic.path)]),
        [["error", path]],
        JSON.stringify(found),
      );
      assert.ok(found[0]?.detail.includes(says), found[0]?.detail);
    });
  }
});

test("recreate_after_expiry is deprecated, and an error beside on_expiry", () => {
  const found = (written: Written) =>
    diagnose({ ...fine, ...written }).map(({ severity, path, detail }) => `${severity} ${path}: ${detail}`);
  const deprecated = /^warning recreate_after_expiry: Use on_expiry/;
  for (const value of [true, false]) {
    const [warning, ...more] = found({ recreate_after_expiry: value });
    assert.match(warning ?? "", deprecated);
    assert.deepEqual(more, []);
    const both = found({ recreate_after_expiry: value, on_expiry: "keep" });
    assert.equal(both.length, 2);
    assert.match(both[1] ?? "", /^error recreate_after_expiry: Only one of .* Remove all but one/);
  }
  assert.equal(found({ recreate_after_expiry: UNKNOWN, on_expiry: "keep" }).length, 0, "not known yet");
});

const good: readonly Written[] = [
  {},
  { store: true },
  {
    messages: [
      { role: "assistant", tool_calls: [call] },
      { role: "tool", tool_call_id: "c", content: "" },
    ],
  },
  {
    messages: [
      { role: "assistant", refusal: "No." },
      { role: "function", name: "f" },
    ],
  },
  { messages: [{ role: "user", content_parts: [{ type: "file", file: { file_data: "data:,x" } }] }] },
  { metadata: map(Object.fromEntries(Array.from({ length: 16 }, (_, i) => [`${i}${long(62)}`, long(512)]))) },
  // Characters, and not UTF-16 units, are counted.
  { metadata: map({ ["🙂".repeat(64)]: "🙂".repeat(512) }) },
  { metadata: map({}), timeouts: {} },
  { tools: [tool], tool_choice: ' {"type":"function","function":{"name":"f"}}', parallel_tool_calls: false },
  {
    top_logprobs: 0,
    logprobs: true,
    n: 128,
    temperature: 2,
    top_p: 0,
    presence_penalty: -2,
    frequency_penalty: 2,
  },
  { seed: -(2n ** 63n) },
  { seed: 2n ** 63n - 1n },
  { stop: ["1", "2", "3", "4"], logit_bias: map({ "50256": -100, "1": 0.5 }) },
  { modalities: ["text", "audio"], audio: { voice: '{"id":"voice_1"}', format: "pcm16" } },
  { extra_body_json: '{"tomorrow_options":{"ttl":"30m"}}' },
  { safety_identifier: long(128) },
];

describe("what the API takes is no error", () => {
  for (const [index, written] of good.entries()) {
    test(`${index}: ${Object.keys(written).join(", ")}`, () =>
      assert.deepEqual(diagnose({ ...fine, ...written }), []));
  }
});

describe("an unknown value is no error", () => {
  for (const [name, { mode }] of Object.entries(chatCompletionResource.schema.attributes)) {
    if (mode === "computed") continue;
    test(`in ${name}`, () => {
      const written: Written = { ...fine, tools: [tool], logprobs: true, [name]: UNKNOWN };
      assert.deepEqual(
        diagnose(name === "messages_wo_version" ? { ...written, messages: UNKNOWN } : written),
        [],
      );
    });
  }

  test("inside of messages, beside an error of another message", () => {
    const parts = [{ type: UNKNOWN }, { type: "text", text: UNKNOWN }, UNKNOWN];
    const messages = [
      { role: UNKNOWN },
      { role: "user", content: UNKNOWN, content_parts: UNKNOWN },
      { role: "tool", content: "x", tool_call_id: UNKNOWN },
      { role: "user", content_parts: parts },
      UNKNOWN,
      { role: "user" },
    ];
    assert.deepEqual(
      diagnose({ ...fine, messages }).map(({ path }) => String(path)),
      ["messages[5]"],
    );
  });

  test("in what another argument needs", () => {
    for (const written of [
      { tool_choice: "auto", tools: UNKNOWN },
      { top_logprobs: 1, logprobs: UNKNOWN },
      { max_tokens: 1, max_completion_tokens: UNKNOWN },
      { modalities: ["audio"], audio: UNKNOWN },
      { messages: null, messages_wo: UNKNOWN },
      { messages_wo: UNKNOWN, messages_wo_version: 1 },
    ]) {
      assert.deepEqual(diagnose({ ...fine, ...written }), [], JSON.stringify(written));
    }
  });
});

test("words that OpenAI does not document are warnings: it adds to them, and gateways have their own", () => {
  for (const name of ["reasoning_effort", "verbosity", "service_tier"]) {
    const [warning, ...more] = diagnose({ ...fine, [name]: "hgih" });
    assert.deepEqual([warning?.severity, String(warning?.path), more], ["warning", name, []]);
    assert.match(warning?.detail ?? "", /"high"|"flex"/);
  }
  assert.equal(String(diagnose({ ...fine, modalities: ["text", "smell"] })[0]?.path), "modalities[1]");
});

test("messages_wo on a client without write-only arguments is an error that says which version has them", () => {
  const [error] = diagnose({ model: "m", messages_wo: [user], messages_wo_version: 1 }, false);
  assert.equal(String(error?.path), "messages_wo");
  assert.match(error?.detail ?? "", /Terraform 1\.11/);
});
