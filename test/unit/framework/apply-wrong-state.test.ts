import assert from "node:assert/strict";
import { test } from "node:test";
import { objectValue, UNKNOWN, type Value } from "../../../src/cty/index.ts";
import { list, map, nested, string } from "../../../src/framework/index.ts";
import { apply, widget, widgetOf } from "../../support/fake-resource.ts";

const description = "It is described.";
const given = { name: "x" };
const planned = { name: "x", id: UNKNOWN };
const whole = { name: "x", note: null, id: "i" };

test("a value that differs from the plan is an error, and the state is kept", async () => {
  const declared = widget({ create: async ({ plan }) => ({ ...plan, note: "mine", id: "i" }) });
  const { state, reported } = await apply(declared, given, { planned });
  assert.deepEqual(state, { ...whole, note: "mine" });
  assert.deepEqual(reported, ["error note: The provider did not apply what it had planned for note."]);
});

test("a computed value may be anything inside lists, maps and objects, an argument may not", async () => {
  const item = nested({
    text: string({ required: true, description }),
    made: string({ computed: true, description }),
  });
  const attributes = {
    listed: list(item, { required: true, description }),
    mapped: map(item, { required: true, description }),
  };
  const element = (text: string, made: Value) =>
    objectValue([
      ["text", text],
      ["made", made],
    ]);
  const plan = {
    listed: [element("a", UNKNOWN)],
    mapped: new Map([["k", element("b", UNKNOWN)]]),
  };
  const returning = (listed: Value[], mapped: Map<string, Value>) => ({
    ...widgetOf(attributes),
    create: async () => ({ listed, mapped }) as never,
  });
  const right = returning([element("a", "1")], new Map([["k", element("b", "2")]]));
  assert.deepEqual((await apply(right, plan, { planned: plan })).reported, []);
  for (const [listed, mapped] of [
    [[element("z", "1")], new Map([["k", element("z", "2")]])],
    [[], new Map()],
    [[element("a", "1"), element("a", "1")], new Map([["l", element("b", "2")]])],
    [null, null],
  ] as const) {
    const wrong = { ...widgetOf(attributes), create: async () => ({ listed, mapped }) as never };
    const { reported } = await apply(wrong, plan, { planned: plan });
    assert.deepEqual(reported, [
      "error listed: The provider did not apply what it had planned for listed.",
      "error mapped: The provider did not apply what it had planned for mapped.",
    ]);
  }
});

test("of a state that the schema does not allow, what is right is kept, and the rest is null", async () => {
  const attributes = {
    id: string({ computed: true, description }),
    size: string({ computed: true, description }),
    late: string({ computed: true, description }),
  };
  const declared = {
    ...widgetOf(attributes),
    create: async () => ({ id: "i", size: 5, late: UNKNOWN, more: "?" }) as never,
  };
  const { state, reported } = await apply(
    declared,
    {},
    { planned: { id: UNKNOWN, size: UNKNOWN, late: UNKNOWN } },
  );
  assert.deepEqual(state, { id: "i", size: null, late: null });
  assert.ok(
    reported.length > 0 &&
      reported.every((line) => /returned a value that its schema does not allow/.test(line)),
  );
});

test("a state that is not wholly known is an error, and kept without what is not known", async () => {
  const declared = { ...widget(), create: async () => ({ ...whole, id: UNKNOWN }) as never };
  const { state, reported } = await apply(declared, given, { planned });
  assert.deepEqual(state, { ...whole, id: null });
  assert.deepEqual(reported, ["error : The provider returned a state that is not wholly known."]);
});

test("a wrong state that is saved is an error, and what is right of it is kept", async () => {
  const declared = widget({
    create: async ({ save, plan }) => {
      save({ ...whole, note: 5 } as never);
      return { ...plan, id: "i" };
    },
  });
  const { state, reported } = await apply(declared, given, { planned });
  assert.deepEqual(state, whole);
  assert.deepEqual(reported, [
    "error note: The provider returned a value that its schema does not allow: note: a string is required, got a number.",
  ]);
});

for (const nothing of [5, "text", UNKNOWN, ["x"]]) {
  test(`${JSON.stringify(nothing)} in place of a state is no object, where none was saved`, async () => {
    const declared = { ...widget(), create: async () => nothing as never };
    const { state, reported } = await apply(declared, given, { planned });
    assert.equal(state, null);
    assert.equal(reported.length, 1);
  });

  test(`${JSON.stringify(nothing)} in place of a state keeps what was saved`, async () => {
    const declared = {
      ...widget(),
      create: async ({ save }: Parameters<ReturnType<typeof widget>["create"]>[0]) => {
        save(whole);
        return nothing as never;
      },
    };
    const { state, reported } = await apply(declared, given, { planned });
    assert.deepEqual(state, whole);
    assert.equal(reported.length, 1);
    assert.match(
      reported[0] ?? "",
      /^error : The provider returned (no state|a value that its schema does not allow)/,
    );
  });
}
