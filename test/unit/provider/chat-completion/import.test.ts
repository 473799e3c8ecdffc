import assert from "node:assert/strict";
import { describe, it, test } from "node:test";
import { parseJson } from "../../../../src/openai/index.ts";
import { Body } from "../../../../src/provider/api/body.ts";
import { readAttributes } from "../../../../src/provider/api/wire.ts";
import {
  importedMessages,
  importedToolChoice,
  importedTools,
} from "../../../../src/provider/chat-completion/import.ts";
import {
  coversImportedMessages,
  sameMessages,
  storedMessageAttributes,
} from "../../../../src/provider/chat-completion/message-attributes.ts";
import { type Json, stateOf } from "../../../support/full-completion.ts";
import { keptOf } from "../objects/support.ts";
import { config, created, type } from "./support.ts";

describe("an import", () => {
  it("asks for the completion and its messages, and is is adopted without another request", async (t) => {
    const tools = [{ type: "function", function: { name: "f", parameters_json: '{"type":"object"}' } }];
    const given = { ...config, temperature: 0.5, tools, user: "u" };
    const { session, id, asked } = await created(t, {}, given);
    const imported = keptOf(await session.import(type, id));
    assert.deepEqual(asked(), [
      "GET /v1/chat/completions/ID",
      "GET /v1/chat/completions/ID/messages",
      "GET /v1/chat/completions/ID",
    ]);
    // The alias is written over the version that it stands for, and nothing is asked for that.
    const adopted = keptOf(await session.update(type, imported, given));
    assert.equal(asked().length, 3);
    assert.ok((await session.plan(type, given, adopted)).empty);
  });

  it("takes an alias for the version that it stands for, and pays for nothing", async (t) => {
    const { session, id } = await created(t);
    const imported = keptOf(await session.import(type, id));
    assert.equal(imported.state.model, "gpt-4o-mini-2024-07-18");
    assert.deepEqual((await session.plan(type, config, imported)).replaces, []);
  });

  for (const id of ["", " ", "a/b", ".."]) {
    it(`of ${JSON.stringify(id)} is refused without a request`, async (t) => {
      const { session, asked } = await created(t);
      assert.deepEqual((await session.import(type, id)).titles, ["error: Invalid ID"]);
      assert.deepEqual(asked(), []);
    });
  }

  it("fails where either read fails", async (t) => {
    const { server, session, id } = await created(t);
    for (const path of [id, "/messages"]) {
      server.fault({ path, error: "server_error" });
      assert.deepEqual((await session.import(type, id)).titles, ["error: API failed"]);
    }
    const missing = await session.import(type, "chatcmpl-none");
    assert.deepEqual(missing.titles, ["error: Chat completion not found"]);
  });
});

type Answer = { readonly [name: string]: Json };

/** The messages argument that is imported of a list of messages and a completion with these answers. */
function imported(messages: readonly Json[], ...answers: readonly Answer[]) {
  const choices = answers.map((message) => ({ message: { role: "assistant", ...message } }));
  const { choices: known } = stateOf({ object: "chat.completion", choices });
  const stored = messages.map((message) =>
    readAttributes(storedMessageAttributes, new Body(parseJson(JSON.stringify(message)))),
  );
  return importedMessages(stored, known);
}

const none = {
  content: null,
  content_parts: null,
  name: null,
  refusal: null,
  tool_call_id: null,
  tool_calls: null,
  function_call: null,
  audio: null,
};
const user = { role: "user", content: "Hello" };
const asked = { ...none, ...user };
const called = (name: string) => ({ id: "c", type: "function", function: { name, arguments: "{}" } });

