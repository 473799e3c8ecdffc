import assert from "node:assert/strict";
import { test } from "node:test";
import { UNKNOWN } from "../../../src/cty/index.ts";
import { Diagnostics, PrivateState } from "../../../src/framework/index.ts";
import { applyResourceChange } from "../../../src/framework/server/index.ts";
import { callContext, configuration, configuredServer } from "../../support/fake-provider.ts";
import { apply, providerOf, widget, widgetAttributes } from "../../support/fake-resource.ts";

const prior = { name: "x", note: "old", id: "i" };
const given = { name: "x", note: "new" };
const planned = { ...given, id: "i" };
const change = { prior, planned };

function kept(entries: Record<string, string>): PrivateState {
  const state = PrivateState.empty();
  for (const [key, value] of Object.entries(entries)) state.set(key, value);
  return state;
}

test("an update gets the state before, the plan and the configuration, and returns the state after", async () => {
  const seen: unknown[] = [];
  const declared = widget({
    update: async ({ plan, config, state, provider }) => {
      seen.push({ ...state }, plan, config, provider);
      return { ...plan, id: state.id };
    },
  });
  const { state, reported } = await apply(declared, given, change);
  assert.deepEqual(seen, [prior, given, given, { token: null }]);
  assert.deepEqual(state, planned);
  assert.deepEqual(reported, []);
});

test("an error keeps the state before", async () => {
  const declared = widget({
    update: async ({ diagnostics }) => diagnostics.addError("No", "It is refused."),
  });
  const { state, reported } = await apply(declared, given, change);
  assert.deepEqual(state, prior);
  assert.deepEqual(reported, ["error : It is refused."]);
});

test("an error after a state was saved keeps that one", async () => {
  const declared = widget({
    update: async ({ save, diagnostics }) => {
      save({ ...prior, note: "half" });
      return diagnostics.addError("No", "It broke.");
    },
  });
  assert.equal((await apply(declared, given, change)).state?.note, "half");
});

test("an exception keeps the state before and what was private, whenever it was changed", async () => {
  const declared = widget({
    update: ({ private: state }) => {
      state.set("b", "2");
      throw new Error("no");
    },
  });
  const result = await apply(declared, given, { ...change, private: kept({ a: "1" }) });
  assert.deepEqual(result.state, prior);
  assert.deepEqual([result.private.get("a"), result.private.get("b")], ["1", "2"]);
  assert.deepEqual(result.reported, ["error : The provider failed unexpectedly: no."]);
});

test("of a wrong state, what is wrong stays as it was before", async () => {
  const declared = { ...widget(), update: async () => ({ ...planned, name: UNKNOWN, id: 5 }) as never };
  const { state, reported } = await apply(declared, given, change);
  assert.deepEqual(state, planned);
  assert.equal(reported.length, 1);
});

test("diagnostics without an error are a mistake", async () => {
  const declared = widget({ update: async () => new Diagnostics() });
  const { state, reported } = await apply(declared, given, change);
  assert.deepEqual(state, prior);
  assert.deepEqual(reported, ["error : Update of fake_widget gave neither a state nor an error."]);
});

test("what is private comes in and goes out, and undefined removes", async () => {
  const declared = widget({
    update: async ({ plan, state, private: own }) => {
      own.set("b", own.get("a"));
      own.set("a", undefined);
      return { ...plan, id: state.id };
    },
  });
  const result = await apply(declared, given, { ...change, private: kept({ a: "1" }) });
  assert.deepEqual([result.private.get("a"), result.private.get("b")], [undefined, "1"]);
});

test("an import is over with the first update that succeeds", async () => {
  const imported = kept({});
  imported.imported = true;
  const failing = widget({ update: async ({ diagnostics }) => diagnostics.addError("No", "No.") });
  assert.equal((await apply(failing, given, { ...change, private: imported })).private.imported, true);
  const wrong = { ...widget(), update: async () => ({ ...planned, note: "other" }) as never };
  assert.equal((await apply(wrong, given, { ...change, private: imported })).private.imported, true);
  assert.equal((await apply(widget(), given, { ...change, private: imported })).private.imported, false);
});

test("a deletion leaves nothing", async () => {
  const seen: unknown[] = [];
  const declared = widget({
    delete: async ({ state, private: own }) => {
      seen.push({ ...state }, own.get("a"));
    },
  });
  const { state, reported } = await apply(declared, {}, { prior, planned: null, private: kept({ a: "1" }) });
  assert.equal(state, null);
  assert.deepEqual(reported, []);
  assert.deepEqual(seen, [prior, "1"]);
});

test("a deletion that fails keeps the state and what was private", async () => {
  const failing = widget({
    delete: async ({ diagnostics }) => {
      diagnostics.addError("No", "It is locked.");
    },
  });
  const throwing = widget({ delete: () => Promise.reject(new Error("no")) });
  for (const [declared, detail] of [
    [failing, "It is locked."],
    [throwing, "The provider failed unexpectedly: no."],
  ] as const) {
    const result = await apply(declared, {}, { prior, planned: null, private: kept({ a: "1" }) });
    assert.deepEqual(result.state, prior);
    assert.equal(result.private.get("a"), "1");
    assert.deepEqual(result.reported, [`error : ${detail}`]);
  }
});

test("a warning does not keep what is deleted", async () => {
  const declared = widget({
    delete: async ({ diagnostics }) => {
      diagnostics.addWarning("Gone", "It was gone already.");
    },
  });
  const { state, reported } = await apply(declared, {}, { prior, planned: null });
  assert.equal(state, null);
  assert.deepEqual(reported, ["warning : It was gone already."]);
});

test("what does not exist is deleted without a call", async () => {
  const declared = widget({ delete: () => Promise.reject(new Error("called")) });
  const { state, reported } = await apply(declared, {}, { prior: null, planned: null });
  assert.equal(state, null);
  assert.deepEqual(reported, []);
});

test("without a configured provider nothing is called, and the state stays", async () => {
  const declared = widget({ update: () => Promise.reject(new Error("called")) });
  const server = configuredServer(providerOf(declared), null);
  const { state, diagnostics } = await applyResourceChange(
    server,
    declared,
    {
      config: configuration(widgetAttributes, given),
      prior: configuration(widgetAttributes, prior),
      planned: configuration(widgetAttributes, planned),
      private: PrivateState.empty(),
    },
    callContext,
  );
  assert.deepEqual({ ...state }, prior);
  assert.match([...diagnostics][0]?.detail ?? "", /before it configured the provider/);
});

test("an update gets what is planned for computed attributes", async () => {
  const seen: unknown[] = [];
  const declared = widget({
    update: async ({ plan, computed, state }) => {
      seen.push({ ...computed });
      return { ...plan, id: state.id };
    },
  });
  await apply(declared, given, change);
  await apply(declared, given, { prior, planned: { ...given, id: UNKNOWN } });
  assert.deepEqual(seen, [{ id: "i" }, { id: UNKNOWN }]);
});
