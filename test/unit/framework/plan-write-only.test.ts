import assert from "node:assert/strict";
import { test } from "node:test";
import { objectValue, UNKNOWN, type Value } from "../../../src/cty/index.ts";
import { list, map, nested, object, requiresReplace, string } from "../../../src/framework/index.ts";
import { plan, widgetOf } from "../../support/fake-resource.ts";

const description = "It is described.";
const secret = string({ optional: true, writeOnly: true, description });
const text = string({ optional: true, description });
const made = string({ computed: true, description });
const item = nested({ text, secret, made });
const of = (hidden: Value, known: Value) =>
  objectValue([
    ["text", "t"],
    ["secret", hidden],
    ["made", known],
  ]);

test("a write-only argument is planned as null, at every depth", async () => {
  const attributes = {
    secret,
    one: object(item, { optional: true, description }),
    listed: list(item, { optional: true, description }),
    mapped: map(item, { optional: true, description }),
    whole: list(nested({ role: string({ required: true, writeOnly: true, description }) }), {
      optional: true,
      writeOnly: true,
      description,
    }),
  };
  const { planned } = await plan(widgetOf(attributes), {
    secret: "s",
    one: of("s", null),
    listed: [of("s", null)],
    mapped: new Map([["k", of(UNKNOWN, null)]]),
    whole: [objectValue([["role", "user"]])],
  });
  const marked = of(null, UNKNOWN);
  assert.deepEqual(
    { ...planned },
    { secret: null, one: marked, listed: [marked], mapped: new Map([["k", marked]]), whole: null },
  );
});

test("another write-only value alone is no change, and replaces nothing", async () => {
  const attributes = {
    secret: string({ optional: true, writeOnly: true, plan: [requiresReplace()], description }),
    listed: list(item, { optional: true, description }),
    made,
  };
  const prior = { secret: null, listed: [of(null, "m")], made: "m" };
  const { planned, replaces } = await plan(
    widgetOf(attributes),
    { secret: "new", listed: [of("new", null)] },
    prior,
  );
  assert.deepEqual({ ...planned }, prior);
  assert.deepEqual(replaces, []);
});

test("a write-only value stays null beside a change", async () => {
  const { planned } = await plan(
    widgetOf({ secret, text, made }),
    { secret: "s", text: "b" },
    { text: "a", made: "m" },
  );
  assert.deepEqual({ ...planned }, { secret: null, text: "b", made: UNKNOWN });
});