describe("an answer at the end of the messages", () => {
  const listed = { role: "assistant", content: "Hi" };

  test("is left out, that of each choice", () => {
    assert.deepEqual(imported([user, listed], { content: "Hi" }), [asked]);
    assert.deepEqual(imported([user, { ...listed, content: " Hi\n" }], { content: "Hi" }), [asked]);
    const other = { role: "assistant", content: "Hey" };
    assert.deepEqual(imported([user, listed, other], { content: "Hi" }, { content: "Hey" }), [asked]);
    assert.deepEqual(imported([user, other, listed], { content: "Hi" }, { content: "Hey" }), [asked]);
    assert.equal(imported([listed], { content: "Hi" }), null);
  });

  test("is known by its tool calls and its refusal too", () => {
    const call = { role: "assistant", content: "", tool_calls: [called("f")] };
    assert.deepEqual(imported([user, call], { content: null, tool_calls: [called("f")] }), [asked]);
    assert.equal(imported([user, call], { content: null, tool_calls: [called("g")] })?.length, 2);
    const refused = { role: "assistant", content: null, refusal: "No." };
    assert.deepEqual(imported([user, refused], { content: null, refusal: "No." }), [asked]);
    assert.deepEqual(imported([user, refused], { content: null }), [asked], "the stored view has none");
  });

  test("is not what an assistant said before, nor what somebody else says", () => {
    const again = [user, listed, user];
    assert.equal(imported(again, { content: "Hi" })?.length, 3);
    assert.equal(imported([user, listed], { content: "Hey" })?.length, 2);
    assert.equal(imported([user, listed, listed], { content: "Hi" })?.length, 2);
    assert.equal(imported([{ role: "user", content: "Hi" }], { content: "Hi" })?.length, 1);
    assert.equal(imported([user, { role: "assistant", content: "" }], { content: null })?.length, 2);
    assert.equal(imported([user, listed])?.length, 2);
  });
});

describe('"" where an API has nothing', () => {
  const empty = { name: "", refusal: "", tool_call_id: "", content_parts: [], tool_calls: [] };

  test("is null", () => {
    assert.deepEqual(imported([{ ...user, ...empty }]), [asked]);
    const call = { ...called("f"), custom: { name: "", input: "" } };
    assert.deepEqual(imported([{ role: "assistant", ...empty, content: "", tool_calls: [call] }]), [
      { ...none, role: "assistant", tool_calls: [{ ...called("f"), custom: null }] },
    ]);
    const part = {
      type: "image_url",
      text: "",
      image_url: { url: "https://x", detail: "" },
      input_audio: { data: "", format: "" },
      file: { file_id: "", filename: "", file_data: "" },
    };
    assert.deepEqual(imported([{ role: "user", content: "", content_parts: [part] }])?.[0]?.content_parts, [
      {
        type: "image_url",
        text: null,
        image_url: { url: "https://x", detail: null },
        input_audio: null,
        file: null,
      },
    ]);
  });

  test("stays where it is the content", () => {
    const answered = { role: "tool", tool_call_id: "c", content: "" };
    assert.deepEqual(imported([answered]), [{ ...none, ...answered }]);
    assert.equal(imported([{ role: "user", content_parts: [{ type: "text", text: "" }] }])?.[0]?.content, "");
  });
});

describe("a content of one part of text", () => {
  const part = (text: string) => ({ type: "text", text });
  const parted = { role: "user", content: null, content_parts: [part("Hello")] };
  const plain = { role: "user", content: "Hello", content_parts: null };

  test("is imported as its text, and several parts as parts", () => {
    assert.deepEqual(imported([{ ...user, content_parts: [part("Hello")] }]), [asked]);
    assert.deepEqual(imported([{ role: "user", content: [part("Hello")] }]), [asked]);
    const two = imported([{ role: "user", content: "ab", content_parts: [part("a"), part("b")] }]);
    assert.deepEqual([two?.[0]?.content, two?.[0]?.content_parts?.length], [null, 2]);
  });

  test("is the same as the text, wherever it stands", () => {
    assert.equal(sameMessages([parted], [plain]), true);
    assert.equal(sameMessages([plain, parted], [parted, plain]), true);
    assert.equal(sameMessages([parted], [{ ...plain, content: "Hi" }]), false);
    assert.equal(sameMessages([parted], [{ ...plain, name: "ada" }]), false);
    assert.equal(sameMessages([{ ...parted, content_parts: [part("a"), part("b")] }], [plain]), false);
    assert.equal(sameMessages([plain, plain], [plain]), false);
  });

  test("is taken over from a configuration that says more besides", () => {
    const more = [{ ...parted, name: "ada" }];
    assert.equal(coversImportedMessages(more, [{ ...plain, name: null }]), true);
    assert.equal(coversImportedMessages(more, [{ ...plain, name: "bob" }]), false);
    assert.equal(coversImportedMessages([plain], [{ ...plain, name: "bob" }]), false);
    assert.equal(coversImportedMessages([plain, plain], [plain]), false);
    assert.equal(coversImportedMessages(null, [plain]), true);
  });
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
