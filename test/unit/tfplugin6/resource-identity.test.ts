import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import * as cty from "../../../src/cty/index.ts";
import { encodeMsgpack, objectValue, UNKNOWN, type Value } from "../../../src/cty/index.ts";
import {
  type ResourceDefinition,
  requiresReplace,
  stateMover,
  stateUpgrader,
  string,
  types,
} from "../../../src/framework/index.ts";
import type { Input } from "../../../src/protobuf/input.ts";
import { decodeObject } from "../../../src/tfplugin6/dynamic-value.ts";
import { ProviderService, type ResourceIdentityData } from "../../../src/tfplugin6/messages.gen.ts";
import type { FakeData } from "../../support/fake-provider.ts";
import { widget, widgetOf } from "../../support/fake-resource.ts";
import { reported, serveResource } from "../../support/resource-client.ts";

const description = "It is described.";
const attributes = {
  parent: string({ required: true, plan: [requiresReplace()], description }),
  note: string({ optional: true, description }),
  id: string({ computed: true, description }),
};
const type = cty.object([
  ["parent", cty.string],
  ["id", cty.string],
]);

/** The resource `fake_widget`, identified by parent and ID; an import may leave the parent out. */
async function served(
  context: TestContext,
  definition: Partial<ResourceDefinition<typeof attributes, FakeData>> = {},
) {
  const declared = widgetOf(attributes, {
    identity: {
      version: 2,
      attributes: {
        parent: { type: types.string, description },
        id: { type: types.string, requiredForImport: true, description },
      },
      upgradeIdentity: {
        0: stateUpgrader({ name: string({ required: true, description }) }, ({ state: { name } }) => ({
          parent: "p",
          id: name,
        })),
        1: stateUpgrader({ id: string({ required: true, description }) }, ({ diagnostics, state: { id } }) =>
          id === "half" ? { id } : diagnostics.addError("No", "It is refused."),
        ),
      },
    },
    create: async ({ plan }) => ({ ...plan, id: "new" }),
    update: async ({ plan, state }) => ({ ...plan, id: state.id }),
    import: async ({ id, identity }) => ({
      parent: identity === undefined ? "p" : String(identity.parent ?? "p"),
      id: identity === undefined ? id : String(identity.id),
    }),
    ...definition,
  });
  return serveResource(context, declared);
}

function identity(values: { readonly [name: string]: Value }): Input<ResourceIdentityData> {
  const ofType = cty.object(Object.keys(values).map((name) => [name, cty.string]));
  return { identity_data: { msgpack: encodeMsgpack(objectValue(Object.entries(values)), ofType) } };
}

/** What Terraform would keep. */
function kept(data: ResourceIdentityData | undefined) {
  const value = decodeObject(data?.identity_data, { type });
  return value === null ? undefined : { ...value };
}

const state = { parent: "p", note: null, id: "i" };
const whole = { parent: "p", id: "i" };

test("the identity schema has types, what an import needs, and the version; resources without one have none", async (context) => {
  const { client } = await served(context);
  const { identity_schemas } = await client.unary(ProviderService.GetResourceIdentitySchemas, {});
  const schema = identity_schemas.get("fake_widget");
  assert.equal(schema?.version, 2);
  assert.deepEqual(
    schema?.identity_attributes.map((each) => [
      each.name,
      each.type.toString(),
      each.required_for_import,
      each.optional_for_import,
      each.description,
    ]),
    [
      ["parent", '"string"', false, true, description],
      ["id", '"string"', true, false, description],
    ],
  );
  const without = await serveResource(context, widget());
  const none = await without.client.unary(ProviderService.GetResourceIdentitySchemas, {});
  assert.equal(none.identity_schemas.size, 0);
});

for (const [what, current_identity] of [
  ["none is kept, as of a state from before identities", undefined],
  ["one of nulls is kept", identity({ parent: null, id: null })],
  ["a part of one is kept", identity({ parent: "p", id: null })],
  ["one is kept that cannot be read", identity({ other: "x" })],
  ["it is kept", identity(whole)],
] as const) {
  test(`a read returns the identity where ${what}; of an object that is gone too`, async (context) => {
    for (const gone of [false, true]) {
      const { client, type_name, encode, decode } = await served(context, {
        read: async ({ state: before }) => (gone ? null : before),
      });
      const response = await client.unary(ProviderService.ReadResource, {
        type_name,
        current_state: encode(state),
        current_identity,
      });
      assert.deepEqual(response.diagnostics, []);
      assert.equal(decode(response.new_state) === null, gone);
      assert.deepEqual(kept(response.new_identity), whole);
    }
  });
}

