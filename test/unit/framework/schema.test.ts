import assert from "node:assert/strict";
import { test } from "node:test";
import {
  type Attribute,
  type Attributes,
  bool,
  list,
  map,
  nested,
  notBlank,
  object,
  provider,
  requiresReplace,
  set,
  string,
  types,
} from "../../../src/framework/index.ts";
import { schema } from "../../../src/framework/schema.ts";
import type { SchemaOwner } from "../../../src/framework/schema-rules.ts";
import { fakeProvider, thing } from "../../support/fake-provider.ts";

const description = "It is described.";

function declare(attributes: Attributes, of: SchemaOwner = "data source") {
  return schema(of, "fake_thing", { description, attributes });
}

/** The attribute of a dynamic type, which has no builder. */
const open: Attribute = { ...string({ optional: true, description }), kind: { kind: "dynamic" } };
const computed = string({ computed: true, description });
const writeOnly = string({ optional: true, writeOnly: true, description });

const reserved = ["connection", "count", "depends_on", "for_each", "lifecycle", "provider", "provisioner"];
for (const name of reserved) {
  for (const of of ["provider", "data source", "resource"] as const) {
    test(`"${name}" cannot be the name of a ${of}'s argument`, () => {
      assert.throws(() => declare({ [name]: string({ optional: true, description }) }, of), {
        message: `Invalid schema of ${of} fake_thing: ${name}: the name is reserved by Terraform's configuration language.`,
      });
    });
  }
}

for (const name of ["alias", "source", "version"]) {
  test(`"${name}" is reserved in a provider block alone`, () => {
    const attributes = { [name]: string({ optional: true, description }) };
    assert.throws(() => declare(attributes, "provider"), /the name is reserved/);
    assert.ok(declare(attributes));
  });
}

test("a reserved name is free inside a nested object, where the language does not look", () => {
  assert.ok(declare({ usage: object(nested({ count: computed }), { computed: true, description }) }));
});

for (const name of ["", "Name", "with-dash", "1st", "a.b", "ä", "_private", "__proto__"]) {
  test(`${JSON.stringify(name)} is no attribute name, at any depth`, () => {
    const attributes = Object.fromEntries([[name, computed]]);
    assert.throws(() => declare(attributes), /a name has lower-case letters/);
    const outer = { outer: list(nested(attributes), { computed: true, description }) };
    assert.throws(() => declare(outer), /a name has lower-case letters/);
  });
}

test("a description is missing: of the owner, an attribute, a nested attribute, one deeper", () => {
  for (const of of ["provider", "data source", "resource"] as const) {
    assert.throws(
      () => schema(of, "fake_thing", { description: " ", attributes: {} }),
      /it has no description/,
    );
  }
  const bare = string({ computed: true, description: "" });
  assert.throws(() => declare({ bare }), /fake_thing: bare: it has no description/);
  const one = object(nested({ bare }), { computed: true, description });
  assert.throws(() => declare({ one }), /one: bare: it has no description/);
  const two = list(nested({ one }), { computed: true, description });
  assert.throws(() => declare({ two }), /two: one: bare: it has no description/);
});

test("a deprecation says what to use instead", () => {
  assert.throws(
    () => declare({ old: bool({ optional: true, deprecated: " ", description }) }),
    /what to use/,
  );
});

for (const [where, attribute] of Object.entries({
  "a list": list({ kind: "dynamic" }, { computed: true, description }),
  "a set": set({ kind: "dynamic" }, { computed: true, description }),
  "a map": map({ kind: "dynamic" }, { computed: true, description }),
  "a list of lists": list({ kind: "list", element: { kind: "dynamic" } }, { computed: true, description }),
  "a list of objects": list(nested({ open }), { optional: true, description }),
  "an object in an object in a map": map(
    nested({ inner: object(nested({ open }), { optional: true, description }) }),
    { optional: true, description },
  ),
})) {
  test(`a dynamic type inside ${where} crashes Terraform`, () => {
    assert.throws(() => declare({ attribute }), /a dynamic type inside a list, map or set crashes Terraform/);
  });
}

test("a dynamic type is allowed at the top and inside single objects", () => {
  assert.ok(declare({ open, outer: object(nested({ open }), { optional: true, description }) }));
});

