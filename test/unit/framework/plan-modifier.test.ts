import assert from "node:assert/strict";
import { test } from "node:test";
import { objectValue, UNKNOWN } from "../../../src/cty/index.ts";
import {
  list,
  nested,
  type PlanModifier,
  PrivateState,
  requiresReplace,
  string,
  useStateForUnknown,
} from "../../../src/framework/index.ts";
import { plan, widgetOf } from "../../support/fake-resource.ts";

const description = "It is described.";
const text = string({ optional: true, description });
const replacing = string({ optional: true, description, plan: [requiresReplace()] });

test("a computed value that keeps its state stays known beside a change", () => {
  const id = string({ computed: true, description, plan: [useStateForUnknown()] });
  const { planned } = plan(widgetOf({ text, id }), { text: "b" }, { text: "a", id: "i" });
  assert.deepEqual({ ...planned }, { text: "b", id: "i" });
});

test("it stays null where it was null", () => {
  const id = string({ computed: true, description, plan: [useStateForUnknown()] });
  const { planned } = plan(widgetOf({ text, id }), { text: "b" }, { text: "a", id: null });
  assert.deepEqual({ ...planned }, { text: "b", id: null });
});

test("an argument that is not known yet is not taken for a computed one", () => {
  const either = string({ optional: true, computed: true, description, plan: [useStateForUnknown()] });
  assert.equal(plan(widgetOf({ either }), { either: "new" }, { either: "old" }).planned.either, "new");
  const { planned } = plan(widgetOf({ either }), { either: UNKNOWN }, { either: "old" });
  assert.equal(planned.either, UNKNOWN);
});

test("a value that keeps its state unless another changes is unknown when that one changes", () => {
  const digest = string({ computed: true, description, plan: [useStateForUnknown("text")] });
  const attributes = { text, other: text, digest };
  const prior = { text: "a", other: "a", digest: "d" };
  const beside = plan(widgetOf(attributes), { text: "a", other: "b" }, prior);
  assert.equal(beside.planned.digest, "d");
  const changed = plan(widgetOf(attributes), { text: "b", other: "a" }, prior);
  assert.equal(changed.planned.digest, UNKNOWN);
});

test("an attribute that keeps its own state is no change for another, in whatever order they are declared", () => {
  const id = string({ computed: true, description, plan: [useStateForUnknown()] });
  const digest = string({ computed: true, description, plan: [useStateForUnknown("id")] });
  const prior = { text: "a", id: "i", digest: "d" };
  for (const attributes of [
    { digest, id, text },
    { id, digest, text },
  ]) {
    assert.deepEqual(
      { ...plan(widgetOf(attributes), { text: "b" }, prior).planned },
      { ...prior, text: "b" },
    );
  }
});

test("two attributes that wait for each other are both unknown", () => {
  const one = string({ computed: true, description, plan: [useStateForUnknown("two")] });
  const two = string({ computed: true, description, plan: [useStateForUnknown("one")] });
  const { planned } = plan(widgetOf({ text, one, two }), { text: "b" }, { text: "a", one: "1", two: "2" });
  assert.deepEqual({ ...planned }, { text: "b", one: UNKNOWN, two: UNKNOWN });
});

test("a modifier that names an attribute that there is none of is a programmer's mistake", () => {
  const id = string({ computed: true, description, plan: [useStateForUnknown("txet")] });
  assert.throws(
    () => plan(widgetOf({ text, id }), { text: "b" }, { text: "a", id: "i" }),
    /fake_widget has no attribute txet/,
  );
});

test("a change of an argument that requires it replaces the object", () => {
  const attributes = { replacing, text };
  const prior = { replacing: "a", text: "a" };
  assert.deepEqual(plan(widgetOf(attributes), { replacing: "b", text: "a" }, prior).replaces, ["replacing"]);
  assert.deepEqual(plan(widgetOf(attributes), { text: "a" }, prior).replaces, ["replacing"]);
  assert.deepEqual(plan(widgetOf(attributes), { replacing: UNKNOWN, text: "a" }, prior).replaces, [
    "replacing",
  ]);
  assert.deepEqual(plan(widgetOf(attributes), { replacing: "a", text: "b" }, prior).replaces, []);
});

