import assert from "node:assert/strict";
import { test } from "node:test";
import { Decimal, numberText } from "../../../../src/cty/index.ts";
import type { ExactNumber } from "../../../../src/framework/index.ts";
import {
  type CompletionState,
  fullBody,
  type Json,
  stateOf,
  withValue,
} from "../../../support/full-completion.ts";

const choice = ["choices", 0];
const message = [...choice, "message"];

function choiceOf(state: CompletionState) {
  const first = state.choices?.[0];
  assert.ok(first);
  return first;
}

function messageOf(body: Json) {
  const first = choiceOf(stateOf(body)).message?.[0];
  assert.ok(first);
  return first;
}

test("a body with everything fills every attribute", () => {
  const token = { token: "a", logprob: -0.5, bytes: [97] };
  assert.deepEqual(stateOf(fullBody), {
    object: "chat.completion",
    model: "small-2026-01-01",
    created: 1770000000,
    choices: [
      {
        index: 0,
        finish_reason: "tool_calls",
        logprobs: {
          content: [{ ...token, top_logprobs: [{ token: "b", logprob: -0.5, bytes: [98] }] }],
          refusal: [
            {
              token: "c",
              logprob: -0.5,
              bytes: [99],
              top_logprobs: [{ token: "d", logprob: -0.5, bytes: [100] }],
            },
          ],
        },
        message: [
          {
            role: "assistant",
            content: "Hello.",
            content_parts_json: null,
            name: "gateway",
            refusal: "No.",
            function_call: [{ name: "forecast", arguments: "{}" }],
            tool_calls: [
              {
                id: "call_1",
                type: "function",
                function: [{ name: "forecast", arguments: "{}" }],
                custom: [{ name: "shell", input: "ls" }],
              },
            ],
            annotations: fullBody.choices[0]?.message.annotations,
            audio: fullBody.choices[0]?.message.audio,
          },
        ],
      },
    ],
    usage: { prompt_tokens: 11, completion_tokens: 7, total_tokens: 18 },
    prompt_tokens_details: fullBody.usage.prompt_tokens_details,
    completion_tokens_details: fullBody.usage.completion_tokens_details,
    metadata: new Map([["team", "platform"]]),
    request_id: "req_1",
    service_tier: "default",
    system_fingerprint: "fp_1",
    input_user: "user-1",
    seed: 12345,
    temperature: 0.7,
    top_p: 0.9,
    presence_penalty: 0.1,
    frequency_penalty: -0.1,
    tools_json: JSON.stringify(fullBody.tools),
    tool_choice_json: '{"type":"function","function":{"name":"forecast"}}',
    response_format_json: '{"type":"text"}',
    moderation_json: '{"input":{"type":"moderation_results"}}',
  });
});

test("a body with nothing but its object is a state of nulls, with [] for choices alone", () => {
  const { choices, ...others } = stateOf({ object: "chat.completion" });
  assert.deepEqual(choices, []);
  assert.deepEqual(
    { ...others, object: null },
    Object.fromEntries(Object.keys(others).map((k) => [k, null])),
  );
  assert.equal(others.object, "chat.completion");
});

test("a choice with nothing has one message, whose lists of old are [] and all else null", () => {
  for (const nothing of [{}, { message: null, logprobs: null }, { message: {} }]) {
    assert.deepEqual(choiceOf(stateOf({ object: "chat.completion", choices: [nothing] })), {
      index: null,
      finish_reason: null,
      logprobs: null,
      message: [
        {
          role: null,
          content: null,
          content_parts_json: null,
          name: null,
          refusal: null,
          function_call: [],
          tool_calls: [],
          annotations: null,
          audio: null,
        },
      ],
    });
  }
});

test("an explicit null is the same as a member left out, everywhere", () => {
  const nulls = Object.fromEntries(Object.keys(fullBody).map((name) => [name, null]));
  const kept = { object: "chat.completion", choices: [] };
  assert.deepEqual(stateOf({ ...nulls, ...kept }), stateOf(kept));
});

