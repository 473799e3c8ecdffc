import assert from "node:assert/strict";
import { test } from "node:test";
import { BuiltProvider } from "./support/built-provider.ts";
import { diagnosticsOf, message, text } from "./support/messages.ts";
import { type Message, methods } from "./support/proto.ts";

/*
 * Every RPC of the .proto file, called on the built executable with a type that the provider does
 * not have. A gRPC status other than OK rejects and fails the test.
 */

const SERVICE = "tfplugin6.Provider";
const nothing = {
  type_name: "openai_nothing",
  target_type_name: "openai_nothing",
  action_type: "openai_nothing",
  name: "nothing",
};

/** RPCs that are about no type, with what they answer. */
const general: Record<string, (response: Message) => void> = {
  GetMetadata: ({ data_sources }) => {
    assert.ok(Array.isArray(data_sources));
    assert.ok(data_sources.some((source) => source.type_name === "openai_chat_completion"));
  },
  GetProviderSchema: ({ provider }) => assert.ok(message(provider).block),
  GetResourceIdentitySchemas: ({ identity_schemas }) => message(identity_schemas),
  ValidateProviderConfig: () => {},
  ConfigureProvider: () => {},
  StopProvider: (response) => assert.equal(response.Error, ""),
  GetFunctions: ({ functions }) => message(functions),
  CallFunction: ({ result, error }) => {
    assert.equal(result, null);
    assert.match(text(message(error).text), /no function "nothing"/);
  },
};

test("every RPC is answered in the protocol's own form, and leaves the provider serving", async (t) => {
  const { client } = await BuiltProvider.start(t);
  const rpcs = methods(SERVICE);
  assert.ok(rpcs.length >= 36, "the RPCs of protocol 6.11");
  for (const { name, requestStream, responseStream } of rpcs) {
    const path = `${SERVICE}/${name}`;
    await t.test(name, async () => {
      const check = general[name];
      if (check !== undefined) {
        const response = await client.call(path, nothing);
        if ("diagnostics" in response) assert.deepEqual(response.diagnostics, []);
        check(response);
        return;
      }
      if (requestStream) refused(await client.upload(path, [{ meta: nothing, bytes: Buffer.from("a") }, {}]));
      else if (responseStream) refused(outcome(await collect(client.stream(path, nothing))));
      else refused(await client.call(path, nothing));
    });
  }
  const { status } = await client.call("grpc.health.v1.Health/Check", { service: "plugin" });
  assert.equal(status, "SERVING");
});

function refused(response: Message): void {
  const [diagnostic, ...more] = diagnosticsOf(response);
  assert.match(
    diagnostic ?? "",
    /^ERROR Unknown [a-z ]+ type: This provider has no [a-z ]+ "openai_nothing"/,
  );
  assert.deepEqual(more, []);
}

/** The streams' answers have their diagnostics in places of their own. */
function outcome(events: readonly Message[]): Message {
  const [event, ...more] = events;
  assert.deepEqual(more, []);
  const { completed, diagnostic } = message(event);
  if (diagnostic !== undefined) return { diagnostics: diagnostic };
  return completed === undefined ? message(event) : message(completed);
}

async function collect(stream: AsyncIterable<unknown>): Promise<Message[]> {
  const events: Message[] = [];
  for await (const event of stream) events.push(message(event));
  return events;
}
