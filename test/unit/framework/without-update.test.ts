import assert from "node:assert/strict";
import { test } from "node:test";
import { UNKNOWN } from "../../../src/cty/index.ts";
import {
  type Attributes,
  integer,
  nested,
  object,
  PrivateState,
  requiresReplace,
  requiresReplaceIf,
  requiresReplaceIfConfigured,
  resource,
  string,
  useStateForUnknown,
} from "../../../src/framework/index.ts";
import type { FakeData } from "../../support/fake-provider.ts";
import { apply, plan } from "../../support/fake-resource.ts";

const description = "It is described.";
const replacing = string({ optional: true, plan: [requiresReplace()], description });
const id = string({ computed: true, plan: [useStateForUnknown()], description });

function declare<const A extends Attributes>(attributes: A) {
  return resource<FakeData>()({
    name: "fake_widget",
    description,
    attributes,
    create: async ({ diagnostics }) => diagnostics.addError("Not created", "This test creates nothing."),
    read: async ({ state }) => state,
    delete: async () => {},
  });
}

test("a resource without update is declared where each argument replaces, is write-only or computed", () => {
  const secret = string({ optional: true, writeOnly: true, description });
  assert.ok(declare({ replacing, id, secret }));
});

test("an argument that could change in place is a programmer's mistake", () => {
  for (const note of [
    string({ optional: true, description }),
    string({ required: true, description }),
    string({ optional: true, computed: true, plan: [useStateForUnknown()], description }),
    string({ optional: true, plan: [requiresReplaceIfConfigured()], description }),
    integer({ optional: true, plan: [requiresReplaceIf(() => true, "It replaces.")], description }),
    // Removing the object would not replace.
    object(nested({ replacing }), { optional: true, description }),
  ]) {
    assert.throws(() => declare({ replacing, note }), {
      message:
        "Invalid schema of resource fake_widget: note: there is no update, and a change of it does not replace the object.",
    });
  }
});

test("what an import left null is adopted into the state, without a call", async () => {
  const declared = declare({ replacing, other: replacing, id });
  const imported = PrivateState.empty();
  imported.imported = true;
  const prior = { replacing: null, other: "o", id: "i" };
  const given = { replacing: "a", other: "o" };
  const { planned, replaces } = await plan(declared, given, prior, imported);
  assert.deepEqual(replaces, []);
  const {
    state,
    reported,
    private: kept,
  } = await apply(declared, given, { prior, planned, private: imported });
  assert.deepEqual(reported, []);
  assert.deepEqual(state, { replacing: "a", other: "o", id: "i" });
  assert.equal(kept.imported, false);
});

test("what is planned as unknown beside an adopted value stays as it was", async () => {
  const declared = declare({ replacing, id: string({ computed: true, description }) });
  const imported = PrivateState.empty();
  imported.imported = true;
  const change = { prior: { replacing: null, id: "i" }, planned: { replacing: "a", id: UNKNOWN } };
  const { state, reported } = await apply(declared, { replacing: "a" }, { ...change, private: imported });
  assert.deepEqual(reported, []);
  assert.deepEqual(state, { replacing: "a", id: "i" });
});

test("a change in place of an object that was not imported is a bug diagnostic, and changes nothing", async () => {
  const declared = declare({ replacing, id });
  const prior = { replacing: "a", id: "i" };
  const { state, reported } = await apply(
    declared,
    { replacing: "b" },
    { prior, planned: { ...prior, replacing: "b" } },
  );
  assert.deepEqual(reported, ["error : fake_widget has no update, and a change in place was planned."]);
  assert.deepEqual(state, prior);
});
