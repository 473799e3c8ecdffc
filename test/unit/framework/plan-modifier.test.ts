import assert from "node:assert/strict";
import { test } from "node:test";
import { objectValue, UNKNOWN, Unknown, type Value } from "../../../src/cty/index.ts";
import {
  integer,
  list,
  map,
  nested,
  object,
  type PlanModifier,
  PrivateState,
  requiresReplace,
  requiresReplaceIf,
  requiresReplaceIfConfigured,
  string,
  useStateForUnknown,
} from "../../../src/framework/index.ts";
import { plan, widgetOf } from "../../support/fake-resource.ts";

const description = "It is described.";
const text = string({ optional: true, description });
const replacing = string({ optional: true, description, plan: [requiresReplace()] });

test("a computed value that keeps its state stays known beside a change", async () => {
  const id = string({ computed: true, description, plan: [useStateForUnknown()] });
  const { planned } = await plan(widgetOf({ text, id }), { text: "b" }, { text: "a", id: "i" });
  assert.deepEqual({ ...planned }, { text: "b", id: "i" });
});

test("it stays null where it was null", async () => {
  const id = string({ computed: true, description, plan: [useStateForUnknown()] });
  const { planned } = await plan(widgetOf({ text, id }), { text: "b" }, { text: "a", id: null });
  assert.deepEqual({ ...planned }, { text: "b", id: null });
});

test("an argument that is not known yet is not taken for a computed one", async () => {
  const either = string({ optional: true, computed: true, description, plan: [useStateForUnknown()] });
  assert.equal(
    (await plan(widgetOf({ either }), { either: "new" }, { either: "old" })).planned.either,
    "new",
  );
  const { planned } = await plan(widgetOf({ either }), { either: UNKNOWN }, { either: "old" });
  assert.equal(planned.either, UNKNOWN);
});

test("a value that keeps its state unless another changes is unknown when that one changes", async () => {
  const digest = string({ computed: true, description, plan: [useStateForUnknown("text")] });
  const attributes = { text, other: text, digest };
  const prior = { text: "a", other: "a", digest: "d" };
  const beside = await plan(widgetOf(attributes), { text: "a", other: "b" }, prior);
  assert.equal(beside.planned.digest, "d");
  const changed = await plan(widgetOf(attributes), { text: "b", other: "a" }, prior);
  assert.equal(changed.planned.digest, UNKNOWN);
});

test("an attribute that keeps its own state is no change for another, in whatever order they are declared", async () => {
  const id = string({ computed: true, description, plan: [useStateForUnknown()] });
  const digest = string({ computed: true, description, plan: [useStateForUnknown("id")] });
  const prior = { text: "a", id: "i", digest: "d" };
  for (const attributes of [
    { digest, id, text },
    { id, digest, text },
  ]) {
    assert.deepEqual(
      { ...(await plan(widgetOf(attributes), { text: "b" }, prior)).planned },
      { ...prior, text: "b" },
    );
  }
});

test("two attributes that wait for each other are both unknown", async () => {
  const one = string({ computed: true, description, plan: [useStateForUnknown("two")] });
  const two = string({ computed: true, description, plan: [useStateForUnknown("one")] });
  const { planned } = await plan(
    widgetOf({ text, one, two }),
    { text: "b" },
    { text: "a", one: "1", two: "2" },
  );
  assert.deepEqual({ ...planned }, { text: "b", one: UNKNOWN, two: UNKNOWN });
});

test("a modifier that names an attribute that there is none of is a programmer's mistake", async () => {
  const id = string({ computed: true, description, plan: [useStateForUnknown("txet")] });
  await assert.rejects(
    () => plan(widgetOf({ text, id }), { text: "b" }, { text: "a", id: "i" }),
    /fake_widget has no attribute txet/,
  );
});

