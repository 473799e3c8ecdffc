import assert from "node:assert/strict";
import { test } from "node:test";
import { objectValue, UNKNOWN, type Value } from "../../../src/cty/index.ts";
import {
  type Attributes,
  atLeastOneOf,
  type ConfigValidator,
  conflictsWith,
  ephemeralResource,
  exactlyOneOf,
  nested,
  object,
  oneOf,
  requiredWith,
  string,
  warning,
} from "../../../src/framework/index.ts";
import { schema } from "../../../src/framework/schema.ts";
import {
  validateDataSource,
  validateEphemeralResource,
  validateProvider,
  validateResource,
} from "../../../src/framework/server/index.ts";
import {
  configuration,
  configuredServer,
  type FakeData,
  fakeProvider,
  thingOf,
} from "../../support/fake-provider.ts";
import { widgetOf } from "../../support/fake-resource.ts";
import { validate } from "../../support/validation.ts";

const description = "It is described.";
const text = string({ optional: true, description });
const attributes = { a: text, b: text, c: text };

type Given = { readonly [name: string]: Value };

/** "severity path: detail" of each diagnostic of a data block with a validator. */
function reported(validator: ConfigValidator, given: Given): string[] {
  const source = thingOf(attributes, { configValidators: [validator] });
  return [...validateDataSource(source, configuration(attributes, given))].map(
    ({ severity, path, detail }) => `${severity} ${path ?? ""}: ${detail}`,
  );
}

const onlyOne = (sets: string) =>
  `Only one of "a", "b" or "c" can be set, and the configuration sets ${sets}. Remove all but one.`;
const none = (how: string) =>
  `error : ${how} one of "a", "b" or "c" must be set, and the configuration sets none of them.`;

const empty = { a: "" };
const cases: { readonly [name: string]: readonly (readonly [ConfigValidator, Given, readonly string[]])[] } =
  {
    "exactly one of": [
      [exactlyOneOf("a", "b", "c"), { b: "x" }, []],
      [exactlyOneOf("a", "b", "c"), empty, []],
      [exactlyOneOf("a", "b", "c"), {}, [none("Exactly")]],
      [exactlyOneOf("a", "b", "c"), { a: "x", c: "y" }, [`error c: ${onlyOne('"a" and "c"')}`]],
      [exactlyOneOf("a", "b", "c"), { a: UNKNOWN }, []],
      [exactlyOneOf("a", "b", "c"), { a: UNKNOWN, b: UNKNOWN }, []],
      [exactlyOneOf("a", "b", "c"), { a: UNKNOWN, b: "x" }, []],
      [exactlyOneOf("a", "b", "c"), { a: UNKNOWN, b: "x", c: "y" }, [`error c: ${onlyOne('"b" and "c"')}`]],
    ],
    "at least one of": [
      [atLeastOneOf("a", "b", "c"), { a: "x", b: "y" }, []],
      [atLeastOneOf("a", "b", "c"), empty, []],
      [atLeastOneOf("a", "b", "c"), {}, [none("At least")]],
      [atLeastOneOf("a", "b", "c"), { c: UNKNOWN }, []],
    ],
    "conflicts with": [
      [conflictsWith("a", "b", "c"), {}, []],
      [conflictsWith("a", "b", "c"), { b: "x" }, []],
      [conflictsWith("a", "b", "c"), { a: "x", b: "y", c: "z" }, [`error b: ${onlyOne('"a", "b" and "c"')}`]],
      [conflictsWith("a", "b", "c"), { a: "x", b: UNKNOWN }, []],
    ],
    "required with": [
      [requiredWith("a", "b", "c"), {}, []],
      [requiredWith("a", "b", "c"), { b: "x" }, []],
      [requiredWith("a", "b", "c"), { a: "x", b: "y", c: "z" }, []],
      [
        requiredWith("a", "b", "c"),
        { a: "x", b: "y" },
        ['error a: "a" is only allowed with "c". Set "c", or remove "a".'],
      ],
      [
        requiredWith("a", "b", "c"),
        empty,
        ['error a: "a" is only allowed with "b" and "c". Set "b" and "c", or remove "a".'],
      ],
      [requiredWith("a", "b", "c"), { a: UNKNOWN }, []],
      [requiredWith("a", "b", "c"), { a: "x", b: UNKNOWN, c: UNKNOWN }, []],
    ],
  };

