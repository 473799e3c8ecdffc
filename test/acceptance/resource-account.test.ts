import assert from "node:assert/strict";
import { before, describe, it } from "node:test";
import { startOpenAIServer } from "../support/openai-server/server.ts";
import { unboxed, type Workspace } from "../support/terraform.ts";
import {
  afterAll,
  attributesOf,
  completion,
  creations,
  type Outcome,
  planIsEmpty,
  prompt,
  started,
  succeeded,
} from "./resource-support.ts";

const day = 24 * 3_600_000;
const provider = (argument: string) => `provider "openai" {\n  ${argument}\n}\n`;
const address = (name: string) => `openai_chat_completion.${name}`;
const named = (name: string, more = "", text = `Hello ${name}`) =>
  completion(name, `${prompt(text)}\n  ${more}`);

/** A run that changes nothing of a completion, with one warning. */
function kept({ planned, said }: Outcome, name: string, warning: string, ...says: string[]): void {
  assert.ok(!(address(name) in planned), name);
  const texts = said(address(name));
  assert.equal(texts.length, 1, texts.join("\n"));
  for (const piece of [`Warning: ${warning}. `, ...says])
    assert.ok(texts[0]?.includes(piece), `${piece} in: ${texts[0]}`);
}

/** Whether a run warns that a completion of which it forgets the ID may be there: that warning names no address. */
function mayBeStored({ output }: Outcome, id: string): boolean {
  return output
    .split("\n")
    .some((line) => line.includes("Warning: Chat completion may still be stored") && line.includes(id));
}

/** A plan that changes nothing, with a warning. */
async function keptWith(work: Workspace, warning: string, ...says: string[]): Promise<void> {
  const { output } = await work.ok("plan");
  assert.match(output, /No changes/);
  const text = unboxed(output);
  assert.equal(text.split(`Warning: ${warning}`).length, 2, text);
  for (const piece of says) assert.ok(text.includes(piece), `${piece} in: ${text}`);
}

it("another project buys nothing: the answer is kept, until its own project says that it is gone", async (test) => {
  const { server, work } = await started(test);
  const completions = named("one") + named("tagged") + named("gone");
  work.write("main.tf", completions).write("provider.tf", provider('project = "proj_a"'));
  await work.ok("apply", "-auto-approve");
  const before = attributesOf(work, "tagged");
  // Nor does a changed tag stop anything.
  work.write("provider.tf", provider('project = "proj_b"'));
  work.write("main.tf", named("one") + named("tagged", 'metadata = { team = "b" }') + named("gone"));
  const other = await succeeded(work, "apply", "-auto-approve");
  kept(other, "one", "Chat completion belongs to another account", "project proj_a", "project proj_b");
  assert.match(other.said(address("tagged")).join(), /Warning: Metadata changed in state only/);
  assert.deepEqual(attributesOf(work, "tagged"), { ...before, metadata: { team: "b" } });
  assert.equal(server.counts.paidCreates, 3);

  work.write("provider.tf", provider('project = "proj_a"')).write("main.tf", completions);
  await work.ok("apply", "-auto-approve");
  server.control.forget(attributesOf(work, "gone").id);
  const { planned } = await succeeded(work, "plan");
  assert.deepEqual(planned, { [address("gone")]: "create" });
});

it("another key, another organization and another base URL buy nothing, and each says where a destroy leaves it", async (test) => {
  const { server, work } = await started(test);
  work.write("main.tf", completion("one")).write("provider.tf", provider('api_key = "sk-one"'));
  await work.ok("apply", "-auto-approve");
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
  work.write("main.tf", named("there") + named("gone") + named("replaced"));
  await work.ok("apply", "-auto-approve");
  const { id } = attributesOf(work, "replaced");
  for (const name of ["gone", "replaced"]) server.control.forget(attributesOf(work, name).id);
  const replaced = await succeeded(work, "apply", "-auto-approve", `-replace=${address("replaced")}`);
  kept(replaced, "gone", "Chat completion not found, and kept", "deleted outside of Terraform, or the key");
  assert.deepEqual(replaced.planned, { [address("replaced")]: "replace" });
  assert.ok(mayBeStored(replaced, id));
  assert.equal(server.counts.paidCreates, 4);
  await planIsEmpty(work);
});

