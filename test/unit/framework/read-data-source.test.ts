import assert from "node:assert/strict";
import { test } from "node:test";
import { objectValue, UNKNOWN, type Value } from "../../../src/cty/index.ts";
import {
  type Attributes,
  type DataSource,
  Diagnostics,
  list,
  map,
  nested,
  number,
  object,
  set,
  string,
  types,
} from "../../../src/framework/index.ts";
import { readDataSource } from "../../../src/framework/server/index.ts";
import {
  callContext,
  configuration,
  configuredServer,
  type FakeData,
  fakeProvider,
  thing,
  thingAttributes,
  thingOf,
} from "../../support/fake-provider.ts";

const description = "It is described.";

interface Answer {
  readonly state: unknown;
  /** "path: detail's first paragraph" of each diagnostic. */
  readonly told: readonly string[];
}

async function read(
  source: DataSource<FakeData>,
  given: { readonly [name: string]: Value },
  server = configuredServer(),
): Promise<Answer> {
  const config = configuration(source.schema.attributes, given);
  const { state, diagnostics } = await readDataSource(server, source, config, callContext);
  const told = [...diagnostics].map(({ path, detail }) => `${path ?? ""}: ${detail.split("\n")[0]}`);
  return { state: state === undefined ? undefined : { ...state }, told };
}

/** A data source whose read returns what the types forbid: a mistake that only the framework can see. */
function returning(state: unknown, attributes: Attributes = thingAttributes): DataSource<FakeData> {
  return { ...thingOf(attributes), read: () => Promise.resolve(state as never) };
}

test("the state has every attribute, and null for an argument that was left out", async () => {
  assert.deepEqual(await read(thing(), { name: "x" }), {
    state: { name: "x", note: null, id: "id-of-x" },
    told: [],
  });
});

test("a read gets what Configure made", async () => {
  const source = thing({ read: async ({ config, provider }) => ({ ...config, id: provider.token }) });
  const { state } = await read(source, { name: "x" }, configuredServer(fakeProvider(), { token: "t" }));
  assert.deepEqual(state, { name: "x", note: null, id: "t" });
});

test("a read before Configure is a bug diagnostic", async () => {
  const { state, told } = await read(thing(), { name: "x" }, configuredServer(fakeProvider(), null));
  assert.equal(state, undefined);
  assert.deepEqual(told, [": Terraform asked for an object before it configured the provider."]);
});

test("a read with arguments that are not known yet is a bug diagnostic, and read is not called", async () => {
  const source = thing({ read: () => assert.fail("called") });
  assert.deepEqual(await read(source, { name: UNKNOWN }), {
    state: undefined,
    told: [": Terraform asked to read fake_thing with arguments that are not known yet."],
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
    told: [": Detail."],
  });
  assert.deepEqual(await read(source("addError"), { name: "x" }), { state: undefined, told: [": Detail."] });
});

test("diagnostics are the answer: those of the request, or the author's own beside them", async () => {
  const same = thing({ read: async ({ diagnostics }) => diagnostics.addError("Title", "Gone.") });
  assert.deepEqual((await read(same, { name: "x" })).told, [": Gone."]);
  const other = thing({
    read: async ({ diagnostics }) => {
      diagnostics.addWarning("Title", "Careful.");
      return new Diagnostics().addError("Title", "Gone.");
    },
  });
  assert.deepEqual((await read(other, { name: "x" })).told, [": Careful.", ": Gone."]);
});

for (const [what, answer] of Object.entries({
  "diagnostics without an error": new Diagnostics().addWarning("Title", "Careful."),
  null: null,
  undefined: undefined,
})) {
  test(`neither a state nor an error is a bug diagnostic: ${what}`, async () => {
    const { state, told } = await read(returning(answer), { name: "x" });
    assert.equal(state, undefined);
    assert.equal(told.at(-1), ": Reading fake_thing gave neither a state nor an error.");
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
    const { state, told } = await read(returning(returned), { name: "x" });
    assert.equal(state, undefined);
    assert.deepEqual(told, [`${expected.split(":")[0]}: ${invalid} ${expected}.`]);
  });
}

test("a list in place of the state is a bug diagnostic", async () => {
  const { state, told } = await read(returning(["x"]), { name: "x" });
  assert.equal(state, undefined);
  assert.deepEqual(told, [`: ${invalid} an object is required, got a list.`]);
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
  const { state, told } = await read(returning(returned, attributes), {});
  assert.equal(state, undefined);
  assert.deepEqual(
    told.map((line) => line.slice(0, line.indexOf(":"))),
    ['by_key["k"]', "many[1].n", "n"],
  );
});