for (const [name, rows] of Object.entries(cases)) {
  for (const [validator, given, expected] of rows) {
    const set = Object.entries(given).map(
      ([key, value]) => `${key} = ${value === UNKNOWN ? "?" : `"${value}"`}`,
    );
    test(`${name}: ${set.join(", ") || "nothing"}`, () => {
      assert.deepEqual(reported(validator, given), expected);
    });
  }
}

test("validators that relate arguments run for every kind of block", () => {
  const configValidators = [exactlyOneOf("a", "b")];
  const config = configuration(attributes, {});
  const expected = ['Exactly one of "a" or "b" must be set, and the configuration sets none of them.'];
  const details = (diagnostics: Iterable<{ readonly detail: string }>) =>
    [...diagnostics].map(({ detail }) => detail);
  assert.deepEqual(details(validateDataSource(thingOf(attributes, { configValidators }), config)), expected);
  assert.deepEqual(
    details(validateResource(widgetOf(attributes, { configValidators }), config, true)),
    expected,
  );
  const ephemeral = ephemeralResource<FakeData>()({
    name: "fake_token",
    description,
    attributes,
    configValidators,
    open: async ({ config }) => config,
  });
  assert.deepEqual(details(validateEphemeralResource(ephemeral, config)), expected);
  const provider = fakeProvider({
    configValidators: [atLeastOneOf("token", "note")],
    attributes: { ...fakeAttributes },
  });
  const server = configuredServer(provider);
  assert.deepEqual(details(validateProvider(server, configuration(fakeAttributes, {}))), [
    'At least one of "token" or "note" must be set, and the configuration sets none of them.',
  ]);
});

const fakeAttributes = {
  token: string({ optional: true, sensitive: true, description }),
  note: text,
};

test("a validator that stands at an attribute has that attribute first among its names", () => {
  const related: Attributes = {
    a: string({ optional: true, validate: [requiredWith("b"), oneOf("x")], description }),
    b: text,
    c: string({ optional: true, validate: [conflictsWith("a", "b")], description }),
  };
  const lines = (given: Given) =>
    validate(related, given).map(({ path, detail }) => `${path ?? ""}: ${detail}`);
  assert.deepEqual(lines({ a: "x", b: "y" }), []);
  assert.deepEqual(lines({ a: "x" }), ['a: "a" is only allowed with "b". Set "b", or remove "a".']);
  assert.deepEqual(lines({ c: "x", b: "y" }), [
    'c: "c" cannot be set together with "b". Remove "c", or "b".',
  ]);
  // Its other validators run as before.
  assert.equal(lines({ a: "z", b: "y" }).length, 1);
});