test("lists that are empty in the body stay empty lists, and objects without members stay objects", () => {
  const body = withValue(fullBody, message, { tool_calls: [], annotations: [], audio: {} });
  assert.deepEqual(messageOf(body).annotations, []);
  assert.deepEqual(messageOf(body).tool_calls, []);
  assert.deepEqual(messageOf(body).audio, { id: null, data: null, transcript: null, expires_at: null });
  const logprobs = choiceOf(
    stateOf(withValue(fullBody, [...choice, "logprobs"], { content: [], refusal: null })),
  );
  assert.deepEqual(logprobs.logprobs, { content: [], refusal: null });
  assert.deepEqual(stateOf({ ...fullBody, usage: {} }).usage, {
    prompt_tokens: null,
    completion_tokens: null,
    total_tokens: null,
  });
});

test("token details are null where usage is null, has none, or has them as null", () => {
  for (const usage of [null, { total_tokens: 1 }, { total_tokens: 1, prompt_tokens_details: null }]) {
    const state = stateOf({ ...fullBody, usage });
    assert.equal(state.prompt_tokens_details, null);
    assert.equal(state.completion_tokens_details, null);
  }
});

test("metadata null stays apart from {}", () => {
  assert.equal(stateOf({ ...fullBody, metadata: null }).metadata, null);
  assert.deepEqual(stateOf({ ...fullBody, metadata: {} }).metadata, new Map());
  assert.deepEqual(stateOf({ ...fullBody, metadata: { empty: "" } }).metadata, new Map([["empty", ""]]));
});

test("an empty string stays apart from null in every string", () => {
  assert.equal(stateOf({ ...fullBody, system_fingerprint: "" }).system_fingerprint, "");
  for (const name of ["role", "content", "name", "refusal"] as const) {
    assert.equal(messageOf(withValue(fullBody, [...message, name], ""))[name], "");
    assert.equal(messageOf(withValue(fullBody, [...message, name], null))[name], null);
  }
  const called = withValue(fullBody, [...message, "function_call"], { name: "", arguments: "" });
  assert.deepEqual(messageOf(called).function_call, [{ name: "", arguments: "" }]);
});

test("choices keep the body's order and their own indices", () => {
  const choices = [{ index: 2 }, { index: 0 }, { index: 1 }];
  const indices = stateOf({ ...fullBody, choices }).choices?.map((one) => one.index);
  assert.deepEqual(indices, [2, 0, 1]);
});

test("custom tool calls and function calls stand side by side", () => {
  const calls = [
    { id: "c1", type: "custom", custom: { name: "shell", input: 'echo "x\n"' } },
    { id: "c2", type: "function", function: { name: "f", arguments: "{not json" } },
    { id: "c3", type: "tool of tomorrow" },
  ];
  assert.deepEqual(messageOf(withValue(fullBody, [...message, "tool_calls"], calls)).tool_calls, [
    { id: "c1", type: "custom", function: [], custom: [{ name: "shell", input: 'echo "x\n"' }] },
    { id: "c2", type: "function", function: [{ name: "f", arguments: "{not json" }], custom: [] },
    { id: "c3", type: "tool of tomorrow", function: [], custom: [] },
  ]);
});

test("enum values that nobody knows yet, and unknown keys at every level, are accepted", () => {
  const body = {
    ...fullBody,
    field_of_tomorrow: { deep: [1, null] },
    service_tier: "warp",
    usage: { total_tokens: 1, compute_units: 0.125 },
    choices: [{ index: 0, finish_reason: "bored", mood: "fine", message: { role: "oracle", aura: 3 } }],
  };
  const state = stateOf(body);
  assert.equal(state.service_tier, "warp");
  assert.equal(choiceOf(state).finish_reason, "bored");
  assert.equal(messageOf(body).role, "oracle");
  assert.deepEqual(Object.keys(state), Object.keys(stateOf(fullBody)));
});

