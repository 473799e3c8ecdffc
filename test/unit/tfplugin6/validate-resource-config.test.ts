import assert from "node:assert/strict";
import { test } from "node:test";
import { objectValue, UNKNOWN, type Value } from "../../../src/cty/index.ts";
import { list, map, nested, object, string } from "../../../src/framework/index.ts";
import { ProviderService } from "../../../src/tfplugin6/messages.gen.ts";
import { widget, widgetOf } from "../../support/fake-resource.ts";
import { type ResourceClient, reported, secretive, serveResource } from "../../support/resource-client.ts";

function validate(
  { client, type_name, encode }: ResourceClient,
  given: { readonly [name: string]: Value },
  write_only_attributes_allowed?: boolean,
) {
  return client.unary(ProviderService.ValidateResourceConfig, {
    type_name,
    config: encode(given),
    ...(write_only_attributes_allowed === undefined
      ? {}
      : { client_capabilities: { write_only_attributes_allowed } }),
  });
}

test("arguments are checked, each by itself and then together", async (context) => {
  const declared = widget({
    validate: ({ config, diagnostics }) => {
      if (config.note === config.name) diagnostics.addError("Same", "The note says no more than the name.");
    },
  });
  const served = await serveResource(context, declared);
  assert.deepEqual((await validate(served, { name: "x" })).diagnostics, []);
  assert.deepEqual((await validate(served, { name: UNKNOWN })).diagnostics, []);
  assert.deepEqual(reported((await validate(served, {})).diagnostics), [
    'error name: The argument "name" is required, and its value here is null.',
  ]);
  assert.deepEqual(reported((await validate(served, { name: "x", note: "x" })).diagnostics), [
    "error : The note says no more than the name.",
  ]);
});

for (const [client, allowed] of [
  ["says that it does not allow them", false],
  ["says nothing of them", undefined],
] as const) {
  test(`a write-only argument for a client that ${client} is an error that says which version does`, async (context) => {
    const served = await serveResource(context, secretive);
    const { diagnostics } = await validate(served, { secret: "s" }, allowed);
    assert.deepEqual(reported(diagnostics), [
      "error secret: secret is write-only: it is never stored. That needs Terraform 1.11 or later, or OpenTofu 1.11 " +
        "or later, and this run has an earlier version.",
    ]);
    assert.deepEqual((await validate(served, { name: "x" }, allowed)).diagnostics, []);
    assert.equal((await validate(served, { secret: UNKNOWN }, allowed)).diagnostics.length, 1);
  });
}

test("a client that allows write-only arguments gets none of that", async (context) => {
  const served = await serveResource(context, secretive);
  assert.deepEqual((await validate(served, { secret: "s" }, true)).diagnostics, []);
});

test("a write-only argument is found at every depth", async (context) => {
  const description = "It is described.";
  const item = nested({ secret: string({ optional: true, writeOnly: true, description }) });
  const declared = widgetOf({
    one: object(item, { optional: true, description }),
    listed: list(item, { optional: true, description }),
    mapped: map(item, { optional: true, description }),
  });
  const served = await serveResource(context, declared);
  const of = (value: Value) => objectValue([["secret", value]]);
  for (const [given, path] of [
    [{ one: of("s") }, "one.secret"],
    [{ listed: [of(null), of("s")] }, "listed[1].secret"],
    [{ mapped: new Map([["k", of("s")]]) }, 'mapped["k"].secret'],
  ] as const) {
    const { diagnostics } = await validate(served, given, false);
    assert.equal(diagnostics.length, 1);
    assert.ok(diagnostics[0]?.detail.startsWith(`${path} is write-only: `), diagnostics[0]?.detail);
  }
  const without = { one: of(null), listed: [of(null)], mapped: new Map([["k", of(null)]]) };
  assert.deepEqual((await validate(served, without, false)).diagnostics, []);
});