test("write-only attributes belong to resources", () => {
  assert.ok(declare({ secret: writeOnly }, "resource"));
  assert.throws(
    () => declare({ secret: writeOnly }),
    /only resources and actions have write-only attributes/,
  );
  assert.throws(
    () => declare({ secret: writeOnly }, "provider"),
    /only resources and actions have write-only/,
  );
});

test("a set holds no write-only attribute, at any depth", () => {
  const holding = nested({ secret: writeOnly });
  const direct = set(holding, { optional: true, description });
  assert.throws(() => declare({ direct }, "resource"), /a set must not hold write-only attributes/);
  const deep = set(nested({ inner: object(holding, { optional: true, description }) }), {
    optional: true,
    description,
  });
  assert.throws(() => declare({ deep }, "resource"), /a set must not hold write-only attributes/);
  assert.ok(declare({ direct: list(holding, { optional: true, description }) }, "resource"));
});

test("a computed attribute is not write-only", () => {
  const only = string({ computed: true, writeOnly: true, description });
  assert.throws(() => declare({ only }, "resource"), /a computed attribute cannot be write-only/);
  const either = string({ optional: true, computed: true, writeOnly: true, description });
  assert.throws(() => declare({ either }, "resource"), /a computed attribute cannot be write-only/);
});

test("a computed attribute has no validators, which only see configurations", () => {
  const checked = string({ computed: true, validate: [notBlank()], description });
  assert.throws(() => declare({ checked }), /validators check configurations/);
  assert.ok(
    declare({ both: string({ optional: true, computed: true, validate: [notBlank()], description }) }),
  );
});

test("inside a computed attribute everything is computed", () => {
  for (const inner of [
    string({ required: true, description }),
    string({ optional: true, description }),
    string({ optional: true, computed: true, description }),
  ]) {
    const outer = list(nested({ inner }), { computed: true, description });
    assert.throws(
      () => declare({ outer }),
      /outer: inner: inside a computed attribute everything is computed/,
    );
  }
});

