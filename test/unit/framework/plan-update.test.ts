import assert from "node:assert/strict";
import { test } from "node:test";
import { objectValue, parseNumber, UNKNOWN, type Value } from "../../../src/cty/index.ts";
import {
  isUnknown,
  list,
  map,
  nested,
  number,
  object,
  set,
  string,
  types,
} from "../../../src/framework/index.ts";
import { plan, widget, widgetOf } from "../../support/fake-resource.ts";

const description = "It is described.";
const made = string({ computed: true, description });
const either = string({ optional: true, computed: true, description });

/** Texts that mean the same if they differ in case only. */
const anyCase = (a: Value, b: Value) => String(a).toLowerCase() === String(b).toLowerCase();
const word = string({ optional: true, equivalent: anyCase, description });

test("without a change the plan is the state, computed values too", async () => {
  const prior = { name: "x", note: null, id: "i" };
  assert.deepEqual({ ...(await plan(widget(), { name: "x" }, prior)).planned }, prior);
});

test("without a change every digit and every order of the state stays", async () => {
  const attributes = {
    size: number({ required: true, description }),
    words: set(types.string, { required: true, description }),
    made: map(types.number, { computed: true, description }),
  };
  const size = parseNumber("0.1000000000000000055511151231257827");
  const prior = { size, words: ["b", "a"], made: new Map([["k", parseNumber("9007199254740993")]]) };
  const { planned } = await plan(widgetOf(attributes), { size, words: ["a", "b"] }, prior);
  assert.deepEqual({ ...planned }, prior);
});

test("with a change what the provider computes is unknown, at every depth", async () => {
  const item = nested({ text: string({ optional: true, description }), made, either });
  const attributes = { word, either, listed: list(item, { optional: true, description }) };
  const element = (values: Value) =>
    objectValue([
      ["text", "t"],
      ["made", values],
      ["either", values],
    ]);
  const prior = { word: "x", either: "kept?", listed: [element("known")] };
  const { planned } = await plan(widgetOf(attributes), { word: "y", listed: [element(null)] }, prior);
  assert.deepEqual({ ...planned }, { word: "y", either: UNKNOWN, listed: [element(UNKNOWN)] });
});

test("an argument that is taken away is planned as null", async () => {
  const { planned } = await plan(widget(), { name: "x" }, { name: "x", note: "n", id: "i" });
  assert.deepEqual({ ...planned }, { name: "x", note: null, id: UNKNOWN });
});

test("an argument that becomes unknown is a change", async () => {
  const { planned } = await plan(widget(), { name: "x", note: UNKNOWN }, { name: "x", note: "n", id: "i" });
  assert.deepEqual({ ...planned }, { name: "x", note: UNKNOWN, id: UNKNOWN });
});

test("an optional and computed argument that is left out keeps its value, unless something changes", async () => {
  const attributes = { either, word };
  const prior = { either: "e", word: "w" };
  assert.deepEqual({ ...(await plan(widgetOf(attributes), { word: "w" }, prior)).planned }, prior);
  assert.deepEqual(
    { ...(await plan(widgetOf(attributes), { word: "v" }, prior)).planned },
    { either: UNKNOWN, word: "v" },
  );
});

test("a default comes back where its argument is taken away, and is no change where it is stored", async () => {
  const size = string({ optional: true, computed: true, default: "small", description });
  const attributes = { size, made };
  const { planned } = await plan(widgetOf(attributes), {}, { size: "big", made: "m" });
  assert.deepEqual({ ...planned }, { size: "small", made: UNKNOWN });
  const stored = { size: "small", made: "m" };
  assert.deepEqual({ ...(await plan(widgetOf(attributes), {}, stored)).planned }, stored);
});

test("a nested default that is stored is no change", async () => {
  const size = string({ optional: true, computed: true, default: "small", description });
  const attributes = { listed: list(nested({ size, made }), { optional: true, description }) };
  const element = (given: string | null, known: string | null) =>
    objectValue([
      ["size", given],
      ["made", known],
    ]);
  const prior = { listed: [element("small", "m")] };
  const { planned } = await plan(widgetOf(attributes), { listed: [element(null, null)] }, prior);
  assert.deepEqual({ ...planned }, prior);
});

