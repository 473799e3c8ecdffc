import assert from "node:assert/strict";
import { test } from "node:test";
import { ProviderService } from "../../../src/tfplugin6/messages.gen.ts";
import { widget } from "../../support/fake-resource.ts";
import { type ResourceClient, reported, secretive, serveResource } from "../../support/resource-client.ts";

const state = { name: "x", note: null, id: "i" };
const kept = Buffer.from('{"k":"v"}');

function read({ client, type_name, encode }: ResourceClient) {
  return client.unary(ProviderService.ReadResource, {
    type_name,
    current_state: encode(state),
    private: kept,
  });
}

test("a read answers with the state and echoes what is private", async (context) => {
  const declared = widget({ read: async ({ state: before }) => ({ ...before, note: "changed" }) });
  const served = await serveResource(context, declared);
  const response = await read(served);
  assert.deepEqual(served.decode(response.new_state), { ...state, note: "changed" });
  assert.deepEqual(response.private, kept);
  assert.deepEqual(response.diagnostics, []);
  assert.equal(response.deferred, undefined);
});

test("an object that is gone is null", async (context) => {
  const served = await serveResource(context, widget({ read: async () => null }));
  const response = await read(served);
  assert.equal(served.decode(response.new_state), null);
  assert.deepEqual(response.diagnostics, []);
});

test("an error and an exception keep the state and what is private", async (context) => {
  for (const [fail, detail] of [
    [() => Promise.reject(new Error("no")), "The provider failed unexpectedly: no."],
    [
      async ({ diagnostics }: Parameters<ReturnType<typeof widget>["read"]>[0]) =>
        diagnostics.addError("No", "It is refused."),
      "It is refused.",
    ],
  ] as const) {
    const served = await serveResource(context, widget({ read: fail }));
    const response = await read(served);
    assert.deepEqual(served.decode(response.new_state), state);
    assert.deepEqual(response.private, kept);
    assert.deepEqual(reported(response.diagnostics), [`error : ${detail}`]);
  }
});

test("no object is read as no object, without a call", async (context) => {
  const served = await serveResource(context, widget({ read: () => Promise.reject(new Error("called")) }));
  const { client, type_name, encode, decode } = served;
  const response = await client.unary(ProviderService.ReadResource, {
    type_name,
    current_state: encode(null),
  });
  assert.equal(decode(response.new_state), null);
  assert.deepEqual(response.diagnostics, []);
});

test("an import answers with one object, its name and nothing that says it was applied", async (context) => {
  const { client, type_name, decode } = await serveResource(context, secretive);
  const response = await client.unary(ProviderService.ImportResourceState, { type_name, id: "the-id" });
  assert.deepEqual(response.diagnostics, []);
  assert.equal(response.imported_resources.length, 1);
  const [imported] = response.imported_resources;
  assert.equal(imported?.type_name, type_name);
  assert.deepEqual(decode(imported?.state), { name: "the-id", secret: null });
  assert.equal(imported?.private.length, 0);
  assert.equal(response.deferred, undefined);
});

test("an import that fails answers with no object", async (context) => {
  const { client, type_name } = await serveResource(context, widget());
  const response = await client.unary(ProviderService.ImportResourceState, { type_name, id: "x" });
  assert.deepEqual(response.imported_resources, []);
  assert.deepEqual(reported(response.diagnostics), ["error : There is no way to import fake_widget."]);
});
