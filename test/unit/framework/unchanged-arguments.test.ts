import assert from "node:assert/strict";
import { test } from "node:test";
import { objectValue } from "../../../src/cty/index.ts";
import { list, map, nested, object, set, string, types } from "../../../src/framework/index.ts";
import { readDataSource } from "../../../src/framework/server/index.ts";
import {
  callContext,
  configuration,
  configuredServer,
  thing,
  thingAttributes,
  thingOf,
} from "../../support/fake-provider.ts";
import { read, returning } from "../../support/reading.ts";

const description = "It is described.";

for (const [what, note] of [
  ["changed", "other"],
  ["lost", null],
] as const) {
  test(`an argument that comes back ${what} is a bug diagnostic, which Terraform would not give`, async () => {
    const source = thing({ read: async ({ config }) => ({ ...config, id: "x", note }) });
    const { state, reported } = await read(source, { name: "x", note: "given" });
    assert.equal(state, undefined);
    assert.deepEqual(reported, ["note: The provider changed the argument note."]);
  });
}

test("an argument that was left out and comes back filled is a bug diagnostic", async () => {
  const source = thing({ read: async ({ config }) => ({ ...config, id: "x", note: "default" }) });
  assert.deepEqual((await read(source, { name: "x" })).reported, [
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
  assert.deepEqual(await read(source, {}), { state: { size: "made" }, reported: [] });
  assert.deepEqual((await read(source, { size: "given" })).reported, [
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
  const { state, reported } = await read(source, config);
  assert.deepEqual(reported, []);
  assert.notEqual(state, undefined);
});

test("a change inside an argument is reported at the very value", async () => {
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
  const { reported } = await read(returning(returned, attributes), config);
  assert.deepEqual(
    reported.map((line) => line.slice(0, line.indexOf(":"))),
    ["one.start", "many[1].start", 'by_key["k"].start', "fewer", "renamed", "gone", "words"],
  );
});

test("a set that comes back in another order is unchanged", async () => {
  const attributes = { words: set(types.string, { required: true, description }) };
  const { reported } = await read(returning({ words: ["b", "a"] }, attributes), { words: ["a", "b"] });
  assert.deepEqual(reported, []);
});