test("a set that configurations give holds nothing computed", () => {
  const given = set(nested({ computed }), { optional: true, description });
  assert.throws(() => declare({ given }), /given: computed: Terraform distinguishes a set's elements/);
  assert.ok(declare({ made: set(nested({ computed }), { computed: true, description }) }));
});

test("a provider has no computed attributes", () => {
  assert.throws(() => declare({ computed }, "provider"), /a provider has no state/);
});

test("a collection of collections holds plain values only", () => {
  const objects = list({ kind: "list", element: nested({ computed }) }, { computed: true, description });
  assert.throws(() => declare({ objects }), /a collection of collections cannot hold nested attributes/);
  assert.ok(
    declare({ words: map({ kind: "list", element: types.string }, { computed: true, description }) }),
  );
});

test("a schema's version is a whole number from 0 on", () => {
  for (const version of [-1, 1.5, Number.NaN, Number.POSITIVE_INFINITY]) {
    assert.throws(
      () => schema("resource", "fake_thing", { description, attributes: {}, version }),
      /its version must be a whole number from 0 on/,
    );
  }
  assert.equal(schema("resource", "fake_thing", { description, attributes: {}, version: 3 }).version, 3);
  assert.equal(declare({}).version, 0);
});

test("dataSource and provider check the schemas they are given", () => {
  assert.throws(() => thing({ description: "" }), /Invalid schema of data source fake_thing/);
  assert.throws(() => fakeProvider({ description: "" }), /Invalid schema of provider fake/);
});

test("a data source is declared once in a provider", () => {
  assert.throws(() => fakeProvider({ dataSources: [thing(), thing()] }), /fake_thing is declared twice/);
});

for (const name of ["other_thing", "fake", "fake_", "fake_Thing", "fake_a-b", "thing", "xfake_thing"]) {
  test(`${name} is no data source of the provider "fake"`, () => {
    assert.throws(() => fakeProvider({ dataSources: [thing({ name })] }), /does not begin with fake_/);
  });
}

for (const name of ["", "a_b", "Fake", "a.", "1a"]) {
  test(`${JSON.stringify(name)} is no provider name`, () => {
    assert.throws(
      () => provider({ name, description, attributes: {}, dataSources: [], configure: () => null }),
      /The provider's name/,
    );
  });
}

test("only an optional and computed attribute of a resource has a default", () => {
  const either = string({ optional: true, computed: true, default: "x", description });
  assert.ok(declare({ either }, "resource"));
  assert.throws(() => declare({ either }), /has a default/);
  const optional = string({ optional: true, default: "x", description });
  assert.throws(() => declare({ optional }, "resource"), /has a default/);
});

test("only attributes of a resource have plan modifiers, at every depth but in sets and computed ones", () => {
  const planned = string({ optional: true, plan: [requiresReplace()], description });
  assert.ok(declare({ planned }, "resource"));
  assert.throws(() => declare({ planned }), /only attributes of a resource have plan modifiers/);
  for (const of of ["provider", "ephemeral resource"] as const) {
    assert.throws(() => declare({ planned }, of), /only attributes of a resource have plan modifiers/);
  }
  const inner = nested({ planned });
  const deep = nested({ inner: object(inner, { optional: true, description }) });
  for (const outer of [
    object(inner, { required: true, description }),
    list(inner, { required: true, description }),
    map(deep, { required: true, description }),
  ]) {
    assert.ok(declare({ outer }, "resource"));
  }
  for (const outer of [
    set(inner, { required: true, description }),
    set(deep, { required: true, description }),
    list(nested({ grouped: set(inner, { optional: true, description }) }), { required: true, description }),
  ]) {
    assert.throws(() => declare({ outer }, "resource"), /put the plan modifier on the set/);
  }
  const made = nested({ made: string({ computed: true, plan: [requiresReplace()], description }) });
  const outer = list(made, { computed: true, description });
  assert.throws(
    () => declare({ outer }, "resource"),
    /outer: made: a computed attribute is planned as a whole/,
  );
});

test("only a computed attribute is declared as never null", () => {
  for (const mode of [{ computed: true }, { optional: true, computed: true }] as const) {
    assert.ok(declare({ id: string({ ...mode, notNull: true, description }) }));
  }
  for (const mode of [{ required: true }, { optional: true }] as const) {
    const id = string({ ...mode, notNull: true, description });
    assert.throws(() => declare({ id }), /id: only a computed attribute is declared as never null/);
    const outer = list(nested({ id }), { optional: true, description });
    assert.throws(() => declare({ outer }), /outer: id: only a computed attribute is declared as never null/);
  }
});

test("a default is a value of its attribute, and holds nothing computed", () => {
  const wrong = string({ optional: true, computed: true, default: 5, description });
  assert.throws(
    () => declare({ wrong }, "resource"),
    /its default is wrong: a string is required, got a number/,
  );
  const inner = nested({ made: string({ computed: true, description }) });
  const holding = list(inner, { optional: true, computed: true, default: [], description });
  assert.throws(
    () => declare({ holding }, "resource"),
    /a default cannot stand for computed attributes inside it/,
  );
  const deep = map(nested({ inner: object(inner, { optional: true, description }) }), {
    optional: true,
    computed: true,
    default: new Map(),
    description,
  });
  assert.throws(
    () => declare({ deep }, "resource"),
    /a default cannot stand for computed attributes inside it/,
  );
});

test("inside a write-only attribute everything is write-only, and may be required", () => {
  const required = string({ required: true, writeOnly: true, description });
  const whole = list(nested({ required }), { optional: true, writeOnly: true, description });
  assert.ok(declare({ whole }, "resource"));
  const open = list(nested({ required, plain: string({ optional: true, description }) }), {
    optional: true,
    writeOnly: true,
    description,
  });
  assert.throws(
    () => declare({ open }, "resource"),
    /inside a write-only attribute everything is write-only/,
  );
});

test("a write-only attribute elsewhere is optional, since plans and states hold null for it", () => {
  const required = string({ required: true, writeOnly: true, description });
  assert.throws(
    () => declare({ required }, "resource"),
    /a plan and a state hold null for it: make it optional/,
  );
  const outer = object(nested({ required }), { optional: true, description });
  assert.throws(() => declare({ outer }, "resource"), /a plan and a state hold null for it/);
});
