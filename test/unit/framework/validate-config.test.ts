import assert from "node:assert/strict";
import { test } from "node:test";
import { DynamicValue, objectValue, UNKNOWN, Unknown, type Value } from "../../../src/cty/index.ts";
import {
  check,
  dynamic,
  integer,
  list,
  map,
  nested,
  notBlank,
  number,
  object,
  oneOf,
  set,
  string,
  types,
  type Validator,
} from "../../../src/framework/index.ts";
import { validateDataSource } from "../../../src/framework/server/index.ts";
import { configuration, thingOf } from "../../support/fake-provider.ts";
import { reported, validate } from "../../support/validation.ts";

const description = "It is described.";

const no: Validator<unknown> = {
  description: "must not be",
  validate: () => ({ detail: "Nothing is accepted.", given: "hunter2" }),
};

test("null and unknown values are never an error of a validator", () => {
  const attributes = {
    absent: string({ optional: true, validate: [no], description }),
    later: string({ required: true, validate: [no], description }),
    refined: string({ required: true, validate: [no], description }),
  };
  assert.deepEqual(
    validate(attributes, { later: UNKNOWN, refined: new Unknown({ nullness: "not_null" }) }),
    [],
  );
});

test("a required argument that is null is an error, an optional one is not", () => {
  const attributes = {
    a: string({ required: true, description }),
    b: string({ optional: true, description }),
  };
  const diagnostics = validate(attributes, {});
  assert.deepEqual(reported(diagnostics), ['a: Missing value for "a"']);
  assert.equal(diagnostics[0]?.severity, "error");
});

test("what exists to be refused is an error with its reason, at every depth, and an unknown value is not yet", () => {
  const old = string({ optional: true, refused: "Use the new one.", description });
  const any = dynamic({ optional: true, refused: "Use another.", description });
  const attributes = { old, any, items: list(nested({ old }), { optional: true, description }) };
  const item = objectValue([["old", ""]]);
  const found = validate(attributes, {
    old: "x",
    any: new DynamicValue({ kind: "bool" }, false),
    items: [item],
  });
  assert.deepEqual(
    found.map(({ path, summary, detail }) => `${path}: ${summary}: ${detail}`),
    [
      'old: Unsupported argument "old": Use the new one.',
      'any: Unsupported argument "any": Use another.',
      'items[0].old: Unsupported argument "old": Use the new one.',
    ],
  );
  assert.deepEqual(
    validate(attributes, { old: UNKNOWN, any: UNKNOWN, items: [objectValue([["old", null]])] }),
    [],
  );
});

test("a computed attribute that a configuration sets is an error, which Terraform does not make", () => {
  const attributes = {
    a: string({ computed: true, description }),
    b: { ...string({ computed: true, description }), refused: "Ask for it elsewhere." },
    c: string({ optional: true, computed: true, description }),
  };
  const found = validate(attributes, { a: "", b: "x", c: "x" });
  assert.deepEqual(reported(found), ['a: Cannot set "a"', 'b: Cannot set "b"']);
  assert.deepEqual(
    found.map(({ detail }) => detail),
    ['"a" is read-only: it has the value that the API gives it. Remove it.', "Ask for it elsewhere."],
  );
  assert.deepEqual(validate(attributes, {}), []);
});

test("a required argument of a nested object is missed only where there is an object", () => {
  const inner = nested({ name: string({ required: true, description }) });
  const attributes = {
    one: object(inner, { optional: true, description }),
    many: list(inner, { optional: true, description }),
  };
  assert.deepEqual(validate(attributes, {}), []);
  const empty = objectValue([["name", null]]);
  const named = objectValue([["name", "x"]]);
  assert.deepEqual(reported(validate(attributes, { one: empty, many: [named, empty, UNKNOWN] })), [
    'one.name: Missing value for "name"',
    'many[1].name: Missing value for "name"',
  ]);
});

test("an element that is null is refused, since authors get elements without null", () => {
  const attributes = {
    words: list(types.string, { optional: true, description }),
    labels: map(types.string, { optional: true, description }),
    tags: set(types.string, { optional: true, description }),
    things: list(nested({ x: string({ optional: true, description }) }), { optional: true, description }),
  };
  const diagnostics = validate(attributes, {
    words: ["a", null],
    labels: new Map([["k", null]]),
    tags: [null],
    things: [null],
  });
  assert.deepEqual(reported(diagnostics), [
    'words[1]: Invalid value for "words"',
    'labels["k"]: Invalid value for "labels"',
    'tags: Invalid value for "tags"',
    'things[0]: Invalid value for "things"',
  ]);
  assert.equal(diagnostics[0]?.detail, 'An element of "words" is null. Leave it out, or give it a value.');
});

