import assert from "node:assert/strict";
import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { it } from "node:test";
import { lacks } from "../support/cli.ts";
import {
  attributesOf,
  changesOf,
  completion,
  importBlock,
  planIsEmpty,
  prompt,
  started,
} from "./resource-support.ts";

const everything = `
  messages = [
    { role = "developer", content = "Be brief." },
    { role = "user", name = "ada", content_parts = [
      { type = "text", text = "What is this?" },
      { type = "image_url", image_url = { url = "https://example.com/a.png", detail = "low" } },
    ] },
    { role = "assistant", content = "A cat." },
    { role = "user", content = "trigger:tool And the weather?" },
  ]
  metadata         = { team = "platform" }
  temperature      = 0.2
  top_p            = 0.9
  presence_penalty = -0.5
  user             = "u-1"
  tools = [{
    type     = "function"
    function = {
      name            = "get_weather"
      description     = "The weather of a place."
      parameters_json = jsonencode({ type = "object", properties = { place = { type = "string" } } })
    }
  }]
  tool_choice          = jsonencode({ type = "function", function = { name = "get_weather" } })
  response_format_json = jsonencode({ type = "text" })
`;

it("an import by block writes a configuration whose plan is empty, and pays for nothing", {
  skip: lacks("generated configuration of nested attributes"),
}, async (test) => {
  const { server, work } = await started(test);
  work.write("main.tf", completion("made", everything));
  await work.ok("apply", "-auto-approve");
  const made = attributesOf(work, "made");
  await work.ok("state", "rm", "openai_chat_completion.made");

  work.write("main.tf", importBlock("found", made.id));
  await work.ok("plan", "-generate-config-out=generated.tf");
  await work.ok("apply", "-auto-approve");
  await planIsEmpty(work);
  assert.equal(server.counts.paidCreates, 1);

  const found = attributesOf(work, "found");
  assert.equal(found.model, "gpt-4o-mini-2024-07-18");
  for (const name of ["messages", "metadata", "temperature", "user", "tools", "response_format_json"]) {
    assert.deepEqual(found[name], made[name], name);
  }
  assert.deepEqual(JSON.parse(found.tool_choice), JSON.parse(made.tool_choice));
  assert.equal(found.seed, null, "a seed that the server drew is no argument");
  assert.deepEqual(found.choices[0].message[0].tool_calls, made.choices[0].message[0].tool_calls);

  const text = readFileSync(join(work.folder, "generated.tf"), "utf8");
  assert.doesNotMatch(text, /sk-acceptance/);
  await work.ok("destroy", "-auto-approve");
  assert.deepEqual(server.control.ids(), []);
});

it("an import by command adopts the configuration over what the API does not report, without a call", async (test) => {
  const { server, work } = await started(test);
  const config = completion(
    "kept",
    `${everything}
  seed                  = 9223372036854775807
  max_completion_tokens = 50
  stop                  = ["END"]
  service_tier          = "auto"
  logit_bias            = { "50256" = -100 }
  extra_body_json       = jsonencode({ functions = [] })
  timeouts              = { create = "2m" }`,
  );
  work.write("main.tf", config);
  await work.ok("apply", "-auto-approve");
  const made = attributesOf(work, "kept");
  await work.ok("state", "rm", "openai_chat_completion.kept");
  await work.ok("import", "openai_chat_completion.kept", made.id);
  const changes = await changesOf(work);
  assert.deepEqual(
    changes.map(({ actions }) => actions),
    [["update"]],
    "in place, and not anew",
  );
  server.control.clearRequests();
  await work.ok("apply", "-auto-approve", "plan.bin");
  assert.equal(server.counts.update + server.counts.create, 0, "no call");
  await planIsEmpty(work);

  const kept = attributesOf(work, "kept");
  const reported = { ...made, choices: null, completion_tokens_details: null, prompt_tokens_details: null };
  assert.deepEqual({ ...kept, choices: null }, reported, "what only the create answer had is not there");

  // From then on a change is a change again.
  work.write("main.tf", config.replace('service_tier          = "auto"', 'service_tier = "flex"'));
  assert.deepEqual(await changesOf(work), [
    { address: "openai_chat_completion.kept", actions: ["delete", "create"], because: ["service_tier"] },
  ]);
});

