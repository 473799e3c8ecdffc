import assert from "node:assert/strict";
import { after, before, it, type TestContext } from "node:test";
import { lacks } from "../support/cli.ts";
import { type OpenAIServer, startOpenAIServer } from "../support/openai-server/server.ts";
import { unboxed, Workspace } from "../support/terraform.ts";

let server: OpenAIServer;
before(async () => {
  server = await startOpenAIServer();
});
after(() => server.close());

/** Skipped by name where the CLI has no provider functions. */
const options = { skip: lacks("provider functions") };

const header = `terraform {
  required_providers {
    openai = { source = "hashicorp/openai" }
  }
}

`;

async function workspace(test: TestContext, config: string): Promise<Workspace> {
  const work = new Workspace(test, { OPENAI_API_KEY: "sk-functions", OPENAI_BASE_URL: server.url });
  work.write("main.tf", header + config);
  await work.ok("init");
  return work;
}

/** A user's message with all that the function's type asks for. */
const ask = `[{ role = "user", content = "Hi", name = null, content_parts = null, refusal = null, tool_call_id = null, tool_calls = null }]`;
const answer = `{ message = [{ role = "assistant", content = "Hello", refusal = null, name = null, function_call = [], tool_calls = [] }] }`;

it("the parts of what was read make lines of a training file", options, async (test) => {
  const ids = [
    "chatcmpl-abc123",
    "chatcmpl-tool-call",
    "chatcmpl-custom-tool-call",
    "chatcmpl-refusal",
    "chatcmpl-function-call",
    "chatcmpl-unicode",
    "chatcmpl-empty-choices",
  ];
  const work = await workspace(
    test,
    `locals {
  ids = toset(${JSON.stringify(ids)})
}

data "openai_chat_completion" "c" {
  for_each      = local.ids
  completion_id = each.value
}

data "openai_chat_completion_messages" "c" {
  for_each      = local.ids
  completion_id = each.value
}

data "openai_chat_completion_messages" "turns" {
  completion_id = "chatcmpl-messages"
}

output "lines" {
  value = {
    for id in local.ids : id => provider::openai::training_example(
      data.openai_chat_completion_messages.c[id].messages,
      data.openai_chat_completion.c[id].choices[0],
      data.openai_chat_completion.c[id].tools_json,
    )
    if length(data.openai_chat_completion.c[id].choices) > 0
  }
}

output "texts" {
  value = { for id in local.ids : id => provider::openai::message_text(data.openai_chat_completion.c[id].choices) }
}

output "parts" {
  value = provider::openai::training_example(
    [data.openai_chat_completion_messages.turns.messages[1], data.openai_chat_completion_messages.turns.messages[4]],
    data.openai_chat_completion.c["chatcmpl-abc123"].choices[0],
    null,
  )
}

output "incomplete" {
  value = try(provider::openai::training_example(
    data.openai_chat_completion_messages.turns.messages,
    data.openai_chat_completion.c["chatcmpl-abc123"].choices[0],
    null,
  ), "left out")
}
`,
  );
  await work.ok("apply", "-auto-approve");
  const shown = JSON.parse((await work.ok("show", "-json")).stdout).values.outputs;
  const lines: Record<string, string> = shown.lines.value;

  assert.equal(
    lines["chatcmpl-abc123"],
    '{"messages":[{"role":"system","content":"You answer in haiku."},{"role":"user","content":"What is Terraform?"},' +
      '{"role":"assistant","content":"Plan, apply, done:\\nthe state agrees with the world,\\nuntil someone clicks."}]}',
  );
  const tool = JSON.parse(lines["chatcmpl-tool-call"] ?? "");
  assert.deepEqual(Object.keys(tool), ["messages", "tools"]);
  const called = tool.messages.at(-1);
  assert.deepEqual(Object.keys(called), ["role", "tool_calls"]);
  assert.deepEqual(Object.keys(called.tool_calls[0]), ["id", "type", "function"]);
  assert.equal(called.tool_calls[0].function.name, "forecast");
  assert.equal(tool.tools[0].function.name, "forecast");
  const custom = JSON.parse(lines["chatcmpl-custom-tool-call"] ?? "").messages.at(-1).tool_calls[0];
  assert.equal(custom.type, "custom");
  assert.equal(custom.custom.name, "shell");
  const refused = JSON.parse(lines["chatcmpl-refusal"] ?? "").messages.at(-1);
  assert.equal(refused.content, null);
  assert.match(refused.refusal, /can't help/);
  assert.ok(JSON.parse(lines["chatcmpl-function-call"] ?? "").messages.at(-1).function_call.name);
  assert.equal(JSON.parse(lines["chatcmpl-unicode"] ?? "").messages[0].name, "Ołena".normalize());
  for (const line of Object.values(lines)) assert.doesNotMatch(line, /[\n\r]/, "one line each");

  const parts = JSON.parse(shown.parts.value).messages;
  assert.equal(parts[0].name, "olena");
  assert.deepEqual(parts[1].content, [
    { type: "text", text: "What is this?" },
    { type: "image_url", image_url: { detail: "low", url: "https://example.com/cat.png" } },
    { type: "input_audio", input_audio: { data: "UklGRg==", format: "wav" } },
    { type: "file", file: { file_id: "file-abc", filename: "cat.pdf" } },
  ]);
  assert.equal(
    shown.incomplete.value,
    "left out",
    "an example that OpenAI would refuse can be left out with try()",
  );

  const texts = shown.texts.value;
  assert.match(texts["chatcmpl-abc123"], /^Plan, apply/);
  for (const id of ["chatcmpl-tool-call", "chatcmpl-refusal", "chatcmpl-empty-choices"])
    assert.equal(texts[id], null);
  const second = await work.run(["plan", "-detailed-exitcode"]);
  assert.equal(second.code, 0, second.output);
});

it("functions need no key, and keep numbers to the last digit", options, async (test) => {
  const tools =
    '[{"function":{"parameters":{"maximum":9223372036854775807,"minimum":1.0e-7,"b":1,"a":2},"name":"f"},"type":"function"}]';
  const work = await workspace(
    test,
    `locals {
  ask    = ${ask}
  answer = ${answer}
}

output "line" {
  value = provider::openai::training_example(local.ask, local.answer, ${JSON.stringify(tools)})
}

output "text" {
  value = provider::openai::message_text([{ message = [{ content = "Just this" }] }])
}

output "nothing" {
  value = provider::openai::message_text(null) == null
}
`,
  );
  const before = server.requests.length;
  const result = await work.run(["apply", "-auto-approve"], { env: { OPENAI_API_KEY: undefined } });
  assert.equal(result.code, 0, result.output);
  assert.equal(server.requests.length, before);
  assert.equal(
    await work.output("line"),
    '{"messages":[{"role":"user","content":"Hi"},{"role":"assistant","content":"Hello"}],' +
      '"tools":[{"type":"function","function":{"name":"f","parameters":{"maximum":9223372036854775807,"minimum":1.0e-7,"b":1,"a":2}}}]}',
  );
  assert.equal(await work.output("text"), "Just this");
  assert.equal(await work.output("nothing"), true);
});

it("an argument that makes no example is an error at that argument", options, async (test) => {
  const none = answer.replace('content = "Hello"', "content = null");
  const silent = ask.replace('"Hi"', "null").replace('"user"', '"assistant"');
  const calls: [string, RegExp][] = [
    [
      `training_example(${ask}, ${answer}, "[")`,
      /Invalid value for "tools_json" parameter: The tools must be JSON text of a list: /,
    ],
    [
      `training_example(${ask}, ${answer}, "{}")`,
      /"tools_json" parameter: The tools must be JSON text of a list\./,
    ],
    [`training_example(${ask}, ${answer}, "[1]")`, /Tool 0 of the list is not an object\./],
    [
      `training_example(${ask}, ${none}, null)`,
      /"choice" parameter: The choice has no text, refusal or tool call/,
    ],
    [`training_example(${ask}, { message = [] }, null)`, /"choice" parameter: The choice has no message\./],
    [
      `training_example(${silent}, ${answer}, null)`,
      /"messages" parameter: messages\[0\], of the role "assistant", has no content/,
    ],
    [
      `training_example(${ask.replace('"user"', '"tool"')}, ${answer}, null)`,
      /"messages" parameter: messages\[0\] is a tool's message without tool_call_id/,
    ],
    [
      `training_example(${ask.replace('"user"', "null")}, ${answer}, null)`,
      /"messages" parameter: messages\[0\] has no role\./,
    ],
    [`training_example([], ${answer}, null)`, /"messages" parameter: There are no messages/],
    ["training_example(null, null, null)", /"messages" parameter: argument must not be null/],
  ];
  const work = await workspace(
    test,
    calls.map(([call], index) => `output "o${index}" {\n  value = provider::openai::${call}\n}\n`).join("\n"),
  );
  const said = unboxed((await work.run(["validate"])).output);
  for (const [call, message] of calls) assert.match(said, message, call);
});
