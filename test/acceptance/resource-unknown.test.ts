import assert from "node:assert/strict";
import { it } from "node:test";
import { lacks } from "../support/cli.ts";
import { attributesOf, changesOf, planIsEmpty, started } from "./resource-support.ts";

/** Whether the CLI has them; without, all else is tested all the same. */
const writeOnly = lacks("write-only arguments") === false;
const secret = `resource "openai_chat_completion" "secret" {
  model               = local.v.model
  messages_wo         = [{ role = local.v.role, content = local.v.text }]
  messages_wo_version = local.v.number
  max_tokens          = local.v.number
}
`;

/** Every argument that takes a value, from another resource: unknown in the first plan. */
const config = `
resource "terraform_data" "v" {
  input = {
    model = "gpt-4o-mini", role = "user", text = "trigger:tool Hello", name = "f", url = "https://example.com/a.png"
    number = 1, flag = true, words = ["END"], bias = { "5" = -1 }, json = "{}", time = "5m", metadata = { a = "b" }
  }
}
locals {
  v = terraform_data.v.output
}
resource "openai_chat_completion" "all" {
  model = local.v.model
  messages = [
    { role = local.v.role, content = local.v.text, name = local.v.name },
    { role = "user", content_parts = [
      { type = "text", text = local.v.text },
      { type = "image_url", image_url = { url = local.v.url, detail = local.v.name } },
      { type = "input_audio", input_audio = { data = local.v.text, format = local.v.name } },
      { type = "file", file = { file_id = local.v.text, filename = local.v.name } },
    ] },
    { role = "assistant", content = local.v.text, refusal = local.v.text, tool_calls = [
      { id = local.v.name, type = "function", function = { name = local.v.name, arguments = local.v.json } },
      { id = "c2", type = "custom", custom = { name = local.v.name, input = local.v.text } },
    ] },
    { role = "tool", tool_call_id = local.v.name, content = local.v.text },
  ]
  metadata = local.v.metadata
  tools = [
    { type = "function", function = {
      name = local.v.name, description = local.v.text, parameters_json = local.v.json, strict = local.v.flag
    } },
    { type = "custom", custom = { name = local.v.name, description = local.v.text, format_json = local.v.json } },
  ]
  tool_choice             = local.v.number == 1 ? "auto" : "none"
  parallel_tool_calls     = local.v.flag
  response_format_json    = local.v.json
  modalities              = [local.v.number == 1 ? "text" : "audio"]
  audio                   = { voice = local.v.name, format = local.v.number == 1 ? "wav" : "mp3" }
  prediction_json         = local.v.json
  web_search_options_json = local.v.json
  moderation_json         = local.v.json
  max_completion_tokens   = local.v.number
  n                       = local.v.number
  temperature             = local.v.number
  top_p                   = local.v.number
  presence_penalty        = local.v.number
  frequency_penalty       = local.v.number
  seed                    = local.v.number
  stop                    = local.v.words
  logit_bias              = local.v.bias
  logprobs                = local.v.flag
  top_logprobs            = local.v.number
  reasoning_effort        = local.v.number == 1 ? "low" : "high"
  verbosity               = local.v.number == 1 ? "low" : "high"
  service_tier            = local.v.number == 1 ? "auto" : "flex"
  user                    = local.v.name
  safety_identifier       = local.v.name
  prompt_cache_key        = local.v.name
  extra_body_json         = local.v.json
  recreate_after_expiry   = local.v.flag
  timeouts = { create = local.v.time, read = local.v.time, update = local.v.time, delete = local.v.time }
}
${writeOnly ? secret : ""}resource "openai_chat_completion" "lists" {
  model    = local.v.model
  messages = [for word in local.v.words : { role = "user", content = word }]
  metadata = { answer = openai_chat_completion.all.id }
}
`;

it("unknown values are accepted in every argument, and what they become is sent", async (test) => {
  const { server, work } = await started(test);
  work.write("main.tf", config);
  await work.ok("validate");
  const changes = await changesOf(work);
  assert.equal(changes.length, writeOnly ? 4 : 3);
  assert.equal(server.requests.length, 0);
  await work.ok("apply", "-auto-approve", "plan.bin");
  await planIsEmpty(work);
  assert.equal(server.counts.paidCreates, writeOnly ? 3 : 2);
  const all = attributesOf(work, "all");
  assert.deepEqual(attributesOf(work, "lists").metadata, { answer: all.id });
  const body = JSON.parse(server.requests.find(({ method }) => method === "POST")?.body ?? "{}");
  assert.equal(body.store, true);
  await work.ok("destroy", "-auto-approve");
  assert.deepEqual(server.control.ids(), []);
});

it("what becomes wrong once it is known is an error before anything is paid for", async (test) => {
  const { server, work } = await started(test);
  work.write("main.tf", config.replace('words = ["END"]', 'words = ["1", "2", "3", "4", "5"]'));
  await work.ok("plan", "-out=plan.bin");
  const error = await work.fails("apply", "-auto-approve", "plan.bin");
  assert.match(error, /Invalid value for "stop"/);
  const sent = server.requests.map(({ body }) => body).join();
  assert.ok(!sent.includes('"stop"'), sent);
});
