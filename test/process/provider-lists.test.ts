import assert from "node:assert/strict";
import { once } from "node:events";
import { after, before, beforeEach, type TestContext, test } from "node:test";
import { type OpenAIServer, startOpenAIServer } from "../support/openai-server/server.ts";
import { BuiltProvider, encode, until } from "./support/built-provider.ts";
import { messages } from "./support/messages.ts";
import type { Message } from "./support/proto.ts";

/* Lists as a host drives them: the stream of a process, read, cancelled and stopped half-way. */

let server: OpenAIServer;
before(async () => {
  server = await startOpenAIServer();
});
beforeEach(() => {
  server.control.reset();
  for (let count = 0; count < 250; count += 1) server.control.addObject("files", { id: `file-${count}` });
});
after(() => server.close());

async function configured(t: TestContext): Promise<BuiltProvider> {
  const env = { OPENAI_API_KEY: "sk-process", OPENAI_BASE_URL: server.url };
  const provider = await BuiltProvider.start(t, { env });
  assert.deepEqual(await provider.configure(), []);
  return provider;
}

/** A list's stream, and the events that have come so far. */
function list(provider: BuiltProvider, limit: number) {
  const type = provider.schemas.listResources.get("openai_file");
  assert.ok(type);
  const request = {
    type_name: "openai_file",
    config: encode({}, type),
    limit,
    include_resource_object: true,
  };
  const stream = provider.client.stream("tfplugin6.Provider/ListResource", request);
  const events: Message[] = [];
  stream.on("data", (event: Message) => events.push(event));
  const ended = new Promise<number>((resolve) => {
    stream.on("end", () => resolve(0));
    stream.on("error", (error: { code?: number }) => resolve(error.code ?? -1));
  });
  return { stream, events, ended };
}

async function stillLists(provider: BuiltProvider): Promise<void> {
  server.control.clearRequests();
  const { events, ended } = list(provider, 3);
  assert.equal(await ended, 0);
  assert.equal(events.length, 3);
  assert.equal(server.requests.length, 1);
}

test("a list is a stream of as many objects as the limit, in as many pages as it needs", async (t) => {
  const provider = await configured(t);
  const { events, ended } = list(provider, 150);
  assert.equal(await ended, 0);
  assert.equal(events.length, 150);
  assert.equal(server.requests.length, 2);
  assert.ok(events.every(({ identity, resource_object }) => identity !== null && resource_object !== null));
  await stillLists(provider);
});

test("a host that cancels half-way ends the list and its request, and the process goes on serving", async (t) => {
  const provider = await configured(t);
  server.fault({ path: "/v1/files", skip: 1, delayMs: 60_000 });
  const { stream, events, ended } = list(provider, 250);
  await until("the second page to be asked for", () => server.requests.length === 2);
  stream.cancel();
  assert.equal(await ended, 1);
  assert.ok(events.length <= 100);
  await until("the API to lose its client", () => server.requests[1]?.abandoned === true);
  assert.equal(server.requests.length, 2);
  await stillLists(provider);
});

test("StopProvider ends a list with an error, and the process goes on serving", async (t) => {
  const provider = await configured(t);
  server.fault({ path: "/v1/files", skip: 1, delayMs: 60_000 });
  const { events, ended } = list(provider, 250);
  await until("the second page to be asked for", () => server.requests.length === 2);
  assert.equal((await provider.call("StopProvider")).Error, "");
  assert.equal(await ended, 0);
  assert.equal(events.length, 101);
  assert.equal(messages(events.at(-1)?.diagnostic).length, 1);
  await stillLists(provider);
});

test("Shutdown in the middle of a list ends the process at once", async (t) => {
  const provider = await configured(t);
  server.fault({ path: "/v1/files", delayMs: 60_000 });
  const { ended } = list(provider, 250);
  await until("the request", () => server.requests.length === 1);
  assert.deepEqual(await provider.client.shutdown(), { code: 0, signal: null });
  await ended;
});

test("an action that there is none of, and a list of what is not listed, are answered in the stream", async (t) => {
  const provider = await configured(t);
  for (const [rpc, request] of [
    ["ListResource", { type_name: "openai_model", limit: 1 }],
    ["InvokeAction", { action_type: "openai_nothing" }],
  ] as const) {
    const stream = provider.client.stream(`tfplugin6.Provider/${rpc}`, request);
    const events: Message[] = [];
    stream.on("data", (event: Message) => events.push(event));
    await once(stream, "end");
    assert.equal(events.length, 1);
    assert.match(JSON.stringify(events), /This provider has no (list resource|action)/);
  }
  await stillLists(provider);
});
