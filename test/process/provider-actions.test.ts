import assert from "node:assert/strict";
import { after, before, beforeEach, type TestContext, test } from "node:test";
import type { Value } from "../../src/cty/index.ts";
import { type OpenAIServer, startOpenAIServer } from "../support/openai-server/server.ts";
import { BuiltProvider, encode, until } from "./support/built-provider.ts";
import { diagnosticsOf, message, text } from "./support/messages.ts";
import type { Message } from "./support/proto.ts";

/* Actions as a host drives them: planned, invoked to their end, cancelled and stopped half-way. */

let server: OpenAIServer;
before(async () => {
  server = await startOpenAIServer();
});
beforeEach(() => {
  const { control } = server;
  control.reset();
  control.clearCompletions();
  for (let index = 0; index < 120; index += 1)
    control.seed({ id: `chatcmpl-${index}`, view: { metadata: { team: "platform" } } });
  for (const id of ["file-used", "file-unused"]) {
    control.forgetObject("files", id);
    control.addObject("files", { id, purpose: "vision", created_at: 1_600_000_000 });
  }
  control.forgetObject("batches", "batch_1");
  control.addObject("batches", { id: "batch_1", input_file_id: "file-used" });
});
after(() => server.close());

type Arguments = Readonly<Record<string, Value>>;

const platform: Arguments = { metadata: new Map([["team", "platform"]]) };

async function configured(t: TestContext): Promise<BuiltProvider> {
  const env = { OPENAI_API_KEY: "sk-process", OPENAI_BASE_URL: server.url };
  const provider = await BuiltProvider.start(t, { env });
  assert.deepEqual(await provider.configure(), []);
  return provider;
}

function configOf(provider: BuiltProvider, action_type: string, given: Arguments): Message {
  const type = provider.schemas.actions.get(action_type);
  assert.ok(type, action_type);
  return encode(given, type);
}

async function plan(provider: BuiltProvider, action_type: string, given: Arguments): Promise<string[]> {
  const config = configOf(provider, action_type, given);
  return diagnosticsOf(await provider.call("PlanAction", { action_type, config }));
}

async function validate(provider: BuiltProvider, type_name: string, given: Arguments): Promise<string[]> {
  const config = configOf(provider, type_name, given);
  return diagnosticsOf(await provider.call("ValidateActionConfig", { type_name, config }));
}

/** An action's stream: its progress so far, and its end. */
function invoke(provider: BuiltProvider, action_type: string, given: Arguments) {
  const config = configOf(provider, action_type, given);
  const stream = provider.client.stream("tfplugin6.Provider/InvokeAction", { action_type, config });
  const progress: string[] = [];
  let diagnostics: string[] | undefined;
  stream.on("data", (event: Message) => {
    assert.equal(diagnostics, undefined, "nothing comes after the end");
    if (event.type === "progress") progress.push(text(message(event.progress).message));
    else diagnostics = diagnosticsOf(message(event.completed));
  });
  const ended = new Promise<string[] | number | undefined>((resolve) => {
    stream.on("end", () => resolve(diagnostics));
    stream.on("error", (error: { code?: number }) => resolve(error.code ?? -1));
  });
  return { stream, progress, ended };
}

for (const [type, given, planned, done, left] of [
  [
    "openai_chat_completion_delete",
    { ...platform, max_deletions: 120 },
    /120 stored completions to be deleted/,
    "120 of 120 stored completions deleted, 0 left.",
    () => server.control.ids().length === 0,
  ],
  [
    "openai_chat_completion_tag",
    { ...platform, set_metadata: new Map([["run", "nightly"]]), max_updates: 120 },
    /120 stored completions to be tagged/,
    "120 of 120 stored completions tagged, 0 left.",
    () => server.counts.update === 120,
  ],
  [
    "openai_file_delete_unused",
    { purpose: "vision", min_age_days: 30, max_deletions: 5 },
    /1 unused file of purpose vision to be deleted/,
    "1 of 1 unused file of purpose vision deleted, 0 left.",
    () => server.control.objects.peek("files", "file-used") !== undefined,
  ],
] as const) {
  test(`${type} is validated, counted in a plan that changes nothing, and invoked with its progress`, async (t) => {
    const provider = await configured(t);
    assert.deepEqual(await validate(provider, type, given), []);
    const [warning = "", ...more] = await plan(provider, type, given);
    assert.match(warning, planned);
    assert.deepEqual(more, []);
    assert.ok(server.requests.every(({ method }) => method === "GET"));
    const { progress, ended } = invoke(provider, type, given);
    assert.deepEqual(await ended, []);
    assert.equal(progress.at(-1), done);
    assert.ok(left());
  });

  test(`${type} without a target is refused, planned or invoked, and the process goes on serving`, async (t) => {
    const provider = await configured(t);
    const nothing = { max_deletions: 5, max_updates: 5 };
    const names = Object.keys(nothing).filter((name) => name in given);
    const without = Object.fromEntries(names.map((name) => [name, 5]));
    assert.ok((await validate(provider, type, without)).length > 0);
    // Values that are ephemeral may be null in a plan: nothing can be counted then, and nothing is asked.
    assert.match((await plan(provider, type, without)).join(), /Not counted yet/);
    const refused = await invoke(provider, type, without).ended;
    assert.ok(Array.isArray(refused) && refused.length > 0);
    assert.deepEqual(server.requests, []);
    assert.match((await plan(provider, type, given)).join(), planned);
  });
}