test("what means the same as the stored value is no change", async () => {
  const prior = { word: "Hello", made: "m" };
  assert.deepEqual({ ...(await plan(widgetOf({ word, made }), { word: "HELLO" }, prior)).planned }, prior);
});

test("beside a change, what means the same keeps its stored form", async () => {
  const attributes = { word, other: word };
  const { planned } = await plan(
    widgetOf(attributes),
    { word: "HELLO", other: "b" },
    { word: "Hello", other: "a" },
  );
  assert.deepEqual({ ...planned }, { word: "Hello", other: "b" });
});

test("what means the same keeps its stored form inside lists, maps and objects", async () => {
  const item = nested({ word });
  const of = (given: string) => objectValue([["word", given]]);
  const attributes = {
    one: object(item, { optional: true, description }),
    listed: list(item, { optional: true, description }),
    mapped: map(item, { optional: true, description }),
  };
  const given = { one: of("A"), listed: [of("B"), of("C")], mapped: new Map([["k", of("D")]]) };
  const prior = { one: of("a"), listed: [of("b")], mapped: new Map([["k", of("d")]]) };
  const { planned } = await plan(widgetOf(attributes), given, prior);
  assert.deepEqual({ ...planned }, { ...prior, listed: [of("b"), of("C")] });
});

test("a value is compared with the stored one only where it is wholly known and neither is null", async () => {
  const compared: Value[][] = [];
  const equivalent = (written: Value, stored: Value) => {
    compared.push([written, stored]);
    return true;
  };
  const words = list(types.string, { optional: true, equivalent, description });
  await plan(widgetOf({ words }), { words: ["a", UNKNOWN] }, { words: ["a"] });
  await plan(widgetOf({ words }), { words: UNKNOWN }, { words: ["a"] });
  await plan(widgetOf({ words }), {}, { words: ["a"] });
  await plan(widgetOf({ words }), { words: ["a"] }, { words: null });
  assert.deepEqual(compared, []);
  await plan(widgetOf({ words }), { words: ["b"] }, { words: ["a"] });
  assert.deepEqual(compared, [[["b"], ["a"]]]);
});

test("elements that come and go are planned as written", async () => {
  const attributes = { listed: list(nested({ word, made }), { optional: true, description }) };
  const element = (given: string, known: Value) =>
    objectValue([
      ["word", given],
      ["made", known],
    ]);
  const { planned } = await plan(
    widgetOf(attributes),
    { listed: [element("a", null)] },
    { listed: [element("a", "1"), element("b", "2")] },
  );
  assert.deepEqual(planned.listed, [element("a", UNKNOWN)]);
  const more = await plan(
    widgetOf(attributes),
    { listed: [element("a", null), element("b", null)] },
    { listed: [element("a", "1")] },
  );
  assert.ok(Array.isArray(more.planned.listed) && more.planned.listed.every((each) => isUnknown(each.made)));
});

test("nested attributes that are left out stay as stored, though Terraform proposes null for what may have been written", async () => {
  const inner = nested({ word: string({ required: true, description }) });
  const attributes = {
    word,
    chosen: object(inner, { optional: true, computed: true, description }),
    several: list(inner, { optional: true, computed: true, description }),
    mapped: map(inner, { optional: true, computed: true, description }),
    outer: object(nested({ chosen: object(inner, { optional: true, computed: true, description }) }), {
      optional: true,
      description,
    }),
    made,
  };
  const value = objectValue([["word", "api's"]]);
  const outer = objectValue([["chosen", value]]);
  const prior = {
    word: "x",
    chosen: value,
    several: [value],
    mapped: new Map([["k", value]]),
    outer,
    made: "m",
  };
  const config = { word: "x", outer: objectValue([["chosen", null]]) };
  assert.deepEqual({ ...(await plan(widgetOf(attributes), config, prior)).planned }, prior);
  const changed = await plan(widgetOf(attributes), { ...config, word: "y" }, prior);
  assert.deepEqual(
    [changed.planned.chosen, changed.planned.several, changed.planned.made],
    [UNKNOWN, UNKNOWN, UNKNOWN],
  );
});
