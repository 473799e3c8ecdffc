import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import { ProviderService } from "../../../src/tfplugin6/messages.gen.ts";
import { fakeProvider } from "../../support/fake-provider.ts";
import { type ProviderClient, serve } from "../../support/provider-client.ts";

/*
 * What Terraform gets from each RPC that it may call. A call that ends in a gRPC error rejects, so each
 * of these tests fails for an RPC that is not registered, throws or answers in another form.
 */

type Call = (client: ProviderClient) => Promise<unknown>;

const type_name = "fake_nothing";

const unserved: Record<string, { readonly what: string; readonly call: Call }> = {
  ValidateResourceConfig: {
    what: "resource",
    call: (client) => client.unary(ProviderService.ValidateResourceConfig, { type_name }),
  },
  UpgradeResourceState: {
    what: "resource",
    call: (client) => client.unary(ProviderService.UpgradeResourceState, { type_name }),
  },
  ReadResource: {
    what: "resource",
    call: (client) => client.unary(ProviderService.ReadResource, { type_name }),
  },
  PlanResourceChange: {
    what: "resource",
    call: (client) => client.unary(ProviderService.PlanResourceChange, { type_name }),
  },
  ApplyResourceChange: {
    what: "resource",
    call: (client) => client.unary(ProviderService.ApplyResourceChange, { type_name }),
  },
  ImportResourceState: {
    what: "resource",
    call: (client) => client.unary(ProviderService.ImportResourceState, { type_name }),
  },
  MoveResourceState: {
    what: "resource",
    call: (client) => client.unary(ProviderService.MoveResourceState, { target_type_name: type_name }),
  },
  GenerateResourceConfig: {
    what: "resource",
    call: (client) => client.unary(ProviderService.GenerateResourceConfig, { type_name }),
  },
  UpgradeResourceIdentity: {
    what: "resource",
    call: (client) => client.unary(ProviderService.UpgradeResourceIdentity, { type_name }),
  },
  ValidateDataResourceConfig: {
    what: "data source",
    call: (client) => client.unary(ProviderService.ValidateDataResourceConfig, { type_name }),
  },
  ReadDataSource: {
    what: "data source",
    call: (client) => client.unary(ProviderService.ReadDataSource, { type_name }),
  },
  ValidateEphemeralResourceConfig: {
    what: "ephemeral resource",
    call: (client) => client.unary(ProviderService.ValidateEphemeralResourceConfig, { type_name }),
  },
  OpenEphemeralResource: {
    what: "ephemeral resource",
    call: (client) => client.unary(ProviderService.OpenEphemeralResource, { type_name }),
  },
  RenewEphemeralResource: {
    what: "ephemeral resource",
    call: (client) => client.unary(ProviderService.RenewEphemeralResource, { type_name }),
  },
  CloseEphemeralResource: {
    what: "ephemeral resource",
    call: (client) => client.unary(ProviderService.CloseEphemeralResource, { type_name }),
  },
  ValidateListResourceConfig: {
    what: "list resource",
    call: (client) => client.unary(ProviderService.ValidateListResourceConfig, { type_name }),
  },
  ValidateActionConfig: {
    what: "action",
    call: (client) => client.unary(ProviderService.ValidateActionConfig, { type_name }),
  },
  PlanAction: {
    what: "action",
    call: (client) => client.unary(ProviderService.PlanAction, { action_type: type_name }),
  },
  ValidateStateStoreConfig: {
    what: "state store",
    call: (client) => client.unary(ProviderService.ValidateStateStoreConfig, { type_name }),
  },
  ConfigureStateStore: {
    what: "state store",
    call: (client) => client.unary(ProviderService.ConfigureStateStore, { type_name }),
  },
  LockState: {
    what: "state store",
    call: (client) => client.unary(ProviderService.LockState, { type_name }),
  },
  UnlockState: {
    what: "state store",
    call: (client) => client.unary(ProviderService.UnlockState, { type_name }),
  },
  GetStates: {
    what: "state store",
    call: (client) => client.unary(ProviderService.GetStates, { type_name }),
  },
  DeleteState: {
    what: "state store",
    call: (client) => client.unary(ProviderService.DeleteState, { type_name }),
  },
  ReadStateBytes: {
    what: "state store",
    call: async (client) => only(await client.serverStream(ProviderService.ReadStateBytes, { type_name })),
  },
  WriteStateBytes: {
    what: "state store",
    call: (client) =>
      client.clientStream(ProviderService.WriteStateBytes, [
        { meta: { type_name, state_id: "default" }, bytes: Buffer.from("a") },
        { bytes: Buffer.from("b") },
      ]),
  },
  ListResource: {
    what: "list resource",
    call: async (client) => {
      const event = only(await client.serverStream(ProviderService.ListResource, { type_name }));
      return { diagnostics: event.diagnostic };
    },
  },
  InvokeAction: {
    what: "action",
    call: async (client) => {
      const event = only(await client.serverStream(ProviderService.InvokeAction, { action_type: type_name }));
      return event.completed;
    },
  },
};

