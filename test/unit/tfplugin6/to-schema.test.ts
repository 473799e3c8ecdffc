import assert from "node:assert/strict";
import { test } from "node:test";
import {
  type Attributes,
  bool,
  integer,
  list,
  map,
  nested,
  number,
  object,
  set,
  string,
  types,
} from "../../../src/framework/index.ts";
import { schema } from "../../../src/framework/schema.ts";
import {
  Schema_Object_NestingMode as Nesting,
  Schema,
  StringKind,
} from "../../../src/tfplugin6/messages.gen.ts";
import { toSchema } from "../../../src/tfplugin6/to-schema.ts";

const description = "It is *described*.";

/** The schema as Terraform decodes it. */
function sent(attributes: Attributes, version = 0): Schema {
  const declared = schema("resource", "fake_thing", { description, attributes, version });
  return Schema.decode(Schema.encode(toSchema(declared)));
}

function attributesOf(attributes: Attributes) {
  return sent(attributes).block?.attributes ?? [];
}

function attributeOf(attributes: Attributes) {
  const [first] = attributesOf(attributes);
  assert.ok(first);
  return first;
}

test("a schema has a block even without attributes: Terraform crashes without one", () => {
  const { version, block } = sent({}, 3);
  assert.equal(version, 3);
  assert.deepEqual(block?.attributes, []);
  assert.equal(block?.version, 3);
  assert.equal(block?.description, description);
  assert.equal(block?.description_kind, StringKind.MARKDOWN);
  assert.deepEqual(block?.block_types, []);
});

test("attributes are sorted by name, nested ones too", () => {
  const text = string({ computed: true, description });
  const inner = nested({ z: text, a: text, m_1: text });
  const attributes = attributesOf({ b: text, aa: list(inner, { optional: true, description }), a: text });
  assert.deepEqual(
    attributes.map(({ name }) => name),
    ["a", "aa", "b"],
  );
  assert.deepEqual(
    attributes[1]?.nested_type?.attributes.map(({ name }) => name),
    ["a", "m_1", "z"],
  );
});

const computed = { computed: true, description } as const;
for (const [what, attribute, json] of [
  ["string", string(computed), '"string"'],
  ["number", number(computed), '"number"'],
  ["integer", integer(computed), '"number"'],
  ["bool", bool(computed), '"bool"'],
  ["dynamic", { ...string(computed), kind: { kind: "dynamic" } }, '"dynamic"'],
  ["list of strings", list(types.string, computed), '["list","string"]'],
  ["set of integers", set(types.integer, computed), '["set","number"]'],
  ["map of bools", map(types.bool, computed), '["map","bool"]'],
  [
    "map of lists of numbers",
    map({ kind: "list", element: types.number }, computed),
    '["map",["list","number"]]',
  ],
] as const) {
  test(`the type of a ${what} is the bytes of ${json}`, () => {
    const sentAttribute = attributeOf({ attribute });
    assert.equal(sentAttribute.type.toString("utf8"), json);
    assert.equal(sentAttribute.nested_type, undefined);
  });
}

const optional = { optional: true, description } as const;
const inner = nested({ x: string(optional) });
for (const [what, attribute, nesting] of [
  ["an object", object(inner, optional), Nesting.SINGLE],
  ["a computed object", object(nested({ x: string(computed) }), computed), Nesting.SINGLE],
  ["a list of objects", list(inner, optional), Nesting.LIST],
  ["a set of objects", set(inner, optional), Nesting.SET],
  ["a map of objects", map(inner, optional), Nesting.MAP],
] as const) {
  test(`${what} is a nested attribute, with no type beside it`, () => {
    const sentAttribute = attributeOf({ attribute });
    assert.equal(sentAttribute.nested_type?.nesting, nesting);
    assert.equal(sentAttribute.type.length, 0);
    assert.equal(sentAttribute.nested_type?.attributes[0]?.type.toString(), '"string"');
    assert.equal(sentAttribute.nested_type?.attributes[0]?.description, description);
  });
}

test("a computed collection of objects is a type, which `terraform test` can mock", () => {
  const element = nested({ x: string(computed), y: list(nested({ z: number(computed) }), computed) });
  const json = '["object",{"x":"string","y":["list",["object",{"z":"number"}]]}]';
  for (const [attribute, word] of [
    [list(element, computed), "list"],
    [map(element, computed), "map"],
  ] as const) {
    const sentAttribute = attributeOf({ attribute });
    assert.equal(sentAttribute.type.toString(), `["${word}",${json}]`);
    assert.equal(sentAttribute.nested_type, undefined);
  }
});

test("a computed collection with a sensitive or deprecated attribute inside stays nested", () => {
  for (const flag of [{ sensitive: true }, { deprecated: "Use x." }]) {
    const deep = nested({ y: list(nested({ z: number({ ...computed, ...flag }) }), computed) });
    const sentAttribute = attributeOf({ attribute: list(deep, computed) });
    assert.equal(sentAttribute.nested_type?.nesting, Nesting.LIST);
    assert.equal(sentAttribute.type.length, 0);
  }
});

for (const [mode, expected] of [
  [{ required: true }, [true, false, false]],
  [{ optional: true }, [false, true, false]],
  [{ computed: true }, [false, false, true]],
  [{ optional: true, computed: true }, [false, true, true]],
] as const) {
  test(`${Object.keys(mode).join(" and ")} is sent as it is declared`, () => {
    const { required, optional, computed } = attributeOf({ a: string({ ...mode, description }) });
    assert.deepEqual([required, optional, computed], expected);
  });
}

test("sensitive, write-only and deprecated are flags of their own", () => {
  const plain = { optional: true, description } as const;
  const attributes = attributesOf({
    a: string(plain),
    b: string({ ...plain, sensitive: true }),
    c: string({ ...plain, writeOnly: true }),
    d: string({ ...plain, deprecated: "Use a." }),
  });
  assert.deepEqual(
    attributes.map(({ sensitive, write_only, deprecated }) => [sensitive, write_only, deprecated]),
    [
      [false, false, false],
      [true, false, false],
      [false, true, false],
      [false, false, true],
    ],
  );
  // A field of protocol 6.10, which older versions of Terraform do not know.
  assert.deepEqual([...new Set(attributes.map(({ deprecation_message }) => deprecation_message))], [""]);
});

test("descriptions are Markdown", () => {
  const { description: text, description_kind } = attributeOf({ a: string(computed) });
  assert.equal(text, description);
  assert.equal(description_kind, StringKind.MARKDOWN);
});
