import assert from "node:assert/strict";
import { it } from "node:test";
import { lacks } from "../support/cli.ts";
import { startOpenAIServer } from "../support/openai-server/server.ts";
import { Workspace } from "../support/terraform.ts";

it("a created completion makes an example without loss, earlier tool calls included", {
  skip: lacks("provider functions"),
}, async (test) => {
  const server = await startOpenAIServer({ completions: [] });
  test.after(() => server.close());
  const work = new Workspace(test, { OPENAI_API_KEY: "sk-functions", OPENAI_BASE_URL: server.url }).write(
    "main.tf",
    `terraform {
  required_providers {
    openai = { source = "hashicorp/openai" }
  }
}

resource "openai_chat_completion" "weather" {
  model = "gpt-4o-mini"

  messages = [
    { role = "user", content = "trigger:tool", name = "olena" },
    { role = "assistant", tool_calls = [{ id = "call_1", type = "function", function = { name = "look", arguments = "{}" } }] },
    { role = "tool", content = "21", tool_call_id = "call_1" },
    { role = "user", content_parts = [{ type = "text", text = "And now?" }] },
  ]

  tools = [{
    type     = "function"
    function = { name = "look", parameters_json = "{\\"maximum\\":9223372036854775807}" }
  }]
}

output "line" {
  value = provider::openai::training_example(
    openai_chat_completion.weather.messages,
    openai_chat_completion.weather.choices[0],
    openai_chat_completion.weather.stored.tools_json,
  )
}

output "text" {
  value = coalesce(provider::openai::message_text(openai_chat_completion.weather.choices), "none")
}
`,
  );
  await work.ok("init");
  await work.ok("apply", "-auto-approve");
  const line = await work.output("line");
  assert.ok(typeof line === "string");
  const { messages, tools } = JSON.parse(line);
  const [first, second, third, fourth, answer] = messages;
  assert.deepEqual(first, { role: "user", name: "olena", content: "trigger:tool" });
  assert.deepEqual(second, {
    role: "assistant",
    tool_calls: [{ id: "call_1", type: "function", function: { name: "look", arguments: "{}" } }],
  });
  assert.deepEqual(third, { role: "tool", content: "21", tool_call_id: "call_1" });
  assert.deepEqual(fourth, { role: "user", content: [{ type: "text", text: "And now?" }] });
  assert.equal(answer.tool_calls[0].function.name, "look");
  assert.equal(tools[0].function.name, "look");
  assert.ok(line.includes('"maximum":9223372036854775807'), line);
  assert.equal(await work.output("text"), "none");
  const next = await work.run(["plan", "-detailed-exitcode"]);
  assert.equal(next.code, 0, next.output);
});