function only<T>(messages: readonly T[]): T {
  const [message] = messages;
  assert.ok(message !== undefined && messages.length === 1);
  return message;
}

for (const [name, { what, call }] of Object.entries(unserved)) {
  test(`${name} about a type that there is none of answers with one diagnostic`, async (context) => {
    const response = await call(await serve(context, fakeProvider()));
    assert.ok(typeof response === "object" && response !== null && "diagnostics" in response);
    assert.ok(Array.isArray(response.diagnostics));
    const { severity, summary, detail, attribute } = only<Record<string, unknown>>(response.diagnostics);
    assert.equal(severity, 1);
    assert.equal(summary, `Unknown ${what} type`);
    assert.match(String(detail), /^This provider has no [a-z ]+ "fake_nothing"/);
    assert.equal(attribute, undefined);
  });
}

const served: Record<string, (context: TestContext) => Promise<void>> = {
  async GetMetadata(context) {
    const client = await serve(context, fakeProvider());
    const metadata = await client.unary(ProviderService.GetMetadata, {});
    assert.deepEqual(
      metadata.data_sources.map((source) => source.type_name),
      ["fake_thing"],
    );
    assert.equal(metadata.server_capabilities?.get_provider_schema_optional, true);
    assert.equal(metadata.server_capabilities?.plan_destroy, false);
    assert.deepEqual(metadata.diagnostics, []);
  },
  async GetProviderSchema(context) {
    const client = await serve(context, fakeProvider());
    const schema = await client.unary(ProviderService.GetProviderSchema, {});
    assert.ok(schema.provider?.block);
    assert.deepEqual([...schema.data_source_schemas.keys()], ["fake_thing"]);
    assert.deepEqual(schema.diagnostics, []);
  },
  async GetResourceIdentitySchemas(context) {
    const client = await serve(context, fakeProvider());
    const schemas = await client.unary(ProviderService.GetResourceIdentitySchemas, {});
    assert.equal(schemas.identity_schemas.size, 0);
    assert.deepEqual(schemas.diagnostics, []);
  },
  async ValidateProviderConfig(context) {
    const client = await serve(context, fakeProvider());
    assert.deepEqual((await client.unary(ProviderService.ValidateProviderConfig, {})).diagnostics, []);
  },
  async ConfigureProvider(context) {
    const client = await serve(context, fakeProvider());
    assert.deepEqual((await client.unary(ProviderService.ConfigureProvider, {})).diagnostics, []);
  },
  async StopProvider(context) {
    const client = await serve(context, fakeProvider());
    assert.equal((await client.unary(ProviderService.StopProvider, {})).Error, "");
  },
  async GetFunctions(context) {
    const client = await serve(context, fakeProvider());
    const functions = await client.unary(ProviderService.GetFunctions, {});
    assert.equal(functions.functions.size, 0);
    assert.deepEqual(functions.diagnostics, []);
  },
  async CallFunction(context) {
    const client = await serve(context, fakeProvider());
    const { result, error } = await client.unary(ProviderService.CallFunction, { name: "up" });
    assert.equal(result, undefined);
    // Terraform adds the full stop.
    assert.equal(error?.text, 'This provider has no function "up"');
    assert.equal(error?.function_argument, undefined);
  },
};

for (const [name, answers] of Object.entries(served)) {
  test(`${name} answers with what there is`, answers);
}

test("these are all RPCs of the service", () => {
  const tested = [...Object.keys(unserved), ...Object.keys(served)];
  assert.deepEqual(tested.sort(), Object.keys(ProviderService).sort());
});

test("WriteStateBytes without a single chunk is answered too", async (context) => {
  const client = await serve(context, fakeProvider());
  const { diagnostics } = await client.clientStream(ProviderService.WriteStateBytes, []);
  assert.equal(diagnostics.length, 1);
});

test("a client that hangs up in the middle of a stream leaves the provider serving", async (context) => {
  const client = await serve(context, fakeProvider());
  const chunk = { meta: { type_name, state_id: "default" }, bytes: Buffer.alloc(100_000) };
  await assert.rejects(client.clientStream(ProviderService.WriteStateBytes, [chunk, chunk], true), {
    code: 1,
  });
  assert.equal((await client.unary(ProviderService.GetMetadata, {})).data_sources.length, 1);
});