for (const [type, argument, path, id, title] of [
  ["openai_external_key_validate", "external_key_id", "external_keys", "extkey_1", "External key"],
  [
    "openai_external_storage_validate",
    "external_storage_id",
    "external_storage",
    "extstorage_1",
    "External storage configuration",
  ],
] as const) {
  test(`${type} is validated, planned without a request, invoked with its progress, and fails with the API's reason`, async (t) => {
    const kind = `organization/${path}`;
    server.control.forgetObject(kind, id);
    server.control.addObject(kind, { id });
    const env = { OPENAI_ADMIN_KEY: "sk-admin-process", OPENAI_BASE_URL: server.url };
    const provider = await BuiltProvider.start(t, { env });
    assert.deepEqual(await provider.configure(), []);
    const given = { [argument]: id };
    assert.deepEqual(await validate(provider, type, given), []);
    assert.match((await validate(provider, type, { [argument]: "a/b" })).join(), /An ID with a slash/);
    assert.deepEqual(await plan(provider, type, given), []);
    assert.deepEqual(server.requests, []);

    const { progress, ended } = invoke(provider, type, given);
    assert.deepEqual(await ended, []);
    assert.match(progress.at(-1) ?? "", /OpenAI reports "valid(ated)?" .*: it works\.$/);

    const body = { error: { message: "AssumeRole was denied.", type: "invalid_request_error" } };
    server.fault({ method: "POST", path: `/v1/${kind}/${id}/validate`, status: 400, body });
    const failed = await invoke(provider, type, given).ended;
    assert.ok(Array.isArray(failed));
    assert.match(failed.join(), new RegExp(`${title} does not work.*AssumeRole was denied\\.`, "s"));
    assert.deepEqual(await invoke(provider, type, given).ended, [], "and the process goes on serving");
  });
}

/** An action of which four deletions are under way, and wait. */
async function underWay(provider: BuiltProvider) {
  server.fault({ method: "DELETE", skip: 20, delayMs: 60_000, times: "always" });
  const invoked = invoke(provider, "openai_chat_completion_delete", { ...platform, max_deletions: 200 });
  await until("four deletions to wait", () => server.requests.filter(isDelete).length === 24);
  return invoked;
}

function isDelete({ method }: { readonly method: string }): boolean {
  return method === "DELETE";
}

test("StopProvider ends an action, which says how many are done and how many are left", async (t) => {
  const provider = await configured(t);
  const { ended, progress } = await underWay(provider);
  assert.equal((await provider.call("StopProvider")).Error, "");
  const diagnostics = await ended;
  assert.ok(Array.isArray(diagnostics));
  assert.match(diagnostics.join(), /100 of 120 stored completions not deleted/);
  assert.match(
    diagnostics.join(),
    /Terraform was interrupted.*no answer came before the interrupt, so that it may be deleted/s,
  );
  assert.equal(progress.at(-1), "20 of 120 stored completions deleted, 100 left.");
  assert.equal(server.requests.filter(isDelete).length, 24, "and no other was begun");
  server.control.reset();
  const rest = invoke(provider, "openai_chat_completion_delete", { ...platform, max_deletions: 200 });
  assert.deepEqual(await rest.ended, []);
  assert.equal(server.control.ids().length, 0);
});

test("a host that cancels half-way ends an action and its requests, and the process goes on serving", async (t) => {
  const provider = await configured(t);
  const { stream, ended } = await underWay(provider);
  stream.cancel();
  assert.equal(await ended, 1);
  await until("the API to lose its client", () =>
    server.requests
      .filter(isDelete)
      .slice(20)
      .every(({ abandoned }) => abandoned),
  );
  assert.equal(server.requests.filter(isDelete).length, 24);
  assert.match(
    (await plan(provider, "openai_chat_completion_delete", { ...platform, max_deletions: 200 })).join(),
    /to be deleted/,
  );
});

test("Shutdown in the middle of an action ends the process at once", async (t) => {
  const provider = await configured(t);
  const { ended } = await underWay(provider);
  assert.deepEqual(await provider.client.shutdown(), { code: 0, signal: null });
  await ended;
});
