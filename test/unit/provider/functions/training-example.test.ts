import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { FunctionError } from "../../../../src/framework/index.ts";
import { messageText } from "../../../../src/provider/functions/message-text.ts";
import { trainingExample } from "../../../../src/provider/functions/training-example.ts";

type Fields = { readonly [name: string]: unknown };

function message(fields: Fields): Fields {
  return {
    role: "user",
    content: null,
    name: null,
    content_parts: null,
    refusal: null,
    tool_call_id: null,
    tool_calls: null,
    ...fields,
  };
}

function part(fields: Fields): Fields {
  return { type: "text", text: null, image_url: null, input_audio: null, file: null, ...fields };
}

function choice(fields: Fields): Fields {
  const empty = {
    role: "assistant",
    content: null,
    refusal: null,
    name: null,
    function_call: [],
    tool_calls: [],
  };
  return { message: [{ ...empty, ...fields }] };
}

const ask = message({ content: "Hi" });
const hello = choice({ content: "Hello" });

function line(
  messages: readonly unknown[] = [ask],
  answer: unknown = hello,
  tools: string | null = null,
): string {
  const result = trainingExample.call(messages, answer, tools);
  assert.ok(typeof result === "string");
  return result;
}

/** The last of the line's messages, as text. */
function answered(fields: Fields): string {
  return line([ask], choice(fields))
    .replace('{"messages":[{"role":"user","content":"Hi"},', "")
    .replace(/\]\}$/, "");
}