test("of a state without an ID a read returns what is kept, if that is whole, and never a part", async (context) => {
  const { client, type_name, encode } = await served(context);
  const read = (current_identity: Input<ResourceIdentityData>) =>
    client.unary(ProviderService.ReadResource, {
      type_name,
      current_state: encode({ ...state, id: null }),
      current_identity,
    });
  assert.deepEqual(kept((await read(identity(whole))).new_identity), whole);
  assert.equal((await read(identity({ parent: "p", id: null }))).new_identity, undefined);
});

test("a plan has the identity of what is changed or destroyed, and none of what is created", async (context) => {
  const { client, type_name, encode } = await served(context);
  const config = encode({ ...state, id: null, note: "n" });
  const planned = async (request: object) =>
    kept(
      (await client.unary(ProviderService.PlanResourceChange, { type_name, config, ...request }))
        .planned_identity,
    );
  const prior_state = encode(state);
  const changed = encode({ ...state, note: "n" });
  assert.deepEqual(await planned({ prior_state, proposed_new_state: changed }), whole);
  assert.deepEqual(await planned({ prior_state, proposed_new_state: encode(null) }), whole);
  const replaced = encode({ ...state, parent: "q" });
  assert.deepEqual(await planned({ prior_state, proposed_new_state: replaced }), whole);
  const created = encode({ ...state, id: UNKNOWN });
  // Terraform sends the old identity along where one object replaces another.
  const second = { prior_state: encode(null), proposed_new_state: created, prior_identity: identity(whole) };
  assert.equal(await planned(second), undefined);
});

test("an apply returns the identity of what there is then, after an error too, and none of what is gone", async (context) => {
  const { client, type_name, encode } = await served(context, {
    update: async ({ diagnostics }) => diagnostics.addError("No", "It is refused."),
  });
  const applied = async (prior: typeof state | null, planned: object | null) => {
    const response = await client.unary(ProviderService.ApplyResourceChange, {
      type_name,
      config: encode({ ...state, id: null }),
      prior_state: encode(prior),
      planned_state: encode(planned === null ? null : { ...state, ...planned }),
      planned_identity: prior === null ? undefined : identity(whole),
    });
    return [kept(response.new_identity), reported(response.diagnostics)];
  };
  assert.deepEqual(await applied(null, { id: UNKNOWN }), [{ parent: "p", id: "new" }, []]);
  assert.deepEqual(await applied(state, { note: "n" }), [whole, ["error : It is refused."]]);
  assert.deepEqual(await applied(state, null), [undefined, []]);
});

test("a creation that fails before it has an ID has no identity, whole or in parts", async (context) => {
  const { client, type_name, encode } = await served(context, {
    create: async ({ plan, save, diagnostics }) => {
      save({ ...plan, id: null });
      return diagnostics.addError("No", "It is refused.");
    },
  });
  const response = await client.unary(ProviderService.ApplyResourceChange, {
    type_name,
    config: encode({ ...state, id: null }),
    prior_state: encode(null),
    planned_state: encode({ ...state, id: UNKNOWN }),
  });
  assert.equal(response.new_identity, undefined);
});

test("an import by ID and one by identity give the identity; what it may leave out is found", async (context) => {
  const { client, type_name } = await served(context);
  for (const request of [
    { id: "i" },
    { identity: identity(whole) },
    { identity: identity({ parent: null, id: "i" }) },
  ]) {
    const response = await client.unary(ProviderService.ImportResourceState, { type_name, ...request });
    assert.deepEqual(reported(response.diagnostics), []);
    assert.deepEqual(kept(response.imported_resources[0]?.identity), whole);
  }
});

test("an author who asks for the ID alone gets it from an identity too", async (context) => {
  const given: string[] = [];
  const { client, type_name } = await served(context, {
    import: async ({ id }) => {
      given.push(id);
      return whole;
    },
  });
  await client.unary(ProviderService.ImportResourceState, { type_name, identity: identity(whole) });
  assert.deepEqual(given, ["p/i"]);
});

