import assert from "node:assert/strict";
import { test } from "node:test";
import { type Diagnostic, Path } from "../../../src/framework/index.ts";
import { ProviderService } from "../../../src/tfplugin6/messages.gen.ts";
import { configuration, fakeProvider, thing, thingAttributes } from "../../support/fake-provider.ts";
import { widget } from "../../support/fake-resource.ts";
import { type ProviderClient, serve, wire } from "../../support/provider-client.ts";
import { reported, serveResource } from "../../support/resource-client.ts";

/*
 * grpc-js would answer for a message that cannot be encoded with the status INTERNAL, which Terraform shows
 * as "The plugin returned an unexpected error".
 */

test("a schema that cannot be encoded is a diagnostic", async (context) => {
  const source = thing();
  const schema = { ...source.schema, version: 0.5 };
  const client = await serve(context, fakeProvider({ dataSources: [{ ...source, schema }] }));
  const { diagnostics, provider } = await client.unary(ProviderService.GetProviderSchema, {});
  assert.equal(provider, undefined);
  assert.equal(diagnostics.length, 1);
  assert.match(diagnostics[0]?.detail ?? "", /^The provider failed unexpectedly: .*version/);
  assert.doesNotMatch(diagnostics[0]?.detail ?? "", /\n +at /);
  await servesOn(client);
});

/** A diagnostic at an index that a message cannot hold. */
function misplaced(at: Diagnostic["path"]): Diagnostic {
  return {
    severity: "warning",
    summary: "Careful",
    detail: "Hm.",
    ...(at === undefined ? {} : { path: at }),
  };
}

test("a diagnostic that cannot be encoded does not take the state with it", async (context) => {
  const whole = { name: "x", note: null, id: "i" };
  const declared = widget({
    create: async ({ diagnostics }) => {
      diagnostics.add(misplaced(Path.root.atName("name").atListIndex(0.5)));
      return whole;
    },
  });
  const served = await serveResource(context, declared);
  const { client, type_name, encode, decode } = served;
  const response = await client.unary(ProviderService.ApplyResourceChange, {
    type_name,
    prior_state: encode(null),
    planned_state: encode(whole),
    config: encode({ name: "x" }),
  });
  assert.deepEqual(decode(response.new_state), whole);
  assert.equal(response.diagnostics.length, 1);
  assert.match(
    reported(response.diagnostics)[0] ?? "",
    /^error : The provider failed unexpectedly: .*element_key_int/,
  );
  const errors = client.log.filter((line) => line["@level"] === "error");
  assert.deepEqual(
    errors.map((line) => line["@message"]),
    ["Unexpected exception"],
  );
});

async function servesOn(client: ProviderClient): Promise<void> {
  await client.unary(ProviderService.ConfigureProvider, {});
  const config = wire(configuration(thingAttributes, { name: "x" }), thing().schema);
  const answer = await client.unary(ProviderService.ReadDataSource, { type_name: "fake_thing", config });
  assert.deepEqual(answer.diagnostics, []);
}
