import assert from "node:assert/strict";
import { it } from "node:test";
import { lacks } from "../support/cli.ts";
import { attributesOf, changesOf, completion, planIsEmpty, prompt, started } from "./resource-support.ts";

const one = "openai_chat_completion.one";

it("a change of any other argument replaces, and prevent_destroy refuses that", async (test) => {
  const { server, work } = await started(test);
  work.write("main.tf", completion("one", `${prompt("Hello")}\n  lifecycle { prevent_destroy = true }`));
  await work.ok("apply", "-auto-approve");
  work.write("main.tf", completion("one", `${prompt("Bye")}\n  lifecycle { prevent_destroy = true }`));
  assert.match(await work.fails("plan"), /[Ii]nstance cannot be destroyed/);

  work.write("main.tf", completion("one", `${prompt("Bye")}\n  temperature = 0`));
  assert.deepEqual(await changesOf(work), [
    { address: one, actions: ["delete", "create"], because: ["messages", "temperature"] },
  ]);
  await work.ok("apply", "-auto-approve", "plan.bin");
  assert.equal(server.control.ids().length, 1, "the first is gone");
  assert.equal(server.counts.paidCreates, 2);
});

it("ignore_changes, replace_triggered_by and create_before_destroy behave", async (test) => {
  const { server, work } = await started(test);
  const config = (text: string, edition: number) =>
    `resource "terraform_data" "edition" {\n  input = ${edition}\n}\n` +
    completion(
      "one",
      `${prompt(text)}\n  lifecycle {\n    ignore_changes = [messages]\n    create_before_destroy = true\n    ` +
        "replace_triggered_by = [terraform_data.edition]\n  }",
    );
  work.write("main.tf", config("Hello", 1));
  await work.ok("apply", "-auto-approve");
  work.write("main.tf", config("Ignored", 1));
  await planIsEmpty(work);
  work.write("main.tf", config("Ignored", 2));
  assert.deepEqual((await changesOf(work)).find(({ address }) => address === one)?.actions, [
    "create",
    "delete",
  ]);
  server.control.clearRequests();
  await work.ok("apply", "-auto-approve", "plan.bin");
  const writes = server.requests.map(({ method }) => method).filter((method) => method !== "GET");
  assert.deepEqual(writes, ["POST", "DELETE"], "the new one first");
  await planIsEmpty(work);
});

it("moved and removed change the state alone", { skip: lacks("removed blocks") }, async (test) => {
  const { server, work } = await started(test);
  work.write("main.tf", completion("one"));
  await work.ok("apply", "-auto-approve");
  server.control.clearRequests();
  work.write(
    "main.tf",
    `moved {\n  from = ${one}\n  to = openai_chat_completion.two\n}\n${completion("two")}`,
  );
  await work.ok("apply", "-auto-approve");
  const { id } = attributesOf(work, "two");
  work.write(
    "main.tf",
    "removed {\n  from = openai_chat_completion.two\n  lifecycle {\n    destroy = false\n  }\n}\n",
  );
  await work.ok("apply", "-auto-approve");
  assert.deepEqual(server.control.ids(), [id]);
  assert.ok(server.requests.every(({ method }) => method === "GET"));
});

it("fifty of a for_each are created, planned empty, read by -target alone, and destroyed", async (test) => {
  const { server, work } = await started(test, { visibleAfterMs: 300 });
  work.write(
    "main.tf",
    `resource "openai_chat_completion" "many" {
  for_each = toset([for i in range(50) : tostring(i)])
  model    = "gpt-4o-mini"
  messages = [{ role = "user", content = "Number \${each.key}" }]
  metadata = { number = each.key }
}
output "answers" {
  value = { for key, each in openai_chat_completion.many : key => each.choices[0].message[0].content }
}
`,
  );
  await work.ok("apply", "-auto-approve");
  assert.equal(server.counts.paidCreates, 50);
  const answers = await work.output("answers");
  assert.ok(answers instanceof Object && "49" in answers);
  assert.equal(answers["49"], "You said: Number 49");
  await planIsEmpty(work);

  server.control.clearRequests();
  await work.ok("plan", "-refresh=false");
  assert.deepEqual(server.requests, [], "-refresh=false asks nobody");
  await work.ok("apply", "-auto-approve", '-target=openai_chat_completion.many["7"]');
  assert.equal(server.counts.retrieve, 1);
  assert.equal(server.counts.create, 0);
  await work.ok("destroy", "-auto-approve");
  assert.deepEqual(server.control.ids(), []);
});