for (const [what, request, detail] of [
  ["an ID and an identity", { id: "i", identity: identity(whole) }, /they may be those of two objects/],
  [
    "an unsupported attribute",
    { identity: identity({ ...whole, region: "eu" }) },
    /3 given\)\. It has: "parent", "id"\./,
  ],
  [
    "another attribute in place of one",
    { identity: identity({ region: "eu", id: "i" }) },
    /unsupported attribute.* It has/,
  ],
  ["no value that it needs", { identity: identity({ parent: "p", id: null }) }, /has no value for "id"/],
  ["nulls alone", { identity: identity({ parent: null, id: null }) }, /has no value for "id"/],
  ["no data", { identity: {} }, /has no value for "id"/],
  ["a value that is not known", { identity: identity({ ...whole, id: UNKNOWN }) }, /known after apply only/],
] as const) {
  test(`an import by ${what} is an error that says so, and imports nothing`, async (context) => {
    const { client, type_name } = await served(context);
    const response = await client.unary(ProviderService.ImportResourceState, { type_name, ...request });
    assert.deepEqual(response.imported_resources, []);
    assert.match(reported(response.diagnostics).join("\n"), detail);
    assert.equal(response.diagnostics.length, 1);
  });
}

test("an import by the identity of a resource that has none is refused", async (context) => {
  const { client, type_name } = await serveResource(context, widget({ import: async () => ({ id: "i" }) }));
  const response = await client.unary(ProviderService.ImportResourceState, {
    type_name,
    identity: identity({ id: "i" }),
  });
  assert.deepEqual(reported(response.diagnostics), [
    "error : A fake_widget has no identity. Import it by its ID.",
  ]);
});

test("an import that finds another object than its identity names is an error", async (context) => {
  const { client, type_name } = await served(context, { import: async () => ({ parent: "p", id: "other" }) });
  const response = await client.unary(ProviderService.ImportResourceState, {
    type_name,
    identity: identity(whole),
  });
  assert.deepEqual(response.imported_resources, []);
  assert.match(reported(response.diagnostics).join(), /another object than its identity names/);
});

test("what is moved from another type has an identity", async (context) => {
  const source = { name: string({ required: true, description }) };
  const { client, type_name } = await served(context, {
    moveState: [
      stateMover({ type: "other_widget" }, source, ({ state }) => ({ parent: "p", id: state.name })),
    ],
  });
  const response = await client.unary(ProviderService.MoveResourceState, {
    source_type_name: "other_widget",
    target_type_name: type_name,
    source_state: { json: Buffer.from('{"name":"i"}') },
    source_identity: { json: Buffer.from('{"whatever":1}') },
  });
  assert.deepEqual(reported(response.diagnostics), []);
  assert.deepEqual(kept(response.target_identity), whole);
});

for (const [what, version, json, expected, says] of [
  ["an older version is converted", 0, '{"name":"i"}', whole, []],
  ["the current version is read", 2, '{"parent":"p","id":"i"}', whole, []],
  ["nulls alone count as none", 2, '{"parent":null,"id":null}', undefined, []],
  ["a part counts as none", 2, '{"parent":"p","id":null}', undefined, []],
  ["one that is not there counts as none", 0, "", undefined, []],
  ["a null counts as none", 0, "null", undefined, []],
  ["an upgrade may fail", 1, '{"id":"x"}', undefined, ["error : It is refused."]],
  [
    "an upgrade to a part is a mistake",
    1,
    '{"id":"half"}',
    undefined,
    ["error : Upgrading the identity of fake_widget gave neither a whole identity nor an error."],
  ],
  [
    "another version is refused",
    7,
    '{"id":"x"}',
    undefined,
    [
      "error : The identity of this fake_widget in the state was written by version 7 of its schema, and this provider " +
        "reads version 0, 1, 2. Use the provider's version that wrote it, or remove the object from the state and import " +
        "it again.",
    ],
  ],
] as const) {
  test(`of stored identities ${what}`, async (context) => {
    const { client, type_name } = await served(context);
    const response = await client.unary(ProviderService.UpgradeResourceIdentity, {
      type_name,
      version,
      raw_identity: { json: Buffer.from(json) },
    });
    assert.deepEqual(reported(response.diagnostics), says);
    assert.deepEqual(kept(response.upgraded_identity), expected);
  });
}
