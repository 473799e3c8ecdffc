import assert from "node:assert/strict";
import { test } from "node:test";
import { decodeMsgpack, objectValue, parseNumber, UNKNOWN, type Value } from "../../../src/cty/index.ts";
import { number, string } from "../../../src/framework/index.ts";
import { ProviderService, type ReadDataSource_Response } from "../../../src/tfplugin6/messages.gen.ts";
import { configuration, fakeProvider, thing, thingAttributes, thingOf } from "../../support/fake-provider.ts";
import { type ProviderClient, serve, wire } from "../../support/provider-client.ts";

const type_name = "fake_thing";
const { schema } = thing();

async function configure(client: ProviderClient): Promise<void> {
  assert.deepEqual((await client.unary(ProviderService.ConfigureProvider, {})).diagnostics, []);
}

function read(
  client: ProviderClient,
  given: { readonly [name: string]: Value },
): Promise<ReadDataSource_Response> {
  const config = wire(configuration(thingAttributes, given), schema);
  return client.unary(ProviderService.ReadDataSource, { type_name, config });
}

function stateOf({ state, diagnostics }: ReadDataSource_Response): Value | undefined {
  assert.deepEqual(diagnostics, []);
  return state === undefined ? undefined : decodeMsgpack(state.msgpack, schema.type);
}

test("a read answers with the state, its arguments as they came", async (context) => {
  const client = await serve(context, fakeProvider());
  await configure(client);
  const state = stateOf(await read(client, { name: "x" }));
  assert.deepEqual(
    state,
    objectValue([
      ["id", "id-of-x"],
      ["name", "x"],
      ["note", null],
    ]),
  );
});

test("a configuration may come as JSON", async (context) => {
  const client = await serve(context, fakeProvider());
  await configure(client);
  const json = Buffer.from('{"name":"x","note":"n","id":null}');
  const response = await client.unary(ProviderService.ReadDataSource, { type_name, config: { json } });
  assert.deepEqual(
    stateOf(response),
    objectValue([
      ["id", "id-of-x"],
      ["name", "x"],
      ["note", "n"],
    ]),
  );
});

test("numbers pass exactly in both directions", async (context) => {
  const attributes = {
    given: number({ required: true, description: "A number." }),
    made: number({ computed: true, description: "A number." }),
  };
  const source = thingOf(attributes, { read: async ({ config }) => ({ ...config, made: config.given }) });
  const client = await serve(context, fakeProvider({ dataSources: [source] }));
  await configure(client);
  for (const text of [
    "9007199254740993",
    "0.1000000000000000055511151231257827",
    "-1",
    `1${"0".repeat(60)}1`,
  ]) {
    const given = parseNumber(text);
    const config = wire(configuration(attributes, { given }), source.schema);
    const { state, diagnostics } = await client.unary(ProviderService.ReadDataSource, { type_name, config });
    assert.deepEqual(diagnostics, []);
    assert.ok(state);
    assert.deepEqual(
      decodeMsgpack(state.msgpack, source.schema.type),
      objectValue([
        ["given", given],
        ["made", given],
      ]),
    );
  }
});

test("half a character in a state, which UTF-8 cannot hold, is replaced", async (context) => {
  const source = thing({ read: async ({ config }) => ({ ...config, id: "a\ud83d" }) });
  const client = await serve(context, fakeProvider({ dataSources: [source] }));
  await configure(client);
  const state = stateOf(await read(client, { name: "x" }));
  assert.deepEqual(
    state,
    objectValue([
      ["id", "a\ufffd"],
      ["name", "x"],
      ["note", null],
    ]),
  );
});

test("a warning comes beside the state", async (context) => {
  const source = thing({
    read: async ({ config, diagnostics }) => {
      diagnostics.addWarning("Title", "Careful.");
      return { ...config, id: "x" };
    },
  });
  const client = await serve(context, fakeProvider({ dataSources: [source] }));
  await configure(client);
  const { state, diagnostics } = await read(client, { name: "x" });
  assert.ok(state);
  assert.deepEqual(
    diagnostics.map(({ severity, summary }) => [severity, summary]),
    [[2, "Title"]],
  );
});

test("a read before Configure is a diagnostic, without a state", async (context) => {
  const client = await serve(context, fakeProvider());
  const { state, diagnostics } = await read(client, { name: "x" });
  assert.equal(state, undefined);
  assert.match(diagnostics[0]?.detail ?? "", /before it configured the provider/);
});

test("arguments that are not known yet are a diagnostic", async (context) => {
  const client = await serve(context, fakeProvider());
  await configure(client);
  const { state, diagnostics } = await read(client, { name: UNKNOWN });
  assert.equal(state, undefined);
  assert.match(diagnostics[0]?.detail ?? "", /not known yet/);
});

test("an unknown type is reported with the types there are", async (context) => {
  const client = await serve(context, fakeProvider());
  await configure(client);
  const response = await client.unary(ProviderService.ReadDataSource, { type_name: "fake_nothing" });
  assert.equal(response.state, undefined);
  assert.equal(response.diagnostics[0]?.summary, "Unknown data source type");
  assert.equal(
    response.diagnostics[0]?.detail,
    'This provider has no data source "fake_nothing". It has: fake_thing.',
  );
});