test("what means the same replaces nothing", () => {
  const word = string({
    optional: true,
    description,
    plan: [requiresReplace()],
    equivalent: (a, b) => String(a).trim() === String(b).trim(),
  });
  assert.deepEqual(
    plan(widgetOf({ word, text }), { word: " a ", text: "b" }, { word: "a", text: "a" }).replaces,
    [],
  );
});

test("a path is told once, however many modifiers ask for the replacement", () => {
  const twice = string({ optional: true, description, plan: [requiresReplace(), requiresReplace()] });
  assert.deepEqual(plan(widgetOf({ twice }), { twice: "b" }, { twice: "a" }).replaces, ["twice"]);
});

test("each modifier sees what the one before it planned, and the configuration", () => {
  const seen: unknown[] = [];
  const upper: PlanModifier = {
    description: "",
    modify: ({ config, plan: planned, state, exists, imported }) => {
      seen.push([config, planned, state, exists, imported]);
      return { plan: `${String(state)}+` };
    },
  };
  const either = string({ optional: true, computed: true, description, plan: [upper, upper] });
  const { planned } = plan(widgetOf({ either, text }), { text: "b" }, { either: "s", text: "a" });
  assert.equal(planned.either, "s+");
  assert.deepEqual(seen, [
    [null, UNKNOWN, "s", true, false],
    [null, "s+", "s", true, false],
  ]);
});

test("the second plan of a replacement, without a state, computes everything anew", () => {
  const id = string({ computed: true, description, plan: [useStateForUnknown()] });
  const attributes = { replacing, id };
  const first = plan(widgetOf(attributes), { replacing: "b" }, { replacing: "a", id: "i" });
  assert.deepEqual(
    { ...first.planned, replaces: first.replaces },
    {
      replacing: "b",
      id: "i",
      replaces: ["replacing"],
    },
  );
  const second = plan(widgetOf(attributes), { replacing: "b" }, null);
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

test("over what an import left null, an argument is adopted in place, whatever its value", () => {
  const attributes = { replacing, text };
  const prior = { replacing: null, text: "a" };
  for (const value of ["b", UNKNOWN]) {
    const { planned, replaces } = plan(
      widgetOf(attributes),
      { replacing: value, text: "a" },
      prior,
      imported(),
    );
    assert.equal(planned.replacing, value);
    assert.deepEqual(replaces, []);
  }
  assert.deepEqual(plan(widgetOf(attributes), { replacing: "b", text: "a" }, prior).replaces, ["replacing"]);
});

test("over what an import left null inside, an argument is adopted in place", () => {
  const item = nested({ role: text, secret: text });
  const of = (role: string, secret: string | null) =>
    objectValue([
      ["role", role],
      ["secret", secret],
    ]);
  const attributes = { messages: list(item, { optional: true, description, plan: [requiresReplace()] }) };
  const prior = { messages: [of("user", null)] };
  const adopted = plan(widgetOf(attributes), { messages: [of("user", "s")] }, prior, imported());
  assert.deepEqual(adopted.replaces, []);
  const another = plan(widgetOf(attributes), { messages: [of("system", "s")] }, prior, imported());
  assert.deepEqual(another.replaces, ["messages"]);
});

test("what an import did tell is no more adopted than for any other object", () => {
  const attributes = { replacing, text };
  const prior = { replacing: "a", text: "a" };
  assert.deepEqual(plan(widgetOf(attributes), { replacing: "b", text: "a" }, prior, imported()).replaces, [
    "replacing",
  ]);
  assert.deepEqual(plan(widgetOf(attributes), { text: "a" }, prior, imported()).replaces, ["replacing"]);
});

test("what an import told in other words is adopted, once", () => {
  const alias = string({
    optional: true,
    description,
    plan: [requiresReplace((written, told) => String(told).startsWith(`${String(written)}-`))],
  });
  const prior = { alias: "gpt-2024" };
  assert.deepEqual(plan(widgetOf({ alias }), { alias: "gpt" }, prior, imported()).replaces, []);
  assert.deepEqual(plan(widgetOf({ alias }), { alias: "gpt" }, prior).replaces, ["alias"]);
  assert.deepEqual(plan(widgetOf({ alias }), { alias: "other" }, prior, imported()).replaces, ["alias"]);
});
