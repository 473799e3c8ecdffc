import assert from "node:assert/strict";
import { test } from "node:test";
import { parseNumber } from "../../../src/cty/index.ts";
import { number, set, string, types } from "../../../src/framework/index.ts";
import { ProviderService, type RawState } from "../../../src/tfplugin6/messages.gen.ts";
import { providerOf, widgetOf } from "../../support/fake-resource.ts";
import { serve } from "../../support/provider-client.ts";
import { type ResourceClient, reported, serveResource } from "../../support/resource-client.ts";

const description = "It is described.";
const declared = widgetOf(
  {
    size: number({ optional: true, description }),
    words: set(types.string, { optional: true, description }),
    secret: string({ optional: true, writeOnly: true, description }),
  },
  { version: 3 },
);

function upgrade(
  { client, type_name }: ResourceClient,
  raw_state: Partial<RawState> | undefined,
  version = 3,
) {
  const request = { type_name, version, ...(raw_state === undefined ? {} : { raw_state }) };
  return client.unary(ProviderService.UpgradeResourceState, request);
}

const json = (text: string) => ({ json: Buffer.from(text) });

test("a state of the same version comes back with all its digits", async (context) => {
  const served = await serveResource(context, declared);
  const text = '{\n  "size": 9007199254740993.000000000000000001,\n  "words": ["b", "a"], "secret": null }';
  const response = await upgrade(served, json(text));
  assert.deepEqual(response.diagnostics, []);
  assert.deepEqual(served.decode(response.upgraded_state), {
    size: parseNumber("9007199254740993.000000000000000001"),
    words: ["a", "b"],
    secret: null,
  });
});

test("what the state does not have is null", async (context) => {
  const served = await serveResource(context, declared);
  const response = await upgrade(served, json("{}"));
  assert.deepEqual(served.decode(response.upgraded_state), { size: null, words: null, secret: null });
});

test("a provider that was not configured reads a state too", async (context) => {
  const client = await serve(context, providerOf(declared));
  const response = await client.unary(ProviderService.UpgradeResourceState, {
    type_name: "fake_widget",
    version: 3,
    raw_state: json("{}"),
  });
  assert.deepEqual(response.diagnostics, []);
  assert.ok(response.upgraded_state);
});

const advice =
  "Use the provider's version that wrote it, or remove the object from the state and import it again.";

for (const [what, raw, version, why] of [
  [
    "an older version",
    json("{}"),
    2,
    "was written by version 2 of its schema, and this provider reads version 3 only",
  ],
  [
    "a newer version",
    json("{}"),
    4,
    "was written by version 4 of its schema, and this provider reads version 3 only",
  ],
  ["no state", undefined, 3, "did not come as JSON, which Terraform 0.12 and later write"],
  ["an empty one", {}, 3, "did not come as JSON, which Terraform 0.12 and later write"],
  [
    "Terraform 0.11's form",
    { flatmap: new Map([["size", "1"]]) },
    3,
    "did not come as JSON, which Terraform 0.12 and later write",
  ],
  [
    "an attribute that the schema does not have",
    json('{"more":1}'),
    3,
    "has a value that its schema does not allow: more: unsupported attribute",
  ],
  [
    "a value of another type",
    json('{"size":["x"]}'),
    3,
    "has a value that its schema does not allow: size: a number is required, got a JSON array",
  ],
] as const) {
  test(`${what} is an error that says what to do`, async (context) => {
    const served = await serveResource(context, declared);
    const { upgraded_state, diagnostics } = await upgrade(served, raw, version);
    assert.equal(upgraded_state, undefined);
    assert.deepEqual(reported(diagnostics), [`error : The state of this fake_widget ${why}. ${advice}`]);
  });
}

test("JSON that is cut is an error", async (context) => {
  const served = await serveResource(context, declared);
  const { upgraded_state, diagnostics } = await upgrade(served, json('{"size":'));
  assert.equal(upgraded_state, undefined);
  assert.match(diagnostics[0]?.detail ?? "", /^The state of this fake_widget has a value that/);
});

test("no object is read as no object", async (context) => {
  const served = await serveResource(context, declared);
  const { upgraded_state, diagnostics } = await upgrade(served, json("null"));
  assert.equal(served.decode(upgraded_state), null);
  assert.deepEqual(diagnostics, []);
});