test("a change of an argument that requires it replaces the object", async () => {
  const attributes = { replacing, text };
  const prior = { replacing: "a", text: "a" };
  assert.deepEqual((await plan(widgetOf(attributes), { replacing: "b", text: "a" }, prior)).replaces, [
    "replacing",
  ]);
  assert.deepEqual((await plan(widgetOf(attributes), { text: "a" }, prior)).replaces, ["replacing"]);
  assert.deepEqual((await plan(widgetOf(attributes), { replacing: UNKNOWN, text: "a" }, prior)).replaces, [
    "replacing",
  ]);
  assert.deepEqual((await plan(widgetOf(attributes), { replacing: "a", text: "b" }, prior)).replaces, []);
});

test("what means the same replaces nothing", async () => {
  const word = string({
    optional: true,
    description,
    plan: [requiresReplace()],
    equivalent: (a, b) => String(a).trim() === String(b).trim(),
  });
  assert.deepEqual(
    (await plan(widgetOf({ word, text }), { word: " a ", text: "b" }, { word: "a", text: "a" })).replaces,
    [],
  );
});

test("a path is returned once, however many modifiers ask for the replacement", async () => {
  const twice = string({ optional: true, description, plan: [requiresReplace(), requiresReplace()] });
  assert.deepEqual((await plan(widgetOf({ twice }), { twice: "b" }, { twice: "a" })).replaces, ["twice"]);
});

test("each modifier sees what the one before it planned, and the configuration", async () => {
  const seen: unknown[] = [];
  const upper: PlanModifier = {
    description: "",
    modify: ({ config, plan: planned, state, exists, imported }) => {
      seen.push([config, planned, state, exists, imported]);
      return `${String(state)}+`;
    },
  };
  const either = string({ optional: true, computed: true, description, plan: [upper, upper] });
  const { planned } = await plan(widgetOf({ either, text }), { text: "b" }, { either: "s", text: "a" });
  assert.equal(planned.either, "s+");
  assert.deepEqual(seen, [
    [null, UNKNOWN, "s", true, false],
    [null, "s+", "s", true, false],
  ]);
});

test("the second plan of a replacement, without a state, computes everything anew", async () => {
  const id = string({ computed: true, description, plan: [useStateForUnknown()] });
  const attributes = { replacing, id };
  const first = await plan(widgetOf(attributes), { replacing: "b" }, { replacing: "a", id: "i" });
  assert.deepEqual(
    { ...first.planned, replaces: first.replaces },
    {
      replacing: "b",
      id: "i",
      replaces: ["replacing"],
    },
  );
  const second = await plan(widgetOf(attributes), { replacing: "b" }, null);
  assert.deepEqual(
    { ...second.planned, replaces: second.replaces },
    { replacing: "b", id: UNKNOWN, replaces: [] },
  );
});

/** The private state of an object that was imported and not updated since. */
function imported(): PrivateState {
  const state = PrivateState.empty();
  state.imported = true;
  return state;
}

test("over what an import left null, an argument is adopted in place, whatever its value", async () => {
  const attributes = { replacing, text };
  const prior = { replacing: null, text: "a" };
  for (const value of ["b", UNKNOWN]) {
    const { planned, replaces } = await plan(
      widgetOf(attributes),
      { replacing: value, text: "a" },
      prior,
      imported(),
    );
    assert.equal(planned.replacing, value);
    assert.deepEqual(replaces, []);
  }
  assert.deepEqual((await plan(widgetOf(attributes), { replacing: "b", text: "a" }, prior)).replaces, [
    "replacing",
  ]);
});

test("over what an import left null inside, an argument is adopted in place", async () => {
  const item = nested({ role: text, secret: text });
  const of = (role: string, secret: string | null) =>
    objectValue([
      ["role", role],
      ["secret", secret],
    ]);
  const attributes = { messages: list(item, { optional: true, description, plan: [requiresReplace()] }) };
  const prior = { messages: [of("user", null)] };
  const adopted = await plan(widgetOf(attributes), { messages: [of("user", "s")] }, prior, imported());
  assert.deepEqual(adopted.replaces, []);
  const another = await plan(widgetOf(attributes), { messages: [of("system", "s")] }, prior, imported());
  assert.deepEqual(another.replaces, ["messages"]);
});

