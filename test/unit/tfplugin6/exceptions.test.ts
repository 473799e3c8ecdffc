import assert from "node:assert/strict";
import { test } from "node:test";
import { ProviderService } from "../../../src/tfplugin6/messages.gen.ts";
import { configuration, fakeProvider, thing, thingAttributes } from "../../support/fake-provider.ts";
import { type ProviderClient, serve, wire } from "../../support/provider-client.ts";

const type_name = "fake_thing";
const config = wire(configuration(thingAttributes, { name: "x" }), thing().schema);

/** Something that was thrown by each of the author's functions. */
const throwing = (thrown: unknown) => {
  const fail = () => {
    throw thrown;
  };
  return fakeProvider({
    dataSources: [thing({ read: fail, validate: fail })],
    validate: fail,
  });
};

const calls = {
  ValidateProviderConfig: (client: ProviderClient) =>
    client.unary(ProviderService.ValidateProviderConfig, {}),
  ValidateDataResourceConfig: (client: ProviderClient) =>
    client.unary(ProviderService.ValidateDataResourceConfig, { type_name, config }),
  ReadDataSource: async (client: ProviderClient) => {
    await client.unary(ProviderService.ConfigureProvider, {});
    const response = await client.unary(ProviderService.ReadDataSource, { type_name, config });
    assert.equal(response.state, undefined);
    return response;
  },
};

for (const [name, call] of Object.entries(calls)) {
  test(`an exception in ${name} is a diagnostic that asks for a bug report and shows no stack`, async (context) => {
    const client = await serve(context, throwing(new TypeError("x is not a function")));
    const { diagnostics } = await call(client);
    assert.equal(diagnostics.length, 1);
    assert.equal(diagnostics[0]?.severity, 1);
    assert.equal(diagnostics[0]?.summary, "Provider bug");
    assert.equal(
      diagnostics[0]?.detail,
      "The provider failed unexpectedly: x is not a function.\n\nThis is always an error in the provider, not " +
        "in your configuration. Please report it to the provider's developers, with the log that " +
        "TF_LOG=debug prints.",
    );
  });
}

test("an exception in Configure is a diagnostic, and nothing is configured", async (context) => {
  const declared = fakeProvider({
    configure: () => {
      throw new Error("no");
    },
  });
  const client = await serve(context, declared);
  const { diagnostics } = await client.unary(ProviderService.ConfigureProvider, {});
  assert.equal(diagnostics[0]?.summary, "Provider bug");
  const read = await client.unary(ProviderService.ReadDataSource, { type_name, config });
  assert.match(read.diagnostics[0]?.detail ?? "", /before it configured the provider/);
});

test("the stack is in the log, at the debug level and nowhere else", async (context) => {
  const client = await serve(context, throwing(new TypeError("x is not a function")));
  await calls.ReadDataSource(client);
  const withStack = client.log.filter((line) => / at .*:\d+/.test(JSON.stringify(line)));
  assert.deepEqual(
    withStack.map((line) => line["@level"]),
    ["debug"],
  );
  assert.match(String(withStack[0]?.stack), /^TypeError: x is not a function\n +at /);
  assert.equal(withStack[0]?.tf_rpc, "ReadDataSource");
  const errors = client.log.filter((line) => line["@level"] === "error");
  assert.deepEqual(
    errors.map(({ error }) => error),
    ["x is not a function"],
  );
});

for (const [what, thrown, message] of [
  ["a string", "broken", "broken"],
  ["undefined", undefined, "something that is not an error was thrown"],
  ["an object that has no text", Object.create(null), "something that is not an error was thrown"],
] as const) {
  test(`throwing ${what} is a diagnostic too`, async (context) => {
    const client = await serve(context, throwing(thrown));
    const { diagnostics } = await calls.ReadDataSource(client);
    assert.ok(diagnostics[0]?.detail.startsWith(`The provider failed unexpectedly: ${message}.`));
  });
}

test("after an exception the provider serves on", async (context) => {
  let times = 0;
  const source = thing({
    async read({ config }) {
      times += 1;
      if (times === 1) throw new Error("once");
      return { ...config, id: "x" };
    },
  });
  const client = await serve(context, fakeProvider({ dataSources: [source] }));
  await calls.ReadDataSource(client);
  const { state } = await client.unary(ProviderService.ReadDataSource, { type_name, config });
  assert.ok(state);
});
