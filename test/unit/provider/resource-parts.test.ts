import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { sameMetadata } from "../../../src/provider/api/metadata.ts";
import { importedToolChoice, importedTools } from "../../../src/provider/chat-completion/imported-tools.ts";
import { keptAnswer } from "../../../src/provider/chat-completion/kept-answer.ts";
import { isSnapshotOf } from "../../../src/provider/chat-completion/model-alias.ts";
import { paramPath } from "../../../src/provider/chat-completion/param-path.ts";
import { answerOf } from "../../../src/provider/chat-completion/stored.ts";
import { sameJson } from "../../../src/provider/json-argument.ts";
import { fullBody, stateOf } from "./full-body.ts";

describe("JSON texts", () => {
  for (const [a, b, same] of [
    ['{"a":1,"b":[true,null]}', '{ "b": [true, null],\n "a": 1.0 }', true],
    ["100", "1e2", true],
    ["0.10", "1E-1", true],
    ["-0", "0", true],
    ["9007199254740993", "9007199254740992", false],
    ["[1,2]", "[2,1]", false],
    ["[1]", "[1,1]", false],
    ['{"a":null}', "{}", false],
    ['{"a":null}', '{"b":null}', false],
    ['"1"', "1", false],
    ['"\\u00e9"', '"é"', true],
    ["auto", "auto", true],
    ["auto", "none", false],
    ["auto", '"auto"', false],
  ] as const) {
    test(`${a} and ${b} ${same ? "mean the same" : "differ"}`, () => {
      assert.equal(sameJson(a, b), same);
      assert.equal(sameJson(b, a), same);
    });
  }
});

describe("a read over an answer", () => {
  const earlier = answerOf(stateOf(fullBody));

  test("wipes nothing that only the create answer has", () => {
    const bare = {
      ...fullBody,
      usage: { prompt_tokens: 1, completion_tokens: 2, total_tokens: 3 },
      request_id: null,
      choices: [
        { index: 0, finish_reason: "stop", message: { role: "assistant", content: "New." }, logprobs: null },
      ],
    };
    const kept = keptAnswer(earlier, answerOf(stateOf(bare)));
    assert.deepEqual(kept.prompt_tokens_details, earlier.prompt_tokens_details);
    assert.deepEqual(kept.completion_tokens_details, earlier.completion_tokens_details);
    assert.equal(kept.request_id, earlier.request_id);
    const [choice, before] = [kept.choices?.[0], earlier.choices?.[0]];
    assert.ok(choice && before);
    assert.deepEqual(choice.logprobs, before.logprobs);
    assert.equal(choice.message?.[0]?.refusal, "No.");
    assert.deepEqual(choice.message?.[0]?.annotations, before.message?.[0]?.annotations);
    assert.deepEqual(choice.message?.[0]?.tool_calls, before.message?.[0]?.tool_calls);
    // What the read does say counts.
    assert.equal(choice.message?.[0]?.content, "New.");
    assert.equal(choice.finish_reason, "stop");
    assert.equal(kept.usage?.total_tokens, 3);
  });

  test("takes over what was not known before, and other choices", () => {
    const nothing = answerOf(stateOf({ object: "chat.completion", choices: [] }));
    assert.deepEqual(keptAnswer(nothing, earlier), earlier);
    assert.deepEqual(keptAnswer(earlier, nothing), earlier);
    const two = { ...earlier, choices: [...(earlier.choices ?? []), ...(earlier.choices ?? [])] };
    assert.equal(keptAnswer(earlier, two).choices?.length, 2);
  });
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
    const path = paramPath("messages[0].content", { messages: null, extra_body_json: null });
    assert.equal(String(path), "messages_wo[0].content");
    for (const param of ["completion_id", "", "store", "timeouts", "id", "messages_wo"]) {
      assert.equal(paramPath(param, written), undefined, param);
    }
  });
});

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

test("metadata is compared as Terraform stores it: null is empty, and texts are in NFC", () => {
  assert.ok(sameMetadata(null, new Map()));
  assert.ok(sameMetadata(new Map([["a\u030a", "a\u030a"]]), new Map([["å", "å"]])));
  assert.ok(!sameMetadata(new Map([["a", "1"]]), null));
  assert.ok(!sameMetadata(new Map([["a", "1"]]), new Map([["a", "2"]])));
  assert.ok(!sameMetadata(new Map([["a", "1"]]), new Map([["b", "1"]])));
});

test("tools and their choice are imported with their JSON as received", () => {
  const text =
    '[{"type":"function","function":{"parameters":{"max":9007199254740993, "x":1.0},"name":"f"}},{"type":"custom","custom":{"name":"c"}}]';
  assert.deepEqual(importedTools(text), [
    {
      type: "function",
      function: {
        name: "f",
        description: null,
        parameters_json: '{"max":9007199254740993, "x":1.0}',
        strict: null,
        parameters: null,
      },
      custom: null,
    },
    {
      type: "custom",
      function: null,
      custom: { name: "c", description: null, format_json: null, format: null },
    },
  ]);
  assert.equal(importedTools(null), null);
  assert.equal(importedTools("[]"), null);
  assert.equal(importedTools('{"not":"a list"}'), null);
  const choice = '{"type":"function"}';
  assert.equal(importedToolChoice('"required"', text), "required");
  assert.equal(importedToolChoice(choice, text), choice);
  assert.equal(importedToolChoice(null, text), null);
  // What holds where nothing is said; without tools, no choice is allowed.
  assert.equal(importedToolChoice('"auto"', text), null);
  assert.equal(importedToolChoice('""', text), null);
  for (const none of [null, "[]"]) assert.equal(importedToolChoice('"none"', none), null);
});

test('what an API writes as "", false or {} where it has nothing is imported as nothing', () => {
  const tool = { name: "f", description: "", parameters: {}, strict: false };
  const custom = { name: "c", description: "", format: {} };
  assert.deepEqual(
    importedTools(
      JSON.stringify([
        { type: "function", function: tool },
        { type: "custom", custom },
      ]),
    ),
    [
      {
        type: "function",
        function: { name: "f", description: null, parameters_json: null, strict: null, parameters: null },
        custom: null,
      },
      {
        type: "custom",
        function: null,
        custom: { name: "c", description: null, format_json: null, format: null },
      },
    ],
  );
});