test("a validator of a collection does not see unknown elements: it waits until all are known", () => {
  const seen: unknown[] = [];
  const spy: Validator<unknown> = { description: "must be", validate: (value) => void seen.push(value) };
  const attributes = {
    labels: map(types.string, { optional: true, validate: [spy], description }),
    one: object(nested({ x: string({ optional: true, description }) }), {
      optional: true,
      validate: [spy],
      description,
    }),
  };
  validate(attributes, { labels: new Map([["k", UNKNOWN]]), one: objectValue([["x", UNKNOWN]]) });
  assert.deepEqual(seen, []);
  const labels = new Map([["k", "v"]]);
  validate(attributes, { labels });
  assert.deepEqual(seen, [labels]);
});

test("the known parts of a partly unknown value are checked all the same", () => {
  const attributes = {
    choices: list(nested({ x: string({ required: true, validate: [notBlank()], description }) }), {
      optional: true,
      description,
    }),
  };
  const diagnostics = validate(attributes, { choices: [UNKNOWN, objectValue([["x", ""]])] });
  assert.deepEqual(reported(diagnostics), ['choices[1].x: Invalid value for "x"']);
});

test("a validator of a collection is not run over elements that are wrong already", () => {
  const attributes = { sizes: list(types.integer, { optional: true, validate: [no], description }) };
  const diagnostics = validate(attributes, { sizes: [1.5] });
  assert.deepEqual(reported(diagnostics), ['sizes[0]: Invalid value for "sizes"']);
});

for (const value of [0, -3, 42, Number.MAX_SAFE_INTEGER, Number.MIN_SAFE_INTEGER]) {
  test(`${value} is an integer`, () => {
    assert.deepEqual(validate({ n: integer({ required: true, description }) }, { n: value }), []);
  });
}

for (const [value, text] of [
  [0.5, "0.5"],
  [2n ** 53n, "9007199254740992"],
  [-(2n ** 60n), "-1152921504606846976"],
] as const) {
  test(`${value} is no integer that JavaScript holds exactly`, () => {
    const [diagnostic] = validate({ n: integer({ required: true, description }) }, { n: value });
    assert.equal(
      diagnostic?.detail,
      `"n" must be a whole number, for example 4, and not beyond ±2^53.\n\nGiven: ${text}`,
    );
    assert.deepEqual(validate({ n: number({ required: true, description }) }, { n: value }), []);
  });
}

test("a deprecated argument is warned of where it is set to a known value", () => {
  const attributes = { old: string({ optional: true, deprecated: "Use new.", description }) };
  assert.deepEqual(validate(attributes, {}), []);
  assert.deepEqual(validate(attributes, { old: UNKNOWN }), []);
  const [diagnostic] = validate(attributes, { old: "x" });
  assert.equal(diagnostic?.severity, "warning");
  assert.equal(diagnostic?.detail, "Use new.");
  assert.deepEqual(reported(validate(attributes, { old: "x" })), ["old: Attribute Deprecated"]);
});

test("a warning inside an object does not keep the object's own validators from running", () => {
  const attributes = {
    outer: object(nested({ old: string({ optional: true, deprecated: "Use new.", description }) }), {
      required: true,
      validate: [no],
      description,
    }),
  };
  assert.deepEqual(reported(validate(attributes, { outer: objectValue([["old", "x"]]) })), [
    "outer.old: Attribute Deprecated",
    'outer: Invalid value for "outer"',
  ]);
});

test("an object that repeats another's mistake is as wrong as the first", () => {
  const leaf = nested({ x: string({ required: true, validate: [notBlank()], description }) });
  const attributes = {
    groups: set(nested({ leaves: list(leaf, { required: true, validate: [no], description }) }), {
      required: true,
      description,
    }),
  };
  const group = objectValue([["leaves", [objectValue([["x", ""]])]]]);
  assert.deepEqual(reported(validate(attributes, { groups: [group, group] })), [
    'groups: Invalid value for "x"',
  ]);
});

test("all problems are reported at once: of several arguments, and of several validators of one", () => {
  const short = check("must be short", (value) => value.length < 3);
  const attributes = {
    a: string({ required: true, description }),
    b: string({ required: true, validate: [short, oneOf("x")], description }),
    c: list(types.integer, { required: true, description }),
  };
  const diagnostics = validate(attributes, { b: "long", c: [0.5, 1, 1.5] });
  assert.deepEqual(reported(diagnostics), [
    'a: Missing value for "a"',
    'b: Invalid value for "b"',
    'b: Invalid value for "b"',
    'c[0]: Invalid value for "c"',
    'c[2]: Invalid value for "c"',
  ]);
});

test("the data source's own check runs after the arguments' and only if these found no error", () => {
  const attributes = {
    name: string({ required: true, validate: [notBlank()], description }),
    old: string({ optional: true, deprecated: "Use name.", description }),
  };
  const source = thingOf(attributes, {
    validate({ config, diagnostics }) {
      diagnostics.addError("Own check", String(config.name));
    },
  });
  const run = (given: { readonly [name: string]: Value }) =>
    reported([...validateDataSource(source, configuration(attributes, given))]);
  assert.deepEqual(run({ name: "" }), ['name: Invalid value for "name"']);
  assert.deepEqual(run({ name: "x", old: "y" }), ["old: Attribute Deprecated", ": Own check"]);
});
