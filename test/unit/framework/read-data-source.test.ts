import assert from "node:assert/strict";
import { test } from "node:test";
import { objectValue, UNKNOWN, type Value } from "../../../src/cty/index.ts";
import {
  Diagnostics,
  list,
  map,
  nested,
  number,
  object,
  string,
  types,
} from "../../../src/framework/index.ts";
import { configuredServer, fakeProvider, thing, thingOf } from "../../support/fake-provider.ts";
import { read, returning } from "../../support/reading.ts";

const description = "It is described.";

test("the state has every attribute, and null for an argument that was left out", async () => {
  assert.deepEqual(await read(thing(), { name: "x" }), {
    state: { name: "x", note: null, id: "id-of-x" },
    reported: [],
  });
});

test("a read gets what Configure made", async () => {
  const source = thing({ read: async ({ config, provider }) => ({ ...config, id: provider.token }) });
  const { state } = await read(source, { name: "x" }, configuredServer(fakeProvider(), { token: "t" }));
  assert.deepEqual(state, { name: "x", note: null, id: "t" });
});

test("a read before Configure is a bug diagnostic", async () => {
  const { state, reported } = await read(thing(), { name: "x" }, configuredServer(fakeProvider(), null));
  assert.equal(state, undefined);
  assert.deepEqual(reported, [": Terraform asked for an object before it configured the provider."]);
});

test("a read with arguments that are not known yet is a bug diagnostic, and read is not called", async () => {
  const source = thing({ read: () => assert.fail("called") });
  assert.deepEqual(await read(source, { name: UNKNOWN }), {
    state: undefined,
    reported: [": Terraform asked to read fake_thing with arguments that are not known yet."],
  });
});

test("a warning goes beside the state, an error instead of it", async () => {
  const source = (add: "addWarning" | "addError") =>
    thing({
      read: async ({ config, diagnostics }) => {
        diagnostics[add]("Title", "Detail.");
        return { ...config, id: "x" };
      },
    });
  assert.deepEqual(await read(source("addWarning"), { name: "x" }), {
    state: { name: "x", note: null, id: "x" },
    reported: [": Detail."],
  });
  assert.deepEqual(await read(source("addError"), { name: "x" }), {
    state: undefined,
    reported: [": Detail."],
  });
});

test("diagnostics are the answer: those of the request, or the author's own beside them", async () => {
  const same = thing({ read: async ({ diagnostics }) => diagnostics.addError("Title", "Gone.") });
  assert.deepEqual((await read(same, { name: "x" })).reported, [": Gone."]);
  const other = thing({
    read: async ({ diagnostics }) => {
      diagnostics.addWarning("Title", "Careful.");
      return new Diagnostics().addError("Title", "Gone.");
    },
  });
  assert.deepEqual((await read(other, { name: "x" })).reported, [": Careful.", ": Gone."]);
});

for (const [what, answer] of Object.entries({
  "diagnostics without an error": new Diagnostics().addWarning("Title", "Careful."),
  null: null,
  undefined: undefined,
})) {
  test(`neither a state nor an error is a bug diagnostic: ${what}`, async () => {
    const { state, reported } = await read(returning(answer), { name: "x" });
    assert.equal(state, undefined);
    assert.equal(reported.at(-1), ": Reading fake_thing gave neither a state nor an error.");
  });
}

const invalid = "The provider returned a value that its schema does not allow:";
const state = { name: "x", note: null, id: "i" };

for (const [what, returned, expected] of [
  ["a missing attribute", { name: "x", note: null }, "id: the attribute is missing; an absent value is null"],
  ["an attribute too many", { ...state, extra: 1 }, "extra: unsupported attribute"],
  ["a wrong type", { ...state, id: 5 }, "id: a string is required, got a number"],
  ["undefined", { ...state, id: undefined }, "id: a string is required, got undefined"],
] as const) {
  test(`${what} in the state is a bug diagnostic at its path`, async () => {
    const { state, reported } = await read(returning(returned), { name: "x" });
    assert.equal(state, undefined);
    assert.deepEqual(reported, [`${expected.split(":")[0]}: ${invalid} ${expected}.`]);
  });
}

test("a list in place of the state is a bug diagnostic", async () => {
  const { state, reported } = await read(returning(["x"]), { name: "x" });
  assert.equal(state, undefined);
  assert.deepEqual(reported, [`: ${invalid} an object is required, got a list.`]);
});

test("numbers that Terraform has not are bug diagnostics, all at once and with their paths", async () => {
  const attributes = {
    n: number({ computed: true, description }),
    many: list(nested({ n: number({ computed: true, description }) }), { computed: true, description }),
    by_key: map(types.number, { computed: true, description }),
  };
  const returned = {
    n: Number.NaN,
    many: [{ n: 1 }, { n: Number.POSITIVE_INFINITY }],
    by_key: new Map([["k", "1"]]),
  };
  const { state, reported } = await read(returning(returned, attributes), {});
  assert.equal(state, undefined);
  assert.deepEqual(
    reported.map((line) => line.slice(0, line.indexOf(":"))),
    ['by_key["k"]', "many[1].n", "n"],
  );
});

test("a state that is not wholly known is a bug diagnostic", async () => {
  const { state: stored, reported } = await read(returning({ ...state, id: UNKNOWN }), { name: "x" });
  assert.equal(stored, undefined);
  assert.deepEqual(reported, [": The provider returned a state that is not wholly known."]);
});

test("nested plain objects, lists and maps become Terraform's, keys like __proto__ included", async () => {
  const leaf = nested({ x: string({ computed: true, description }) });
  const source = thingOf(
    {
      one: object(leaf, { computed: true, description }),
      many: list(leaf, { computed: true, description }),
      by_key: map(leaf, { computed: true, description }),
      none: list(leaf, { computed: true, description }),
    },
    {
      read: async () => ({
        one: { x: "1" },
        many: [{ x: null }],
        by_key: new Map([["__proto__", { x: "2" }]]),
        none: null,
      }),
    },
  );
  const { state } = await read(source, {});
  const x = (value: Value) => objectValue([["x", value]]);
  assert.deepEqual(state, {
    one: x("1"),
    many: [x(null)],
    by_key: new Map([["__proto__", x("2")]]),
    none: null,
  });
});

test("an exception is a bug diagnostic, beside the warnings that came before it", async () => {
  const source = thing({
    read: ({ diagnostics }) => {
      diagnostics.addWarning("Old", "It is old.");
      throw new Error("no");
    },
  });
  const { state, reported } = await read(source, { name: "x" });
  assert.equal(state, undefined);
  assert.deepEqual(reported, [": It is old.", ": The provider failed unexpectedly: no."]);
});