/* These share the runs of Terraform over one configuration. */
describe("an API that cannot say whether it ever had a completion", () => {
  const cleanup = afterAll();
  let seen: Awaited<ReturnType<typeof run>>;
  before(async () => {
    seen = await run();
  });

  async function run() {
    const { server, work } = await started(cleanup);
    const idOf = (name: string): string => attributesOf(work, name).id;
    const stripped = named("stripped");
    const zero = named("zero", 'on_expiry = "recreate"');
    work.write("main.tf", stripped);
    await work.ok("apply", "-auto-approve");
    const id = idOf("stripped");
    const state = JSON.parse((await work.ok("state", "pull")).stdout);
    for (const resource of state.resources)
      for (const instance of resource.instances) delete instance.private;
    work.write("stripped.json", JSON.stringify({ ...state, serial: state.serial + 1 }));
    await work.ok("state", "push", "stripped.json");

    const notFound = { status: 404, body: { detail: "Not Found" } };
    server.control.fault({ method: "GET", id, ...notFound });
    // After that the API itself answers.
    server.control.fault({ method: "GET", id, times: "always" });
    const choices = [{ index: 0, finish_reason: "stop", message: { role: "assistant", content: "Hi" } }];
    const body = { id: "chatcmpl-zero", object: "chat.completion", created: 0, choices };
    server.control.fault({ method: "POST", text: "Hello zero", status: 200, body, times: "always" });
    const unknown = server.control.fault({
      method: "GET",
      id: "chatcmpl-zero",
      ...notFound,
      times: "always",
    });
    const refuse = () =>
      ["GET", "DELETE"].map((method) => {
        const refusal = { status: 405, body: { detail: "Method Not Allowed" } };
        return server.control.fault({ method, ...refusal, times: "always" });
      });
    const refusals = refuse();
    work.write("main.tf", stripped + zero + named("unstored"));
    const made = await succeeded(work, "apply", "-auto-approve");

    server.control.advance(60_000);
    server.control.forget(id);
    const again = await succeeded(work, "apply", "-auto-approve");
    const bought = ["stripped", "zero", "unstored"].map((name) =>
      creations(server.requests, `Hello ${name}`),
    );

    for (const last of [...refusals, unknown]) last();
    const missing = { message: "Completion not found", param: "completion_id", code: "not_found" };
    server.control.fault({
      method: "GET",
      id: "chatcmpl-zero",
      status: 404,
      body: { error: missing },
      times: "always",
    });
    refuse();
    const first = idOf("unstored");
    work.write("main.tf", stripped + zero + named("unstored", "", "Something else"));
    const changed = await succeeded(work, "apply", "-auto-approve");
    const second = attributesOf(work, "unstored");

    // Its age counts from its creation.
    server.control.advance(30 * day);
    work.write("main.tf", stripped + zero);
    const later = await succeeded(work, "apply", "-auto-approve");
    return { server, made, again, bought, first, changed, second, later };
  }

  it("a state without its private part buys nothing", () => {
    const { made, again, bought } = seen;
    kept(made, "stripped", "Chat completion cannot be read", "does not say whether it ever could");
    kept(again, "stripped", "Chat completion cannot be read");
    assert.equal(bought[0], 1);
  });

  it("a `created` of 0 does not make a completion expired, and buys nothing anew", () => {
    const { again, bought, changed, later } = seen;
    kept(again, "zero", "Chat completion cannot be read");
    assert.equal(bought[1], 1);
    kept(changed, "zero", "Chat completion cannot be read");
    assert.equal(later.planned[address("zero")], "create");
  });

  it("a gateway that stores nothing: kept with a warning, replaced when changed, destroyed with a warning", () => {
    const { server, made, again, bought, first, changed, second, later } = seen;
    assert.match(made.said(address("unstored")).join(), /seems to store no completions/);
    kept(again, "unstored", "Chat completion cannot be read", "seems to store no completions", "Status 405");
    assert.equal(bought[2], 1);
    assert.equal(changed.planned[address("unstored")], "replace");
    assert.ok(mayBeStored(changed, first));
    assert.equal(second.choices[0].message[0].content, "You said: Something else");
    assert.equal(creations(server.requests, "Something else"), 1);
    assert.equal(later.planned[address("unstored")], "delete");
    assert.ok(mayBeStored(later, second.id));
    assert.match(later.output, /1 destroyed/);
  });
});
