import assert from "node:assert/strict";
import { once } from "node:events";
import { type TestContext, test } from "node:test";
import { encodeMsgpack, number, object, objectValue, string, type Value } from "../../src/cty/index.ts";
import { startOpenAIServer } from "../support/openai-server/server.ts";
import { BuiltProvider, encode } from "./support/built-provider.ts";
import { diagnosticsOf, message, messages } from "./support/messages.ts";
import type { Message } from "./support/proto.ts";

/* What a host may send that is wrong about lists, identities and actions: a diagnostic, and the process goes on serving. */

async function place(t: TestContext) {
  const server = await startOpenAIServer();
  t.after(() => server.close());
  for (const id of ["file-1", "file-2"]) server.control.addObject("files", { id });
  const env = { OPENAI_API_KEY: "sk-process", OPENAI_BASE_URL: server.url };
  const provider = await BuiltProvider.start(t, { env });
  assert.deepEqual(await provider.configure(), []);
  return { server, provider };
}

/** An object of texts, whatever a schema says. */
function texts(values: Readonly<Record<string, string | null>>): Message {
  const type = object(Object.keys(values).map((name) => [name, string]));
  return { msgpack: encodeMsgpack(objectValue(Object.entries(values)), type) };
}

function config(provider: BuiltProvider, kind: "listResources" | "actions", name: string): Message {
  const type = provider.schemas[kind].get(name);
  assert.ok(type, name);
  return encode({}, type);
}

async function events(provider: BuiltProvider, rpc: string, request: Message): Promise<Message[]> {
  const stream = provider.client.stream(`tfplugin6.Provider/${rpc}`, request);
  const all: Message[] = [];
  stream.on("data", (event: Message) => all.push(event));
  await once(stream, "end");
  return all;
}

const list = { type_name: "openai_file" };
const removal = "openai_chat_completion_delete";

async function listed(provider: BuiltProvider, request: Message): Promise<string[]> {
  const all = await events(provider, "ListResource", { ...list, ...request });
  return all.flatMap((event) => diagnosticsOf({ diagnostics: event.diagnostic }));
}

function limit(value: Value): Message {
  return { msgpack: encodeMsgpack(value, number) };
}

type Ask = (provider: BuiltProvider) => Promise<string[]>;

const rows: readonly (readonly [what: string, ask: Ask, says: RegExp])[] = [
  [
    // Terraform itself refuses such an argument in a configuration: test/acceptance/query.test.ts.
    "an unknown filter, where it is validated",
    async (provider) =>
      diagnosticsOf(
        await provider.call("ValidateListResourceConfig", { ...list, config: texts({ color: "red" }) }),
      ),
    /does not fit its schema: an object with \d attributes is required/,
  ],
  [
    "an unknown filter, where it is listed",
    (provider) => listed(provider, { config: texts({ color: "red" }), limit: 5 }),
    /does not fit its schema: an object with \d attributes is required/,
  ],
  ...[0, -1].map(
    (given) =>
      [
        `a limit of ${given}`,
        async (provider: BuiltProvider) => {
          const common = { config: config(provider, "listResources", "openai_file") };
          const request = { ...list, ...common, limit: limit(given) };
          const validated = diagnosticsOf(await provider.call("ValidateListResourceConfig", request));
          const answered = await listed(provider, { ...common, limit: given });
          assert.equal(validated.length, 1);
          return answered;
        },
        /whole number from 1 on/,
      ] as const,
  ),
  [
    "an attribute that no identity has",
    async (provider) =>
      diagnosticsOf(
        await provider.call("ImportResourceState", {
          type_name: "openai_file",
          identity: { identity_data: texts({ color: "red" }) },
        }),
      ),
    /Invalid identity.* It has: "id"/s,
  ],
  [
    "an identity without its attribute",
    async (provider) =>
      diagnosticsOf(
        await provider.call("ImportResourceState", {
          type_name: "openai_vector_store_file",
          identity: { identity_data: texts({ vector_store_id: "vs_1", file_id: null }) },
        }),
      ),
    /Incomplete identity.*"file_id"/s,
  ],
  [
    "an import by ID and by identity",
    async (provider) =>
      diagnosticsOf(
        await provider.call("ImportResourceState", {
          type_name: "openai_file",
          id: "file-1",
          identity: { identity_data: texts({ id: "file-2" }) },
        }),
      ),
    /by an ID and by an identity/,
  ],
  [
    "an action without a target",
    async (provider) => {
      const request = { action_type: removal, config: config(provider, "actions", removal) };
      const [end, ...others] = await events(provider, "InvokeAction", request);
      assert.deepEqual(others, []);
      return diagnosticsOf(message(end?.completed));
    },
    /At least one of "model" or "metadata"|"max_deletions" is required/,
  ],
  [
    "an action with an argument that there is none of",
    async (provider) => {
      const request = { action_type: removal, config: texts({ color: "red" }) };
      const [end, ...others] = await events(provider, "InvokeAction", request);
      assert.deepEqual(others, []);
      return diagnosticsOf(message(end?.completed));
    },
    /does not fit its schema: an object with \d attributes is required/,
  ],
];

test("each is a diagnostic without a request, and the process goes on serving", async (t) => {
  const { server, provider } = await place(t);
  for (const [what, ask, says] of rows) {
    const said = await ask(provider);
    assert.ok(said.length > 0, what);
    assert.match(said.join("\n"), says, what);
    assert.ok(
      said.every((line) => line.startsWith("ERROR")),
      what,
    );
  }
  assert.deepEqual(server.requests, []);
  const common = { config: config(provider, "listResources", "openai_file"), limit: 5 };
  assert.deepEqual((await events(provider, "ListResource", { ...list, ...common })).length, 2);
  const imported = await provider.call("ImportResourceState", {
    type_name: "openai_file",
    identity: { identity_data: texts({ id: "file-1" }) },
  });
  assert.deepEqual(diagnosticsOf(imported), []);
  assert.equal(messages(imported.imported_resources).length, 1);
});
