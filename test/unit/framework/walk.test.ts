import assert from "node:assert/strict";
import { test } from "node:test";
import { objectValue, UNKNOWN, type Value } from "../../../src/cty/index.ts";
import {
  type Attributes,
  list,
  map,
  nested,
  object,
  set,
  string,
  types,
} from "../../../src/framework/index.ts";
import { differences, eachValue, fillsOnlyNulls, mapValue, nodeOf } from "../../../src/framework/walk.ts";

const description = "It is described.";
const text = string({ optional: true, description });

const item = nested({
  role: text,
  id: text,
  tags: map(types.string, { optional: true, description }),
});
const of = (role: string | null, id: string | null, tags: Value = null) =>
  objectValue([
    ["role", role],
    ["id", id],
    ["tags", tags],
  ]);

const attributes: Attributes = {
  word: text,
  secret: string({ optional: true, sensitive: true, description }),
  one: object(nested({ text }), { optional: true, sensitive: true, description }),
  listed: list(nested({ text }), { optional: true, description }),
  mapped: map(types.string, { optional: true, description }),
  grouped: set(nested({ words: list(types.string, { optional: true, description }) }), {
    optional: true,
    description,
  }),
};
const root = nodeOf({ kind: "object", attributes });
const nestedText = (value: Value) => objectValue([["text", value]]);
const value = objectValue([
  ["word", "w"],
  ["secret", "s"],
  ["one", nestedText("o")],
  ["listed", [nestedText("a"), nestedText(null)]],
  ["mapped", new Map([["k", "v"]])],
  ["grouped", [objectValue([["words", ["x"]]])]],
  ["unheard", "of"],
]);

test("a walk visits each value with its name, its path, and whether it is sensitive or in a set", () => {
  const seen: string[] = [];
  eachValue(value, [], root, (_value, _beside, { name, attribute, path, sensitive, inSet }, inside) => {
    const notes = [attribute ? "attribute" : "", sensitive ? "sensitive" : "", inSet ? "in set" : ""];
    seen.push([name, path, ...notes.filter(Boolean)].join(" "));
    inside();
  });
  assert.deepEqual(seen, [
    " ",
    "word word attribute",
    "secret secret attribute sensitive",
    "one one attribute sensitive",
    "text one.text attribute sensitive",
    "listed listed attribute",
    "listed listed[0]",
    "text listed[0].text attribute",
    "listed listed[1]",
    "text listed[1].text attribute",
    "mapped mapped attribute",
    'mapped mapped["k"]',
    "grouped grouped attribute",
    "grouped grouped in set",
    "words grouped attribute in set",
    "words grouped in set",
  ]);
});

test("a walk goes inside only where the visitor does", () => {
  let visits = 0;
  eachValue(value, [], root, () => {
    visits += 1;
  });
  assert.equal(visits, 1);
});

test("a walk replaces what the visitor replaces, and keeps the rest, unheard attributes too", () => {
  const upper = mapValue(value, [], root, (each, _beside, _node, inside) =>
    typeof each === "string" ? each.toUpperCase() : inside(),
  );
  assert.deepEqual(
    upper,
    objectValue([
      ["word", "W"],
      ["secret", "S"],
      ["one", nestedText("O")],
      ["listed", [nestedText("A"), nestedText(null)]],
      ["mapped", new Map([["k", "V"]])],
      ["grouped", [objectValue([["words", ["X"]]])]],
      ["unheard", "of"],
    ]),
  );
});

test("values beside are paired by name, index and key, and null where there is none or in a set", () => {
  const other = objectValue([
    ["word", "W"],
    ["listed", [nestedText("A")]],
    ["mapped", new Map([["l", "V"]])],
    ["grouped", [objectValue([["words", ["x"]]])]],
  ]);
  const pairs: Value[][] = [];
  eachValue(value, [other], root, (each, [beside = null], _node, inside) => {
    if (typeof each === "string") pairs.push([each, beside]);
    inside();
  });
  assert.deepEqual(pairs, [
    ["w", "W"],
    ["s", null],
    ["o", null],
    ["a", "A"],
    ["v", null],
    ["x", null],
  ]);
});

test("differences are found at the deepest pair, and whole where the parts cannot be paired", () => {
  const changed = objectValue([
    ["word", "w"],
    ["secret", null],
    ["one", nestedText("O")],
    ["listed", [nestedText("a"), nestedText("b")]],
    ["mapped", new Map([["l", "v"]])],
    ["grouped", []],
  ]);
  const paths = differences(value, changed, root, () => undefined).map(String);
  assert.deepEqual(paths, ["secret", "one.text", "listed[1].text", "mapped", "grouped"]);
  assert.deepEqual(differences(value, changed, root, () => true).map(String), []);
});

const listOfItems = { kind: "list", element: item } as const;

test("a value fills in what is null, at any depth", () => {
  assert.equal(fillsOnlyNulls([of("a", "1")], null, listOfItems), true);
  assert.equal(fillsOnlyNulls([of("a", "1")], [of("a", null)], listOfItems), true);
  assert.equal(fillsOnlyNulls([of("a", null)], [of("a", null)], listOfItems), true);
  assert.equal(fillsOnlyNulls(UNKNOWN, null, types.string), true);
});

test("a value that says otherwise, or less, does not only fill in", () => {
  assert.equal(fillsOnlyNulls(null, [of("a", null)], listOfItems), false);
  assert.equal(fillsOnlyNulls([of("b", "1")], [of("a", null)], listOfItems), false);
  assert.equal(fillsOnlyNulls([of("a", null)], [of("a", "1")], listOfItems), false);
  assert.equal(fillsOnlyNulls([], [of("a", null)], listOfItems), false);
  assert.equal(
    fillsOnlyNulls([of("a", "1"), of("b", "2")], [of("a", null), of("c", null)], listOfItems),
    false,
  );
  assert.equal(fillsOnlyNulls([of("a", "1"), of("b", "2")], [of("a", "1")], listOfItems), false);
  assert.equal(fillsOnlyNulls(UNKNOWN, "known", types.string), false);
  const tags = new Map([["k", "v"]]);
  assert.equal(
    fillsOnlyNulls([of("a", "1", new Map([...tags, ["l", "w"]]))], [of("a", "1", tags)], listOfItems),
    false,
  );
});
