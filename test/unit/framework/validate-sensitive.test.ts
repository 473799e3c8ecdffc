import assert from "node:assert/strict";
import { test } from "node:test";
import { objectValue } from "../../../src/cty/index.ts";
import {
  list,
  map,
  nested,
  object,
  oneOf,
  set,
  string,
  type Validator,
} from "../../../src/framework/index.ts";
import { validate } from "../../support/validation.ts";

const description = "It is described.";

const no: Validator<unknown> = {
  description: "must not be",
  validate: () => ({ detail: "Nothing is accepted.", given: "hunter2" }),
};

test("what was given is quoted, after what is accepted", () => {
  const attributes = { color: string({ required: true, validate: [oneOf("red", "blue")], description }) };
  const [diagnostic] = validate(attributes, { color: "gre\u001ben" });
  assert.equal(diagnostic?.detail, 'The value must be one of "red", "blue".\n\nGiven: "gre\\u001ben"');
});

test("a sensitive value is never shown, nor one inside a sensitive object, list or map", () => {
  const inner = nested({ x: string({ required: true, validate: [no], description }) });
  const secret = objectValue([["x", "hunter2"]]);
  const attributes = {
    direct: string({ required: true, sensitive: true, validate: [no], description }),
    one: object(inner, { required: true, sensitive: true, description }),
    many: list(nested({ deep: map(inner, { required: true, description }) }), {
      required: true,
      sensitive: true,
      description,
    }),
    bag: set(inner, { required: true, sensitive: true, description }),
  };
  const diagnostics = validate(attributes, {
    direct: "hunter2",
    one: secret,
    many: [objectValue([["deep", new Map([["k", secret]])]])],
    bag: [secret],
  });
  assert.equal(diagnostics.length, 4);
  for (const diagnostic of diagnostics) {
    assert.equal(diagnostic.detail, "Nothing is accepted.\n\nThe value given is sensitive and not shown.");
  }
});

test("a sensitive object does not hide the values beside it", () => {
  const attributes = {
    secret: object(nested({ x: string({ optional: true, description }) }), {
      required: true,
      sensitive: true,
      description,
    }),
    open: string({ required: true, validate: [no], description }),
  };
  const [diagnostic] = validate(attributes, { secret: objectValue([["x", "y"]]), open: "hunter2" });
  assert.equal(diagnostic?.detail, "Nothing is accepted.\n\nGiven: hunter2");
});
