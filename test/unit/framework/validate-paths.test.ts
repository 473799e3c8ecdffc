import assert from "node:assert/strict";
import { test } from "node:test";
import { objectValue } from "../../../src/cty/index.ts";
import {
  list,
  map,
  nested,
  notBlank,
  object,
  set,
  string,
  types,
  type Validator,
} from "../../../src/framework/index.ts";
import { reported, validate } from "../../support/validation.ts";

const description = "It is described.";

test("paths lead through lists, maps and objects", () => {
  const leaf = nested({ x: string({ required: true, validate: [notBlank()], description }) });
  const attributes = {
    choices: list(leaf, { optional: true, description }),
    by_key: map(leaf, { optional: true, description }),
    deep: object(nested({ inner: list(leaf, { required: true, description }) }), {
      optional: true,
      description,
    }),
  };
  const blank = objectValue([["x", " "]]);
  const diagnostics = validate(attributes, {
    choices: [blank],
    by_key: new Map([["a key", blank]]),
    deep: objectValue([["inner", [objectValue([["x", "fine"]]), blank]]]),
  });
  assert.deepEqual(reported(diagnostics), [
    'choices[0].x: Invalid value for "x"',
    'by_key["a key"].x: Invalid value for "x"',
    'deep.inner[1].x: Invalid value for "x"',
  ]);
});

test("what is wrong inside a set is reported at the set, which is as far as Terraform's paths reach", () => {
  const attributes = {
    rules: set(nested({ x: string({ required: true, validate: [notBlank()], description }) }), {
      optional: true,
      description,
    }),
    sizes: set(types.integer, { optional: true, description }),
  };
  const diagnostics = validate(attributes, { rules: [objectValue([["x", ""]])], sizes: [0.5] });
  assert.deepEqual(reported(diagnostics), [
    'rules: Invalid value for "x"',
    'sizes: Invalid value for "sizes"',
  ]);
});

test("a validator's own steps become names, indices and keys as the value's type has them", () => {
  const at = (...steps: (string | number)[]): Validator<unknown> => ({
    description: "must not be",
    validate: () => ({ detail: `${steps} is wrong.`, at: steps }),
  });
  const leaf = nested({ x: map(types.string, { optional: true, description }) });
  const value = objectValue([["x", new Map([["k", "v"]])]]);
  const attributes = {
    labels: map(types.string, { optional: true, validate: [at("a key")], description }),
    things: list(leaf, { optional: true, validate: [at(0, "x", "k"), at(0, "nowhere"), at(0)], description }),
    bag: set(leaf, { optional: true, validate: [at(0, "x")], description }),
    bags: set(nested({ words: list(types.string, { optional: true, validate: [at(0)], description }) }), {
      optional: true,
      description,
    }),
  };
  const diagnostics = validate(attributes, {
    labels: new Map([["a key", ""]]),
    things: [value],
    bag: [value],
    bags: [objectValue([["words", ["w"]]])],
  });
  assert.deepEqual(
    diagnostics.map((diagnostic) => String(diagnostic.path)),
    ['labels["a key"]', 'things[0].x["k"]', "things[0]", "things[0]", "bag", "bags"],
  );
});