it("after an import, messages that are to be kept out of state are adopted too", {
  skip: lacks("write-only arguments"),
}, async (test) => {
  const { server, work } = await started(test);
  work.write("main.tf", completion("kept"));
  await work.ok("apply", "-auto-approve");
  const { id } = attributesOf(work, "kept");
  await work.ok("state", "rm", "openai_chat_completion.kept");
  await work.ok("import", "openai_chat_completion.kept", id);
  const writeOnly = `${prompt("Hello").replace("messages", "messages_wo")}\n  messages_wo_version = 1`;
  work.write("main.tf", completion("kept", writeOnly));
  await work.ok("apply", "-auto-approve");
  const kept = attributesOf(work, "kept");
  assert.deepEqual([kept.id, kept.messages, kept.messages_wo, kept.messages_wo_version], [id, null, null, 1]);
  assert.equal(server.counts.paidCreates, 1);
  await planIsEmpty(work);
});

it("messages of which the API reports a part only are imported in part, and the configuration adds the rest", {
  skip: lacks("generated configuration of nested attributes"),
}, async (test) => {
  const { server, work } = await started(test);
  const messages = `
  messages = [
    { role = "user", content = "The weather?" },
    { role = "assistant", tool_calls = [
      { id = "call_1", type = "function", function = { name = "get_weather", arguments = "{}" } },
    ] },
    { role = "tool", tool_call_id = "call_1", content = "Rain." },
  ]`;
  work.write("main.tf", completion("talk", messages));
  await work.ok("apply", "-auto-approve");
  const { id } = attributesOf(work, "talk");
  await work.ok("state", "rm", "openai_chat_completion.talk");

  work.write("main.tf", importBlock("talk", id));
  const refused = await work.fails("plan", "-generate-config-out=generated.tf");
  assert.match(refused, /Message without content/, "the written configuration has a gap, which is shown");
  assert.match(refused, /Missing value for "tool_call_id"/);
  rmSync(join(work.folder, "generated.tf"));

  work.write("main.tf", importBlock("talk", id) + completion("talk", messages));
  await work.ok("apply", "-auto-approve");
  await planIsEmpty(work);
  assert.equal(attributesOf(work, "talk").messages[1].tool_calls[0].id, "call_1");
  assert.equal(server.counts.paidCreates, 1);
});

it('messages that hold the answer too, and "" in place of null, are imported as what was asked', async (test) => {
  const { server, work } = await started(test);
  const text = (role: string, content: string) => ({
    role,
    content,
    content_parts: [{ type: "text", text: content, image_url: { url: "", detail: "" } }],
    name: "",
    refusal: "",
    tool_call_id: "",
    tool_calls: [],
  });
  server.seed({
    id: "chatcmpl-gateway",
    content: "Hi.",
    view: { tool_choice: "none", input_user: "", response_format: "", metadata: null },
    messages: [text("system", "Be brief."), text("user", "Hello"), text("assistant", "Hi.")],
  });
  const parts = '{ role = "user", content_parts = [{ type = "text", text = "Hello" }] }';
  const written = `  messages = [{ role = "system", content = "Be brief." }, ${parts}]`;
  work.write("main.tf", completion("found", written));
  await work.ok("import", "openai_chat_completion.found", "chatcmpl-gateway");
  await work.ok("apply", "-auto-approve");
  await planIsEmpty(work);
  // The other form of the same text is no change either.
  work.write("main.tf", completion("found", written.replace(parts, '{ role = "user", content = "Hello" }')));
  await planIsEmpty(work);
  work.write("main.tf", completion("found", written.replace("Hello", "Hallo")));
  assert.deepEqual((await changesOf(work))[0]?.actions, ["delete", "create"]);
  assert.equal(server.counts.create, 0);
});

it("what cannot be imported is an error that says why", async (test) => {
  const { work } = await started(test);
  work.write("main.tf", completion("one"));
  const missing = await work.fails("import", "openai_chat_completion.one", "chatcmpl-missing");
  assert.match(missing, /Chat completion not found .* "chatcmpl-missing"/);
  const invalid = await work.fails("import", "openai_chat_completion.one", "..");
  assert.match(invalid, /Invalid ID "\.\." is not the ID of a chat completion/);
});