test("what an import did report is no more adopted than for any other object", async () => {
  const attributes = { replacing, text };
  const prior = { replacing: "a", text: "a" };
  assert.deepEqual(
    (await plan(widgetOf(attributes), { replacing: "b", text: "a" }, prior, imported())).replaces,
    ["replacing"],
  );
  assert.deepEqual((await plan(widgetOf(attributes), { text: "a" }, prior, imported())).replaces, [
    "replacing",
  ]);
});

test("what an import reported in other words is adopted, once", async () => {
  const alias = string({
    optional: true,
    description,
    plan: [requiresReplace((written, imported) => String(imported).startsWith(`${String(written)}-`))],
  });
  const prior = { alias: "gpt-2024" };
  assert.deepEqual((await plan(widgetOf({ alias }), { alias: "gpt" }, prior, imported())).replaces, []);
  assert.deepEqual((await plan(widgetOf({ alias }), { alias: "gpt" }, prior)).replaces, ["alias"]);
  assert.deepEqual((await plan(widgetOf({ alias }), { alias: "other" }, prior, imported())).replaces, [
    "alias",
  ]);
});

for (const [order, modifiers] of [
  ["first", [requiresReplace(), useStateForUnknown()]],
  ["last", [useStateForUnknown(), requiresReplace()]],
] as const) {
  test(`a computed value that keeps its state replaces nothing, with requiresReplace ${order}`, async () => {
    const either = string({ optional: true, computed: true, description, plan: modifiers });
    const prior = { either: "e", text: "a" };
    const kept = await plan(widgetOf({ either, text }), { text: "b" }, prior);
    assert.deepEqual({ ...kept.planned }, { either: "e", text: "b" });
    assert.deepEqual(kept.replaces, []);
    const written = await plan(widgetOf({ either, text }), { either: "f", text: "a" }, prior);
    assert.deepEqual(written.replaces, ["either"]);
  });
}

test("modifiers run where the proposal equals the state, and a change of one marks what is computed", async () => {
  let content = "old";
  const hash = string({
    computed: true,
    description,
    plan: [requiresReplace(), { description: "", modify: () => content }],
  });
  const made = string({ computed: true, description });
  const kept = string({ computed: true, description, plan: [useStateForUnknown("hash")] });
  const attributes = { text, hash, made, kept };
  const prior = { text: "a", hash: "old", made: "m", kept: "k" };
  const same = await plan(widgetOf(attributes), { text: "a" }, prior);
  assert.deepEqual({ ...same.planned }, prior);
  assert.deepEqual(same.replaces, []);
  content = "new";
  const changed = await plan(widgetOf(attributes), { text: "a" }, prior);
  assert.deepEqual({ ...changed.planned }, { text: "a", hash: "new", made: UNKNOWN, kept: UNKNOWN });
  assert.deepEqual(changed.replaces, ["hash"]);
});

test("requiresReplaceIf replaces where its predicate says so, and only on a change", async () => {
  const seen: unknown[] = [];
  const shrinking = requiresReplaceIf(({ plan: planned, state }) => {
    seen.push([planned, state]);
    return Number(planned) < Number(state);
  }, "Making it smaller replaces the object.");
  const attributes = { size: integer({ optional: true, description, plan: [shrinking] }), text };
  const prior = { size: 4, text: "a" };
  assert.deepEqual((await plan(widgetOf(attributes), { size: 5, text: "a" }, prior)).replaces, []);
  assert.deepEqual((await plan(widgetOf(attributes), { size: 3, text: "a" }, prior)).replaces, ["size"]);
  assert.deepEqual((await plan(widgetOf(attributes), { size: 4, text: "b" }, prior)).replaces, []);
  assert.deepEqual((await plan(widgetOf(attributes), { size: 3, text: "a" }, null)).replaces, []);
  assert.deepEqual(seen, [
    [5, 4],
    [3, 4],
  ]);
});

