import assert from "node:assert/strict";
import { it, type TestContext } from "node:test";
import { startOpenAIServer } from "../support/openai-server/server.ts";
import { unboxed, type Workspace } from "../support/terraform.ts";
import { attributesOf, changesOf, completion, planIsEmpty, prompt, started } from "./resource-support.ts";

const day = 24 * 3_600_000;
const provider = (argument: string) => `provider "openai" {\n  ${argument}\n}\n`;

/** A plan that changes nothing, with a warning. */
async function keptWith(work: Workspace, warning: string, ...says: string[]): Promise<void> {
  const { output } = await work.ok("plan");
  assert.match(output, /No changes/);
  const text = unboxed(output);
  assert.equal(text.split(`Warning: ${warning}`).length, 2, text);
  for (const piece of says) assert.ok(text.includes(piece), `${piece} in: ${text}`);
}

async function created(test: TestContext, argument: string) {
  const place = await started(test);
  place.work.write("main.tf", completion("one")).write("provider.tf", provider(argument));
  await place.work.ok("apply", "-auto-approve");
  return place;
}

it("another project buys nothing: the answer is kept, until its own project says that it is gone", async (test) => {
  const { server, work } = await created(test, 'project = "proj_a"');
  const before = attributesOf(work, "one");
  work.write("provider.tf", provider('project = "proj_b"'));
  await keptWith(work, "Chat completion belongs to another account", "project proj_a", "project proj_b");
  // Nor does a changed tag stop anything.
  work.write("main.tf", completion("one", `${prompt("Hello")}\n  metadata = { team = "b" }`));
  const tagged = await work.ok("apply", "-auto-approve");
  assert.match(unboxed(tagged.output), /Warning: Metadata changed in state only/);
  assert.deepEqual(attributesOf(work, "one"), { ...before, metadata: { team: "b" } });
  assert.equal(server.counts.paidCreates, 1);

  work.write("provider.tf", provider('project = "proj_a"')).write("main.tf", completion("one"));
  await work.ok("apply", "-auto-approve");
  await planIsEmpty(work);
  server.control.forget(before.id);
  assert.deepEqual((await changesOf(work))[0]?.actions, ["create"]);
});

it("another key, another organization and another base URL buy nothing, and each says where a destroy leaves it", async (test) => {
  const { server, work } = await created(test, 'api_key = "sk-one"');
  const other = await startOpenAIServer({ completions: [] });
  test.after(() => other.close());
  const title = "Chat completion belongs to another account";
  work.write("provider.tf", provider('api_key = "sk-two"'));
  await keptWith(work, title);
  work.write("provider.tf", provider('api_key = "sk-one"\n  organization = "org-b"'));
  await keptWith(work, title, "organization org-b");
  work.write("provider.tf", provider(`api_key = "sk-one"\n  base_url = "${other.url}"`));
  await keptWith(work, title, "base_url of the provider is another one");
  const { id } = attributesOf(work, "one");
  const destroyed = await work.ok("destroy", "-auto-approve");
  assert.match(unboxed(destroyed.output), /Warning: Chat completion may still be stored/);
  assert.ok(unboxed(destroyed.output).includes(id));
  assert.deepEqual(server.control.ids(), [id]);
  assert.deepEqual([server.counts.paidCreates, other.counts.paidCreates], [1, 0]);
});

it("an API that names no account cannot show that a completion is gone", async (test) => {
  const { server, work } = await started(test);
  const unnamed = { "openai-organization": "", "openai-project": "" };
  server.control.fault({ headers: unnamed, times: "always" });
  work.write("main.tf", completion("one"));
  await work.ok("apply", "-auto-approve");
  await planIsEmpty(work);
  server.control.forget(attributesOf(work, "one").id);
  await keptWith(work, "Chat completion not found, and kept", "deleted outside of Terraform, or the key");
  const replaced = await work.ok("apply", "-auto-approve", "-replace=openai_chat_completion.one");
  assert.match(unboxed(replaced.output), /Warning: Chat completion may still be stored/);
  assert.equal(server.counts.paidCreates, 2);
  await planIsEmpty(work);
});

it("a state without its private part buys nothing", async (test) => {
  const { server, work } = await created(test, 'api_key = "sk-one"');
  const state = JSON.parse((await work.ok("state", "pull")).stdout);
  for (const resource of state.resources) for (const instance of resource.instances) delete instance.private;
  work.write("stripped.json", JSON.stringify({ ...state, serial: state.serial + 1 }));
  await work.ok("state", "push", "stripped.json");
  server.control.fault({ method: "GET", status: 404, body: { detail: "Not Found" } });
  await keptWith(work, "Chat completion cannot be read", "does not say whether it ever could");
  server.control.advance(60_000);
  server.control.forget(attributesOf(work, "one").id);
  await keptWith(work, "Chat completion cannot be read");
  assert.equal(server.counts.paidCreates, 1);
});

it("a `created` of 0 does not make a completion expired, and buys nothing anew", async (test) => {
  const { server, work } = await started(test);
  const body = {
    id: "chatcmpl-fixed",
    object: "chat.completion",
    created: 0,
    choices: [{ index: 0, finish_reason: "stop", message: { role: "assistant", content: "Hi" } }],
  };
  server.control.fault({ method: "POST", status: 200, body, times: "always" });
  server.control.fault({ method: "GET", status: 404, body: { detail: "Not Found" }, times: "always" });
  work.write("main.tf", completion("one", `${prompt("Hello")}\n  on_expiry = "recreate"`));
  await work.ok("apply", "-auto-approve");
  await keptWith(work, "Chat completion cannot be read");
  await work.ok("apply", "-auto-approve");
  const missing = { message: "Completion not found", param: "completion_id", code: "not_found" };
  server.control.reset();
  server.control.fault({ method: "GET", status: 404, body: { error: missing }, times: "always" });
  server.control.advance(60_000);
  await keptWith(work, "Chat completion cannot be read");
  // Its age counts from its creation.
  server.control.advance(30 * day);
  assert.deepEqual((await changesOf(work))[0]?.actions, ["create"]);
});

it("a gateway that stores nothing: kept with a warning, replaced when changed, destroyed with a warning", async (test) => {
  const { server, work } = await started(test);
  for (const method of ["GET", "DELETE"])
    server.control.fault({ method, status: 405, body: { detail: "Method Not Allowed" }, times: "always" });
  work.write("main.tf", completion("one"));
  const applied = await work.ok("apply", "-auto-approve");
  assert.match(unboxed(applied.output), /seems to store no completions/);
  await keptWith(work, "Chat completion cannot be read", "seems to store no completions", "Status 405");
  await work.ok("apply", "-auto-approve");
  assert.equal(server.counts.paidCreates, 1);
  work.write("main.tf", completion("one", prompt("Something else")));
  const replaced = await work.ok("apply", "-auto-approve");
  assert.match(unboxed(replaced.output), /Warning: Chat completion may still be stored/);
  assert.equal(attributesOf(work, "one").choices[0].message[0].content, "You said: Something else");
  assert.equal(server.counts.paidCreates, 2);
  const destroyed = await work.ok("destroy", "-auto-approve");
  assert.match(unboxed(destroyed.output), /Warning: Chat completion may still be stored/);
  assert.match(destroyed.output, /1 destroyed/);
});
