import assert from "node:assert/strict";
import { test } from "node:test";
import { parseJson } from "../../../../src/openai/index.ts";
import { Body } from "../../../../src/provider/api/body.ts";
import { readAttributes } from "../../../../src/provider/api/wire.ts";
import { storedMessageAttributes } from "../../../../src/provider/chat-completion/message-attributes.ts";

function stateOf(json: unknown) {
  return readAttributes(storedMessageAttributes, new Body(parseJson(JSON.stringify(json)), "data[0]"));
}

const nothing = {
  id: null,
  role: null,
  content: null,
  name: null,
  content_parts: null,
  refusal: null,
  tool_call_id: null,
  tool_calls: null,
};

test("a message of which the API reports nothing is null in every attribute", () => {
  assert.deepEqual(stateOf({}), nothing);
  assert.deepEqual(stateOf(Object.fromEntries(Object.keys(nothing).map((name) => [name, null]))), nothing);
  assert.deepEqual(stateOf({ tomorrow: { new: true } }), nothing);
});

test("parts that are not there are null, and an empty list of them is one", () => {
  assert.equal(stateOf({ content: "x" }).content_parts, null);
  assert.deepEqual(stateOf({ content: "", content_parts: [] }).content_parts, []);
});

test("parts that a gateway sends as the content are the parts, and their text is the content", () => {
  const { content, content_parts: parts } = stateOf({
    content: [
      { type: "text", text: "a" },
      { type: "image_url", image_url: { url: "u" } },
      { type: "text", text: "b" },
    ],
  });
  assert.equal(content, "ab");
  assert.deepEqual(
    parts?.map((part) => part.type),
    ["text", "image_url", "text"],
  );
});

test("parts beside a text are taken as they are", () => {
  const { content, content_parts: parts } = stateOf({
    content: "joined",
    content_parts: [{ type: "file", file: { file_id: "f", filename: "n", file_data: "d" }, tomorrow: 1 }],
  });
  assert.equal(content, "joined");
  assert.deepEqual(parts, [
    {
      type: "file",
      text: null,
      image_url: null,
      input_audio: null,
      file: { file_id: "f", filename: "n", file_data: "d" },
    },
  ]);
});

for (const [what, json, message] of [
  ["content", { content: 1 }, /^data\[0\]\.content should be a string/],
  ["part", { content_parts: ["x"] }, /^data\[0\]\.content_parts\[0\] should be an object/],
  ["image", { content_parts: [{ image_url: "u" }] }, /content_parts\[0\]\.image_url should be an object/],
  ["tool calls", { tool_calls: {} }, /^data\[0\]\.tool_calls should be a list/],
] as const) {
  test(`a ${what} of another type is named with its place`, () => {
    assert.throws(() => stateOf(json), { name: "ShapeError", message });
  });
}