test("a state that breaks the schema is a diagnostic at the attribute, before it is sent", async (context) => {
  const source = { ...thing(), read: async () => ({ name: "x", note: null, id: 5 }) };
  const client = await serve(context, fakeProvider({ dataSources: [source] }));
  await configure(client);
  const { state, diagnostics } = await read(client, { name: "x" });
  assert.equal(state, undefined);
  assert.equal(diagnostics.length, 1);
  assert.equal(diagnostics[0]?.attribute?.steps[0]?.attribute_name, "id");
  assert.match(diagnostics[0]?.detail ?? "", /id: a string is required, got a number/);
});

test("a second Configure replaces the first", async (context) => {
  const source = thing({ read: async ({ config, provider }) => ({ ...config, id: provider.token }) });
  const declared = fakeProvider({ dataSources: [source] });
  const client = await serve(context, declared);
  for (const token of ["one", "two", null]) {
    const config = wire(objectValue([["token", token]]), declared.schema);
    await client.unary(ProviderService.ConfigureProvider, { config });
    const state = stateOf(await read(client, { name: "x" }));
    assert.deepEqual(
      state,
      objectValue([
        ["id", token],
        ["name", "x"],
        ["note", null],
      ]),
    );
  }
});

for (const [what, config, detail] of [
  ["an absent configuration", undefined, 'The argument "name" is required'],
  ["an empty one", {}, 'The argument "name" is required'],
  ["a null one", { msgpack: Buffer.from([0xc0]) }, 'The argument "name" is required'],
  ["a null one in JSON", { json: Buffer.from("null") }, 'The argument "name" is required'],
  ["cut msgpack", { msgpack: Buffer.from([0x83, 0xa4]) }, "A value does not fit its schema: "],
  ["trailing msgpack", { msgpack: Buffer.from([0xc0, 0xc0]) }, "A value does not fit its schema: "],
  ["a list in its place", { msgpack: Buffer.from([0x90]) }, "A value does not fit its schema: "],
  ["an unknown one", { msgpack: Buffer.from([0xd4, 0, 0]) }, "A value does not fit its schema: "],
  ["cut JSON", { json: Buffer.from('{"name":') }, "A value does not fit its schema: "],
] as const) {
  test(`${what} is a diagnostic of ValidateDataResourceConfig`, async (context) => {
    const client = await serve(context, fakeProvider());
    const request = { type_name, ...(config === undefined ? {} : { config }) };
    const { diagnostics } = await client.unary(ProviderService.ValidateDataResourceConfig, request);
    assert.equal(diagnostics.length, 1);
    assert.ok(diagnostics[0]?.detail.startsWith(detail), diagnostics[0]?.detail);
    assert.doesNotMatch(diagnostics[0]?.detail ?? "", /\n +at /);
  });
}

test("an attribute of the wrong type in a configuration is a diagnostic at its path", async (context) => {
  const client = await serve(context, fakeProvider());
  const of = thingOf({ ...thingAttributes, name: number({ required: true, description: "A number." }) });
  const config = wire(configuration(thingAttributes, { name: 5 }), of.schema);
  await configure(client);
  const validated = await client.unary(ProviderService.ValidateDataResourceConfig, { type_name, config });
  const answer = await client.unary(ProviderService.ReadDataSource, { type_name, config });
  assert.equal(answer.state, undefined);
  for (const { diagnostics } of [validated, answer]) {
    assert.equal(diagnostics[0]?.attribute?.steps[0]?.attribute_name, "name");
  }
});

test("a provider's configuration is checked too", async (context) => {
  const declared = fakeProvider({
    validate: ({ config, diagnostics }) => {
      if (config.token === "bad") diagnostics.addError("Bad token", "Take another.");
    },
  });
  const client = await serve(context, declared);
  const config = wire(objectValue([["token", "bad"]]), declared.schema);
  const { diagnostics } = await client.unary(ProviderService.ValidateProviderConfig, { config });
  assert.deepEqual(
    diagnostics.map(({ summary }) => summary),
    ["Bad token"],
  );
  const cut = { config: { msgpack: Buffer.from([0x81]) } };
  assert.equal((await client.unary(ProviderService.ValidateProviderConfig, cut)).diagnostics.length, 1);
  assert.equal((await client.unary(ProviderService.ConfigureProvider, cut)).diagnostics.length, 1);
});

test("an argument that Terraform deprecates is warned of by validate", async (context) => {
  const attributes = { old: string({ optional: true, deprecated: "Use new.", description: "Old." }) };
  const source = thingOf(attributes);
  const client = await serve(context, fakeProvider({ dataSources: [source] }));
  const config = wire(objectValue([["old", "x"]]), source.schema);
  const { diagnostics } = await client.unary(ProviderService.ValidateDataResourceConfig, {
    type_name,
    config,
  });
  assert.deepEqual(
    diagnostics.map(({ severity, summary, detail }) => [severity, summary, detail]),
    [[2, "Attribute Deprecated", "Use new."]],
  );
});