/** The first of the line's messages, as text. */
function asked(fields: Fields): string {
  return line([message(fields)])
    .replace(/^\{"messages":\[/, "")
    .replace(',{"role":"assistant","content":"Hello"}]}', "");
}

function fails(argument: number, says: RegExp, ...args: Parameters<typeof line>): void {
  assert.throws(
    () => line(...args),
    (error: unknown) => {
      assert.ok(error instanceof FunctionError, String(error));
      assert.equal(error.argument, argument);
      assert.match(error.message, says);
      assert.doesNotMatch(error.message, /\.$/, "Terraform adds the full stop");
      return true;
    },
  );
}

describe("the messages of a request", () => {
  test("are written with their keys in one order, without what is null", () => {
    assert.equal(
      line(),
      '{"messages":[{"role":"user","content":"Hi"},{"role":"assistant","content":"Hello"}]}',
    );
    assert.equal(asked({ name: "olena", content: "" }), '{"role":"user","name":"olena","content":""}');
    assert.equal(
      asked({ role: "tool", content: "21", tool_call_id: "call_1" }),
      '{"role":"tool","content":"21","tool_call_id":"call_1"}',
    );
  });

  test("keep their parts in the place of the text", () => {
    const parts = [
      part({ text: "Look:" }),
      part({ type: "image_url", image_url: { detail: null, url: "https://example.com/a.png" } }),
      part({ type: "input_audio", input_audio: { data: "UklGRg==", format: "wav" } }),
      part({ type: "file", file: { file_id: "file-1", filename: null, file_data: null } }),
    ];
    assert.equal(
      asked({ content: "Look:", content_parts: parts }),
      '{"role":"user","content":[{"type":"text","text":"Look:"},' +
        '{"type":"image_url","image_url":{"url":"https://example.com/a.png"}},' +
        '{"type":"input_audio","input_audio":{"data":"UklGRg==","format":"wav"}},' +
        '{"type":"file","file":{"file_id":"file-1"}}]}',
    );
    assert.equal(asked({ content: "Just this", content_parts: [] }), '{"role":"user","content":"Just this"}');
  });

  test("keep an earlier turn's tool calls and refusal, where they are known", () => {
    const calls = [
      { id: "call_1", type: "function", function: { arguments: "{}", name: "look" }, custom: null },
      { id: null, type: "custom", function: null, custom: { input: "ls", name: "shell" } },
    ];
    assert.equal(
      asked({ role: "assistant", tool_calls: calls }),
      '{"role":"assistant","tool_calls":[{"id":"call_1","type":"function","function":{"name":"look","arguments":"{}"}},' +
        '{"type":"custom","custom":{"name":"shell","input":"ls"}}]}',
    );
    assert.equal(
      asked({ role: "assistant", refusal: "No." }),
      '{"role":"assistant","content":null,"refusal":"No."}',
    );
  });

  test("stay on one line, whatever is in them", () => {
    const text = 'a\nb\r\u2028"\\ \u0000 👩‍👩‍👧 \ud800';
    const written = line([message({ content: text })]);
    assert.doesNotMatch(written, /[\n\r]/);
    assert.equal(JSON.parse(written).messages[0].content, text);
  });

  test("that make no example are refused", () => {
    fails(0, /no messages/, []);
    fails(0, /^messages\[1\] has no role/, [ask, message({ role: null, content: "x" })]);
    fails(0, /^messages\[0\] has no role/, [null]);
    fails(0, /^messages\[0\], of the role "user", has no content$/, [message({})]);
    fails(0, /role "assistant", has no content, and OpenAI does not store/, [message({ role: "assistant" })]);
    fails(0, /tool's message without tool_call_id/, [message({ role: "tool", content: "21" })]);
    fails(0, /content_parts\[0\] is of the type "video"/, [
      message({ content_parts: [part({ type: "video" })] }),
    ]);
    fails(0, /content_parts\[0\] has no file/, [message({ content_parts: [part({ type: "file" })] })]);
    fails(0, /content_parts\[0\] is null/, [message({ content_parts: [null] })]);
    fails(0, /tool_calls\[0\] has neither/, [message({ role: "assistant", tool_calls: [null] })]);
  });
});

describe("the answer", () => {
  test("is the assistant's message, with what it has", () => {
    const called = { name: "look", arguments: '{"at":1}' };
    assert.equal(
      answered({ content: "Yes", name: "bot" }),
      '{"role":"assistant","name":"bot","content":"Yes"}',
    );
    assert.equal(answered({ content: "" }), '{"role":"assistant","content":""}', "an empty answer is one");
    assert.equal(answered({ role: null, content: "Yes" }), '{"role":"assistant","content":"Yes"}');
    assert.equal(answered({ refusal: "No." }), '{"role":"assistant","content":null,"refusal":"No."}');
    assert.equal(
      answered({ function_call: [called] }),
      '{"role":"assistant","function_call":{"name":"look","arguments":"{\\"at\\":1}"}}',
    );
    assert.equal(
      answered({
        content: "Wait",
        tool_calls: [{ id: "c", type: "function", function: [called], custom: [] }],
      }),
      '{"role":"assistant","content":"Wait","tool_calls":[{"id":"c","type":"function",' +
        '"function":{"name":"look","arguments":"{\\"at\\":1}"}}]}',
    );
    assert.equal(
      answered({
        tool_calls: [{ id: "c", type: "custom", function: [], custom: [{ name: "sh", input: "ls" }] }],
      }),
      '{"role":"assistant","tool_calls":[{"id":"c","type":"custom","custom":{"name":"sh","input":"ls"}}]}',
    );
  });

  test("that teaches nothing is refused", () => {
    fails(1, /no message$/, [ask], { message: [] });
    fails(1, /no message$/, [ask], { message: null });
    fails(1, /nothing to learn from it$/, [ask], choice({}));
    fails(
      1,
      /tool_calls\[0\] has neither/,
      [ask],
      choice({ tool_calls: [{ id: "c", function: [], custom: [] }] }),
    );
  });
});

describe("the tools", () => {
  const tools = (text: string) => /"tools":(.*)\}$/s.exec(line([ask], hello, text))?.[1];

  test("keep every number and the order of properties, and have their own keys in one order", () => {
    const schema =
      '{"type":"object","properties":{"z":{"maximum":9223372036854775807},"a":{"minimum":1.0E-7}}}';
    const one = `[ {"function": {"strict":true,"parameters": ${schema} ,"name":"f","extra":1}, "type":"function"} ]`;
    const other = `[{"type":"function","function":{"extra":1,"name":"f","parameters":${schema},"strict":true}}]`;
    const expected = `[{"type":"function","function":{"name":"f","parameters":${schema},"strict":true,"extra":1}}]`;
    assert.equal(tools(one), expected);
    assert.equal(tools(other), expected);
  });

  test("that are none are left out", () => {
    for (const none of ["[]", "null", " null "]) assert.equal(line([ask], hello, none), line());
  });

  test("that are no list of objects are refused", () => {
    fails(2, /^The tools must be JSON text of a list: .* at line 1, column 2/, [ask], hello, "[");
    fails(2, /JSON text of a list: /, [ask], hello, "");
    fails(2, /^The tools must be JSON text of a list$/, [ask], hello, '{"type":"function"}');
    fails(2, /^Tool 1 of the list is not an object$/, [ask], hello, "[{},null]");
  });
});

test("the same arguments give the same text", () => {
  assert.equal(line([ask, ask], hello, '[{"a":1}]'), line([ask, ask], hello, '[{"a":1}]'));
});

test("message_text gives the first choice's text, and null for what has none", () => {
  const text = (choices: unknown) => messageText.call(choices);
  assert.equal(text([{ message: [{ content: "First" }] }, { message: [{ content: "Second" }] }]), "First");
  assert.equal(text([{ message: [{ content: "" }] }]), "");
  for (const none of [
    null,
    [],
    [null],
    [{ message: null }],
    [{ message: [] }],
    [{ message: [{ content: null }] }],
  ]) {
    assert.equal(text(none), null, JSON.stringify(none));
  }
});
