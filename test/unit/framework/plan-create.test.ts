import assert from "node:assert/strict";
import { test } from "node:test";
import { objectValue, UNKNOWN, Unknown } from "../../../src/cty/index.ts";
import {
  integer,
  list,
  map,
  nested,
  object,
  requiresReplace,
  set,
  string,
  types,
  useStateForUnknown,
} from "../../../src/framework/index.ts";
import { plan, widget, widgetOf } from "../../support/fake-resource.ts";

const description = "It is described.";
const text = string({ optional: true, description });
const made = string({ computed: true, description });
const either = string({ optional: true, computed: true, description });

/** A nested object with an argument, and with what the provider computes. */
const item = nested({ text, made, either });
const written = (given: string) =>
  objectValue([
    ["text", given],
    ["made", null],
    ["either", null],
  ]);
const marked = (given: string) =>
  objectValue([
    ["text", given],
    ["made", UNKNOWN],
    ["either", UNKNOWN],
  ]);

test("what the provider computes is unknown, arguments are as written", async () => {
  const { planned, replaces } = await plan(widget(), { name: "x" });
  assert.deepEqual({ ...planned }, { name: "x", note: null, id: UNKNOWN });
  assert.deepEqual(replaces, []);
});

test("what is computed is unknown at every depth", async () => {
  const attributes = {
    one: object(item, { optional: true, description }),
    listed: list(item, { optional: true, description }),
    mapped: map(item, { optional: true, description }),
    deep: list(nested({ inner: map(item, { optional: true, description }) }), {
      optional: true,
      description,
    }),
  };
  const { planned } = await plan(widgetOf(attributes), {
    one: written("a"),
    listed: [written("b"), written("c")],
    mapped: new Map([["k", written("d")]]),
    deep: [objectValue([["inner", new Map([["k", written("e")]])]])],
  });
  assert.deepEqual(planned.one, marked("a"));
  assert.deepEqual(planned.listed, [marked("b"), marked("c")]);
  assert.deepEqual(planned.mapped, new Map([["k", marked("d")]]));
  assert.deepEqual(planned.deep, [objectValue([["inner", new Map([["k", marked("e")]])]])]);
});

test("an object that is not configured stays null, whatever is computed inside it", async () => {
  const attributes = {
    one: object(item, { optional: true, description }),
    listed: list(item, { optional: true, description }),
  };
  assert.deepEqual({ ...(await plan(widgetOf(attributes), {})).planned }, { one: null, listed: null });
});

test("an optional and computed argument is as written, or unknown where it is left out", async () => {
  const attributes = { either, whole: object(item, { optional: true, computed: true, description }) };
  assert.deepEqual(
    { ...(await plan(widgetOf(attributes), {})).planned },
    { either: UNKNOWN, whole: UNKNOWN },
  );
  const { planned } = await plan(widgetOf(attributes), { either: "x", whole: written("y") });
  assert.deepEqual({ ...planned }, { either: "x", whole: marked("y") });
});

test("arguments that are not known yet stay as they came, with what is known of them", async () => {
  const attributes = {
    text,
    either,
    listed: list(item, { optional: true, description }),
    one: object(item, { optional: true, description }),
    words: set(types.string, { optional: true, description }),
  };
  const prefixed = new Unknown({ nullness: "not_null", stringPrefix: "a-" });
  const partly = objectValue([
    ["text", prefixed],
    ["made", null],
    ["either", UNKNOWN],
  ]);
  const { planned } = await plan(widgetOf(attributes), {
    text: prefixed,
    either: UNKNOWN,
    listed: new Unknown({ lengthMin: 1 }),
    one: partly,
    words: ["a", UNKNOWN],
  });
  assert.equal(planned.text, prefixed);
  assert.deepEqual(planned.listed, new Unknown({ lengthMin: 1 }));
  assert.deepEqual(
    planned.one,
    objectValue([
      ["text", prefixed],
      ["made", UNKNOWN],
      ["either", UNKNOWN],
    ]),
  );
  assert.deepEqual(planned.words, ["a", UNKNOWN]);
});

test("an element that is not known yet is left alone among others", async () => {
  const attributes = { listed: list(item, { optional: true, description }) };
  const { planned } = await plan(widgetOf(attributes), { listed: [UNKNOWN, written("b")] });
  assert.deepEqual(planned.listed, [UNKNOWN, marked("b")]);
});

test("a default stands in for what is left out, at every depth, and is known", async () => {
  const size = integer({ optional: true, computed: true, default: 4, description });
  const inner = nested({ size, made });
  const left = objectValue([
    ["size", null],
    ["made", null],
  ]);
  const filled = (given: number) =>
    objectValue([
      ["size", given],
      ["made", UNKNOWN],
    ]);
  const attributes = {
    size,
    one: object(inner, { optional: true, description }),
    listed: list(inner, { optional: true, description }),
    mapped: map(inner, { optional: true, description }),
  };
  const { planned } = await plan(widgetOf(attributes), {
    one: left,
    listed: [left, objectValue([...Object.entries(left), ["size", 7]])],
    mapped: new Map([["k", left]]),
  });
  assert.equal(planned.size, 4);
  assert.deepEqual(planned.one, filled(4));
  assert.deepEqual(planned.listed, [filled(4), filled(7)]);
  assert.deepEqual(planned.mapped, new Map([["k", filled(4)]]));
});

test("a default gives way to what is written, and to what is not known yet", async () => {
  const size = integer({ optional: true, computed: true, default: 4, description });
  assert.equal((await plan(widgetOf({ size }), { size: 5 })).planned.size, 5);
  assert.equal((await plan(widgetOf({ size }), { size: UNKNOWN })).planned.size, UNKNOWN);
});

test("nothing is replaced and no state is used where there is no object yet", async () => {
  const attributes = {
    text: string({ required: true, description, plan: [requiresReplace()] }),
    id: string({ computed: true, description, plan: [useStateForUnknown()] }),
  };
  const { planned, replaces } = await plan(widgetOf(attributes), { text: "x" });
  assert.deepEqual({ ...planned }, { text: "x", id: UNKNOWN });
  assert.deepEqual(replaces, []);
});