test("keys that are special in JavaScript are metadata like any other", () => {
  const text =
    '{"object":"chat.completion","metadata":{"__proto__":"a","constructor":"b","toString":"c","":"d","a.b[0]":"e"}}';
  const metadata = stateOf({ text }).metadata;
  assert.deepEqual(
    [...(metadata ?? [])],
    [
      ["__proto__", "a"],
      ["constructor", "b"],
      ["toString", "c"],
      ["", "d"],
      ["a.b[0]", "e"],
    ],
  );
  const hostile = stateOf({ text: '{"object":"chat.completion","__proto__":{"model":"polluted"}}' });
  assert.equal(hostile.model, null);
  assert.equal(Reflect.get({}, "model"), undefined);
});

test("content that came as parts is joined, and kept as it was", () => {
  const content = (parts: string) => {
    const body = `{"object":"chat.completion","choices":[{"message":{"content":${parts}}}]}`;
    const { content: text, content_parts_json: json } = messageOf(JSON.parse(body));
    assert.equal(json, JSON.stringify(JSON.parse(parts)));
    return text;
  };
  assert.equal(
    content('[{"type":"text","text":"a "},{"type":"image_url"},{"type":"text","text":"b"}]'),
    "a b",
  );
  assert.equal(content('[{"type":"output_text","text":"a"},{"text":"b"}]'), "ab");
  assert.equal(content('[{"type":"thinking","text":"hm"},{"type":"text","text":"a"}]'), "a");
  assert.equal(content('[{"type":"text","text":""}]'), "");
  assert.equal(content('[{"type":"image_url","image_url":{}}]'), null);
  assert.equal(content("[]"), null);
});

test("parts and other JSON keep their text to the byte", () => {
  const text =
    '{"object":"chat.completion", "tools" : [ {"b":1.0,"a":12345678901234567890, "a":"\\u00e9"} ] ,' +
    '"tool_choice":"auto","moderation":false,"response_format":1E400,' +
    '"choices":[{"message":{"content": [ {"text" : "\\u0061"} ]}}]}';
  const state = stateOf({ text });
  assert.equal(state.tools_json, '[ {"b":1.0,"a":12345678901234567890, "a":"\\u00e9"} ]');
  assert.equal(state.tool_choice_json, '"auto"');
  assert.equal(state.moderation_json, "false");
  assert.equal(state.response_format_json, "1E400");
  assert.equal(choiceOf(state).message?.[0]?.content_parts_json, '[ {"text" : "\\u0061"} ]');
});

test("numbers are exact: seeds of 64 bits, decimals longer than a double, and any spelling", () => {
  const seed = (text: string) => stateOf({ text: `{"object":"chat.completion","seed":${text}}` }).seed;
  assert.equal(seed("9223372036854775807"), 9223372036854775807n);
  assert.equal(seed("-9223372036854775808"), -9223372036854775808n);
  assert.equal(seed("4944116822809979520"), 4944116822809979520n);
  assert.equal(seed("1.0"), 1);
  assert.equal(seed("-0.0"), 0);
  assert.equal(seed("1e3"), 1000);
  assert.equal(seed("0.1"), 0.1);
  assert.deepEqual(seed("0.10000000000000000000000001"), new Decimal("0.10000000000000000000000001"));
  const texts: [string, string][] = [
    ["-0.000054669687", "-0.000054669687"],
    ["-3.4519e-05", "-0.000034519"],
    ["-9999.0", "-9999"],
    ["123456789012345678901234567890", "123456789012345678901234567890"],
  ];
  for (const [given, kept] of texts) assert.equal(numberText(number(seed(given))), kept);
});

function number(value: ExactNumber | null): ExactNumber {
  assert.ok(value !== null);
  return value;
}

test("a gateway's body without object, or with null, passes where it has choices", () => {
  for (const object of [{}, { object: null }]) {
    assert.equal(stateOf({ ...object, choices: [] }).object, null);
  }
});
