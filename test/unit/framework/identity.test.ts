import assert from "node:assert/strict";
import { test } from "node:test";
import { UNKNOWN } from "../../../src/cty/index.ts";
import {
  type Attributes,
  type IdentityDefinition,
  identityIn,
  integer,
  list,
  number,
  set,
  stateUpgrader,
  string,
  types,
} from "../../../src/framework/index.ts";
import { widgetOf } from "../../support/fake-resource.ts";

const description = "It is described.";
const attributes = {
  id: string({ computed: true, description }),
  parent: string({ required: true, description }),
  size: number({ optional: true, description }),
  amount: integer({ optional: true, description }),
  tags: list(types.string, { optional: true, description }),
  words: set(types.string, { optional: true, description }),
  key: string({ optional: true, sensitive: true, description }),
  secret: string({ optional: true, writeOnly: true, description }),
};
const id = { type: types.string, requiredForImport: true, description } as const;

/** The same with attributes that the types would refuse. */
function declared(identity: IdentityDefinition<Attributes>) {
  return widgetOf(attributes as Attributes, { identity }).identity;
}

for (const [why, identity] of [
  ["it has no attribute", { attributes: {} }],
  ["nothing is no attribute of the resource", { attributes: { id, nothing: id } }],
  ["parent has another type there", { attributes: { id, parent: { ...id, type: types.number } } }],
  ["words must be a string", { attributes: { id, words: { ...id, type: attributes.words.kind } } }],
  ["key is a secret", { attributes: { id, key: id } }],
  ["secret is a secret", { attributes: { id, secret: id } }],
  ["parent has no description", { attributes: { id, parent: { ...id, description: " " } } }],
  ["an import would need nothing", { attributes: { id: { ...id, requiredForImport: false } } }],
  ["its version must be a whole number", { version: 1.5, attributes: { id } }],
  [
    "version 1 cannot be upgraded: it has version 1",
    { version: 1, attributes: { id }, upgradeIdentity: { 1: stateUpgrader({}, () => ({})) } },
  ],
] as const) {
  test(`an identity is refused where it is declared: ${why}`, () => {
    assert.throws(() => declared(identity), {
      message: new RegExp(`^Invalid identity of resource fake_widget: ${why}`),
    });
  });
}

test("an identity is whole, or there is none: null, unknown, missing and odd values make none", () => {
  const schema = declared({ attributes: { parent: id, id, amount: { type: types.integer, description } } });
  assert.ok(schema);
  const whole = { parent: "p", id: "i", amount: 1 };
  const state = { ...whole, size: null, tags: null };
  assert.deepEqual({ ...identityIn(schema, state) }, whole, "what else the state has is left out");
  for (const odd of [{ id: null }, { id: UNKNOWN }, { amount: "1" }, { parent: 7 }]) {
    assert.equal(identityIn(schema, { ...state, ...odd }), null, JSON.stringify(odd));
  }
  const nulls = { parent: null, id: null, amount: null };
  for (const none of [null, undefined, nulls, {}, [], "x"]) assert.equal(identityIn(schema, none), null);
});

test("an empty string is a value: whether it can be an ID is the author's to say", () => {
  const schema = declared({ attributes: { id } });
  assert.ok(schema);
  assert.deepEqual({ ...identityIn(schema, { id: "" }) }, { id: "" });
});