it("two aliases keep their completions in their own projects", async (test) => {
  const { server, work } = await started(test, {
    keys: { "sk-a": { project: "proj_a" }, "sk-b": { project: "proj_b" } },
  });
  const providers = ["a", "b"].map(
    (name) => `provider "openai" {\n  alias = "${name}"\n  api_key = "sk-${name}"\n}\n`,
  );
  const blocks = ["a", "b"].map((name) => completion(name, `${prompt(name)}\n  provider = openai.${name}`));
  work.write("main.tf", [...providers, ...blocks].join(""));
  await work.ok("apply", "-auto-approve");
  await planIsEmpty(work);
  const keys = new Map(server.requests.map(({ path, key }) => [path, key]));
  for (const name of ["a", "b"]) {
    const { id } = attributesOf(work, name);
    assert.equal(keys.get(`/v1/chat/completions/${id}`), `sk-${name}`);
  }
  await work.ok("destroy", "-auto-approve");
  assert.deepEqual(server.control.ids(), []);
  assert.equal(server.counts.paidCreates, 2);
});

it("write-only messages are in no plan and no state, and their version replaces", {
  skip: lacks("write-only arguments"),
}, async (test) => {
  const { server, work } = await started(test);
  const secret = (text: string, version: number) =>
    completion(
      "one",
      `  messages_wo = [
    { role = "system", content_parts = [{ type = "text", text = "canary-part" }] },
    { role = "user", content = ${JSON.stringify(text)} },
  ]
  messages_wo_version = ${version}
  max_completion_tokens = 1`,
    );
  work.write("main.tf", secret("Say a canary-prompt", 1));
  await work.ok("plan", "-out=first.bin");
  const planned = (await work.ok("show", "-json", "first.bin")).stdout;
  await work.ok("apply", "-auto-approve", "first.bin");
  assert.equal(server.counts.paidCreates, 1);
  assert.match(
    server.requests.find(({ method }) => method === "POST")?.body ?? "",
    /canary-part.*canary-prompt/,
  );
  const state = (await work.ok("state", "pull")).stdout;
  const values = JSON.stringify(JSON.parse(planned).planned_values);
  for (const text of [state, values]) assert.doesNotMatch(text, /canary/);
  await planIsEmpty(work);

  work.write("main.tf", secret("Another canary-prompt", 1));
  await planIsEmpty(work); // a change of messages_wo alone is not seen
  work.write("main.tf", secret("Another canary-prompt", 2));
  assert.deepEqual(await changesOf(work), [
    { address: one, actions: ["delete", "create"], because: ["messages_wo_version"] },
  ]);
});

it("JSON in another layout is no change, at any depth, and numbers in it are compared exactly", async (test) => {
  const { server, work } = await started(test);
  const config = (format: string, parameters: string) =>
    completion(
      "one",
      `${prompt("Hello")}
  response_format_json = ${JSON.stringify(format)}
  tools = [{ type = "function", function = { name = "f", parameters_json = ${JSON.stringify(parameters)} } }]`,
    );
  work.write("main.tf", config('{"type":"text"}', '{"a":1.0,"b":9007199254740993}'));
  await work.ok("apply", "-auto-approve");
  work.write("main.tf", config('{ "type": "text" }', '{ "b": 9007199254740993,\n "a": 1 }'));
  await planIsEmpty(work);
  work.write("main.tf", config('{"type":"text"}', '{"a":1,"b":9007199254740992}'));
  assert.deepEqual((await changesOf(work))[0]?.because, ["tools"]);
  assert.match(server.requests[0]?.body ?? "", /"parameters":\{"a":1\.0,"b":9007199254740993\}/);
});