test("requiresReplaceIfConfigured does not replace where the argument is removed", async () => {
  const attributes = {
    word: string({ optional: true, description, plan: [requiresReplaceIfConfigured()] }),
    either: string({ optional: true, computed: true, description, plan: [requiresReplaceIfConfigured()] }),
  };
  const prior = { word: "a", either: "e" };
  assert.deepEqual((await plan(widgetOf(attributes), {}, prior)).replaces, []);
  assert.deepEqual((await plan(widgetOf(attributes), { word: "b", either: "e" }, prior)).replaces, ["word"]);
  assert.deepEqual((await plan(widgetOf(attributes), { word: UNKNOWN }, prior)).replaces, ["word"]);
  assert.deepEqual((await plan(widgetOf(attributes), { word: "a", either: "f" }, prior)).replaces, [
    "either",
  ]);
});

test("a computed value that is never null is known not to be null before it is known", async () => {
  const id = string({ computed: true, notNull: true, description });
  const attributes = { id, listed: list(nested({ id, text }), { optional: true, description }) };
  const element = objectValue([
    ["id", null],
    ["text", "t"],
  ]);
  const { planned } = await plan(widgetOf(attributes), { listed: [element] });
  const notNull = new Unknown({ nullness: "not_null" });
  assert.deepEqual(planned.id, notNull);
  assert.deepEqual(planned.listed, [
    objectValue([
      ["id", notNull],
      ["text", "t"],
    ]),
  ]);
});

const inner = nested({
  text: replacing,
  id: string({ computed: true, description, plan: [useStateForUnknown()] }),
  digest: string({ computed: true, description, plan: [useStateForUnknown("text")] }),
});
const element = (given: string, id: Value = null, digest: Value = null) =>
  objectValue([
    ["text", given],
    ["id", id],
    ["digest", digest],
  ]);

for (const [where, kind, of, at] of [
  ["an object", object(inner, { optional: true, description }), (value: Value) => value, "nested"],
  ["a list", list(inner, { optional: true, description }), (value: Value) => [value], "nested[0]"],
  [
    "a map",
    map(inner, { optional: true, description }),
    (value: Value) => new Map([["k", value]]),
    'nested["k"]',
  ],
  [
    "an object in a list",
    list(nested({ one: object(inner, { optional: true, description }) }), { optional: true, description }),
    (value: Value) => [objectValue([["one", value]])],
    "nested[0].one",
  ],
] as const) {
  test(`modifiers run inside ${where}, and see the attributes beside`, async () => {
    const attributes = { nested: kind, other: text };
    const prior = { nested: of(element("a", "i", "d")), other: "a" };
    const beside = await plan(widgetOf(attributes), { nested: of(element("a")), other: "b" }, prior);
    assert.deepEqual(beside.planned.nested, of(element("a", "i", "d")));
    assert.deepEqual(beside.replaces, []);
    const changed = await plan(widgetOf(attributes), { nested: of(element("b")), other: "a" }, prior);
    assert.deepEqual(changed.planned.nested, of(element("b", "i", UNKNOWN)));
    assert.deepEqual(changed.replaces, [`${at}.text`]);
  });
}

test("a new element has no state to keep, and one that goes away is planned by what contains it", async () => {
  const attributes = { listed: list(inner, { optional: true, description }) };
  const prior = { listed: [element("a", "i", "d")] };
  const more = await plan(widgetOf(attributes), { listed: [element("a"), element("b")] }, prior);
  assert.deepEqual(more.planned.listed, [element("a", "i", "d"), element("b", UNKNOWN, UNKNOWN)]);
  assert.deepEqual(more.replaces, ["listed[1].text"]);
  const fewer = await plan(widgetOf(attributes), { listed: [] }, prior);
  assert.deepEqual(fewer.replaces, []);
});

test("a nested modifier that names an attribute that is not beside it is a programmer's mistake", async () => {
  const wrong = nested({ id: string({ computed: true, description, plan: [useStateForUnknown("other")] }) });
  const attributes = { other: text, one: object(wrong, { optional: true, description }) };
  const one = objectValue([["id", null]]);
  const stored = objectValue([["id", "i"]]);
  await assert.rejects(
    () => plan(widgetOf(attributes), { other: "b", one }, { other: "a", one: stored }),
    /fake_widget has no attribute one\.other/,
  );
});