for (const [where, kind, of, at] of [
  ["an object", "object", (value: Value) => value, "outer"],
  [
    "a list",
    "list",
    (value: Value) => [
      objectValue([
        ["a", "x"],
        ["b", null],
        ["c", null],
      ]),
      value,
    ],
    "outer[1]",
  ],
  ["a map", "map", (value: Value) => new Map([["k", value]]), 'outer["k"]'],
  ["a set", "set", (value: Value) => [value], "outer"],
] as const) {
  test(`a nested object's own validators run inside ${where}`, () => {
    const related = nested(attributes, { validate: [exactlyOneOf("a", "b"), requiredWith("c", "b")] });
    const outer = { ...text, kind: kind === "object" ? related : ({ kind, element: related } as const) };
    const lines = (a: Value, b: Value, c: Value) =>
      validate(
        { outer },
        {
          outer: of(
            objectValue([
              ["a", a],
              ["b", b],
              ["c", c],
            ]),
          ),
        },
      ).map(({ path, summary }) => `${path}: ${summary}`);
    const inner = (name: string) => (at === "outer" && where === "a set" ? at : `${at}.${name}`);
    assert.deepEqual(lines("x", null, null), []);
    assert.deepEqual(lines(UNKNOWN, null, null), []);
    assert.deepEqual(lines(null, null, null), [`${at}: Missing argument`]);
    assert.deepEqual(lines("x", null, "y"), [`${inner("c")}: Missing value for "b"`]);
    assert.deepEqual(lines("x", "y", null), [`${inner("b")}: Conflicting arguments`]);
    assert.deepEqual(validate({ outer }, { outer: null }), []);
    assert.deepEqual(validate({ outer }, { outer: UNKNOWN }), []);
  });
}

test("a validator may warn, which keeps neither other validators nor the block's own check from running", () => {
  const warns: ConfigValidator = {
    names: ["a", "b"],
    description: () => "a is better with b",
    validate: ({ a, b }) =>
      a !== null && b === null
        ? { severity: "warning", attribute: "a", summary: "Better with b", detail: "Set b." }
        : undefined,
  };
  const related = {
    a: string({
      optional: true,
      validate: [warning(oneOf("x"), "Unheard-of value"), oneOf("y")],
      description,
    }),
    b: text,
  };
  let checked = 0;
  const source = thingOf(related, {
    configValidators: [warns],
    validate: () => {
      checked += 1;
    },
  });
  const of = (given: Given) =>
    [...validateDataSource(source, configuration(related, given))].map(
      ({ severity, path, summary }) => `${severity} ${path}: ${summary}`,
    );
  assert.deepEqual(of({ a: "y" }), ["warning a: Unheard-of value", "warning a: Better with b"]);
  assert.equal(checked, 1);
  assert.deepEqual(of({ a: "z", b: "" }), ["warning a: Unheard-of value", 'error a: Invalid value for "a"']);
  assert.equal(checked, 1);
});

test("a warning of a sensitive value does not show it", () => {
  const secret = string({ optional: true, sensitive: true, validate: [warning(oneOf("x"))], description });
  const [diagnostic] = validate({ secret }, { secret: "hunter2" });
  assert.equal(diagnostic?.severity, "warning");
  assert.equal(diagnostic?.summary, 'Invalid value for "secret"');
  assert.doesNotMatch(diagnostic?.detail ?? "", /hunter/);
});

test("a validator that names what is no argument beside it is a programmer's mistake", () => {
  const id = string({ computed: true, description });
  const declare = (names: readonly string[]) =>
    schema("data source", "fake_thing", {
      description,
      attributes: { ...attributes, id },
      configValidators: [conflictsWith(...names)],
    });
  assert.ok(declare(["a", "b"]));
  assert.throws(
    () => declare(["a", "d"]),
    /fake_thing: a validator names d, which is no attribute beside it/,
  );
  assert.throws(() => declare(["a", "__proto__"]), /names __proto__, which is no attribute/);
  assert.throws(() => declare(["a", "id"]), /names id, which no configuration sets/);
  assert.throws(() => declare(["a"]), /names at least two, each once/);
  assert.throws(() => declare(["a", "a"]), /names at least two, each once/);
  const alone = string({ optional: true, validate: [requiredWith("b")], description });
  assert.throws(
    () => schema("resource", "fake_widget", { description, attributes: { alone } }),
    /fake_widget: alone: a validator names b, which is no attribute beside it/,
  );
  const outer = object(nested({ a: text }, { validate: [exactlyOneOf("a", "b")] }), {
    optional: true,
    description,
  });
  assert.throws(
    () => schema("resource", "fake_widget", { description, attributes: { outer, b: text } }),
    /fake_widget: outer: a validator names b, which is no attribute beside it/,
  );
});
