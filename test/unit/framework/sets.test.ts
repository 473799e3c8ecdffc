import assert from "node:assert/strict";
import { test } from "node:test";
import { objectValue, parseNumber, UNKNOWN, type Value } from "../../../src/cty/index.ts";
import {
  integer,
  nested,
  notBlank,
  number,
  requiresReplace,
  set,
  string,
  types,
  type Validator,
} from "../../../src/framework/index.ts";
import { apply, plan, widgetOf } from "../../support/fake-resource.ts";
import { validate } from "../../support/validation.ts";

const description = "It is described.";
const item = nested({
  role: string({ required: true, validate: [notBlank()], description }),
  size: integer({ optional: true, description }),
});
const made = string({ computed: true, description });
const attributes = {
  words: set(types.string, { optional: true, plan: [requiresReplace()], description }),
  sizes: set(types.number, { optional: true, plan: [requiresReplace()], description }),
  items: set(item, { optional: true, plan: [requiresReplace()], description }),
  made: set(nested({ role: made, size: made }), { computed: true, description }),
};
const of = (role: Value, size: Value = null) =>
  objectValue([
    ["role", role],
    ["size", size],
  ]);

for (const [what, name, stored, same, other] of [
  ["strings", "words", ["a", "b"], ["b", "a", "b"], ["a"]],
  ["numbers", "sizes", [1, parseNumber("2.5")], [parseNumber("2.50"), parseNumber("1.0")], [1, 2]],
  ["objects", "items", [of("a", 1), of("b")], [of("b"), of("a", 1)], [of("a", 1), of("b", 1)]],
] as const) {
  test(`another order of a set of ${what} is no change, another element replaces`, async () => {
    const prior = { [name]: stored, made: [] };
    const unchanged = await plan(widgetOf(attributes), { [name]: same }, prior);
    assert.equal(unchanged.planned[name], stored);
    assert.deepEqual(unchanged.replaces, []);
    const changed = await plan(widgetOf(attributes), { [name]: other }, prior);
    assert.deepEqual(changed.planned[name], other);
    assert.equal(changed.planned.made, UNKNOWN);
    assert.deepEqual(changed.replaces, [name]);
  });
}

test("an author gets a set as an array, and returns one in any order", async () => {
  const seen: unknown[] = [];
  const declared = widgetOf(attributes, {
    create: async ({ plan: planned }) => {
      seen.push(planned.words, planned.sizes, planned.items);
      return {
        words: ["b", "a"],
        sizes: planned.sizes,
        items: [
          { role: "y", size: null },
          { role: "x", size: 1 },
        ],
        made: [{ role: "m", size: "2" }],
      };
    },
  });
  const given = { words: ["a", "b"], sizes: [1], items: [of("x", 1), of("y")] };
  const { state, reported } = await apply(declared, given, { planned: { ...given, made: UNKNOWN } });
  assert.deepEqual(reported, []);
  assert.deepEqual(seen, [
    ["a", "b"],
    [1],
    [
      { role: "x", size: 1 },
      { role: "y", size: null },
    ],
  ]);
  assert.deepEqual(state?.made, [of("m", "2")]);
});

test("a set that comes back with other elements is not what was planned", async () => {
  for (const words of [["a"], ["a", "b", "c"], []]) {
    const declared = widgetOf(attributes, {
      create: async ({ plan: planned }) => ({ ...planned, words, made: [] }),
    });
    const given = { words: ["a", "b"] };
    const { reported } = await apply(declared, given, { planned: { ...given, made: [] } });
    assert.deepEqual(reported, ["error words: The provider did not apply what it had planned for words."]);
  }
});

test("an element that is not known yet is planned as it came", async () => {
  const given = { words: ["a", UNKNOWN], items: [of(UNKNOWN), of("b", UNKNOWN)] };
  const { planned } = await plan(widgetOf(attributes), given);
  assert.deepEqual(planned.words, given.words);
  assert.deepEqual(planned.items, given.items);
});

test("the elements of a set are checked, and its own validators once it is wholly known", () => {
  const few: Validator<readonly unknown[]> = {
    description: "must have few elements",
    validate: (value) => (value.length > 1 ? { detail: "Too many." } : undefined),
  };
  const checked = {
    items: set(item, { optional: true, validate: [few], description }),
    sizes: set(types.integer, { optional: true, description }),
  };
  const lines = (given: { readonly [name: string]: Value }) =>
    validate(checked, given).map(({ path, detail }) => `${path}: ${detail.split("\n")[0]}`);
  assert.deepEqual(lines({ items: [of(" ")] }), ["items: The value must not be blank."]);
  assert.deepEqual(lines({ items: [of("a"), of("b")] }), ["items: Too many."]);
  assert.deepEqual(lines({ items: [of("a"), of(UNKNOWN)] }), []);
  assert.deepEqual(lines({ items: [of("a"), UNKNOWN] }), []);
  assert.deepEqual(lines({ sizes: [1, parseNumber("1.5")] }), [
    'sizes: "sizes" must be a whole number, for example 4, and not beyond ±2^53.',
  ]);
});

test("numbers of a set are exact", async () => {
  const size = parseNumber("9007199254740993");
  const { planned } = await plan(
    widgetOf({
      sizes: set(types.number, { optional: true, description }),
      other: number({ optional: true, description }),
    }),
    { sizes: [size] },
    { sizes: [parseNumber("9007199254740992")], other: null },
  );
  assert.deepEqual(planned.sizes, [size]);
});