test("a state that is not wholly known is a bug diagnostic", async () => {
  const { state: stored, told } = await read(returning({ ...state, id: UNKNOWN }), { name: "x" });
  assert.equal(stored, undefined);
  assert.deepEqual(told, [": The provider returned a state that is not wholly known."]);
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

for (const [what, note] of [
  ["changed", "other"],
  ["lost", null],
] as const) {
  test(`an argument that comes back ${what} is a bug diagnostic, which Terraform would not give`, async () => {
    const source = thing({ read: async ({ config }) => ({ ...config, id: "x", note }) });
    const { state, told } = await read(source, { name: "x", note: "given" });
    assert.equal(state, undefined);
    assert.deepEqual(told, ["note: The provider changed the argument note."]);
  });
}

test("an argument that was left out and comes back filled is a bug diagnostic", async () => {
  const source = thing({ read: async ({ config }) => ({ ...config, id: "x", note: "default" }) });
  assert.deepEqual((await read(source, { name: "x" })).told, [
    "note: The provider changed the argument note.",
  ]);
});

test("a bug diagnostic shows no value: it might be a secret", async () => {
  const source = thing({ read: async ({ config }) => ({ ...config, id: "x", note: "hunter2" }) });
  const config = configuration(thingAttributes, { name: "x", note: "hunter3" });
  const { diagnostics } = await readDataSource(configuredServer(), source, config, callContext);
  assert.doesNotMatch(JSON.stringify([...diagnostics]), /hunter/);
});

test("an argument that is optional and computed is the provider's only where it was left out", async () => {
  const source = thingOf(
    { size: string({ optional: true, computed: true, description }) },
    { read: async () => ({ size: "made" }) },
  );
  assert.deepEqual(await read(source, {}), { state: { size: "made" }, told: [] });
  assert.deepEqual((await read(source, { size: "given" })).told, [
    "size: The provider changed the argument size.",
  ]);
});

const window = nested({
  start: string({ required: true, description }),
  length: string({ computed: true, description }),
});
const given = (start: string) =>
  objectValue([
    ["start", start],
    ["length", null],
  ]);

test("computed attributes inside an argument are the provider's", async () => {
  const source = thingOf(
    {
      one: object(window, { required: true, description }),
      many: list(window, { required: true, description }),
      by_key: map(window, { required: true, description }),
    },
    {
      read: async ({ config: { one, many, by_key } }) => ({
        one: { ...one, length: "1" },
        many: many.map((each) => ({ ...each, length: "2" })),
        by_key: new Map([...by_key].map(([key, each]) => [key, { ...each, length: "3" }])),
      }),
    },
  );
  const config = { one: given("a"), many: [given("b"), given("c")], by_key: new Map([["k", given("d")]]) };
  const { state, told } = await read(source, config);
  assert.deepEqual(told, []);
  assert.notEqual(state, undefined);
});

test("a change inside an argument is told of the very value", async () => {
  const attributes = {
    one: object(window, { required: true, description }),
    many: list(window, { required: true, description }),
    by_key: map(window, { required: true, description }),
    fewer: list(window, { required: true, description }),
    renamed: map(window, { required: true, description }),
    gone: object(window, { required: true, description }),
    words: set(types.string, { required: true, description }),
  };
  const config = {
    one: given("a"),
    many: [given("b"), given("c")],
    by_key: new Map([["k", given("d")]]),
    fewer: [given("e")],
    renamed: new Map([["k", given("f")]]),
    gone: given("g"),
    words: ["a", "b"],
  };
  const returned = {
    one: given("A"),
    many: [given("b"), given("C")],
    by_key: new Map([["k", given("D")]]),
    fewer: [],
    renamed: new Map([["l", given("f")]]),
    gone: null,
    words: ["a"],
  };
  const { told } = await read(returning(returned, attributes), config);
  assert.deepEqual(
    told.map((line) => line.slice(0, line.indexOf(":"))),
    ["one.start", "many[1].start", 'by_key["k"].start', "fewer", "renamed", "gone", "words"],
  );
});

test("a set that comes back in another order is unchanged", async () => {
  const attributes = { words: set(types.string, { required: true, description }) };
  const { told } = await read(returning({ words: ["b", "a"] }, attributes), { words: ["a", "b"] });
  assert.deepEqual(told, []);
});
