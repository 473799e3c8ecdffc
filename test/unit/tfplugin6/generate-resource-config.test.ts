import assert from "node:assert/strict";
import { test } from "node:test";
import { objectValue, type Value } from "../../../src/cty/index.ts";
import {
  bool,
  conflictsWith,
  exactlyOneOf,
  integer,
  list,
  map,
  nested,
  object,
  requiredWith,
  string,
  types,
} from "../../../src/framework/index.ts";
import { ProviderService } from "../../../src/tfplugin6/messages.gen.ts";
import { plan, widgetOf } from "../../support/fake-resource.ts";
import { serveResource } from "../../support/resource-client.ts";

const description = "It is described.";
const optional = string({ optional: true, description });
const part = nested(
  {
    name: string({ required: true, description }),
    size: integer({ optional: true, computed: true, default: 1, description }),
    old: string({ optional: true, deprecated: "Use name.", description }),
    left: string({ optional: true, validate: [conflictsWith("right")], description }),
    right: optional,
    url: string({ computed: true, description }),
  },
  { validate: [requiredWith("right", "name")] },
);
const attributes = {
  name: string({ required: true, description }),
  note: optional,
  old: string({ optional: true, deprecated: "Use note.", description }),
  text: optional,
  text_json: optional,
  text_wo: string({ optional: true, writeOnly: true, description }),
  needs_text: optional,
  level: string({ optional: true, computed: true, description }),
  fast: bool({ optional: true, computed: true, default: false, description }),
  part: object(part, { optional: true, description }),
  parts: list(part, { optional: true, description }),
  labels: map(types.string, { optional: true, description }),
  id: string({ computed: true, description }),
};
const declared = widgetOf(attributes, {
  configValidators: [exactlyOneOf("text", "text_json", "text_wo"), requiredWith("needs_text", "text")],
});

const nothing = Object.fromEntries(Object.keys(attributes).map((name) => [name, null]));
const noPart = { size: 1, old: null, left: null, right: null, url: null };
const id = { id: "i" };

type Given = { readonly [name: string]: Value };

const cases: readonly { what: string; state: Given; config: Given }[] = [
  {
    what: "what is computed and what is null is left out",
    state: { ...id, name: "n" },
    config: { name: "n" },
  },
  {
    what: "an optional value stays, one that the provider may have chosen too, and an empty one",
    state: { ...id, name: "n", note: "", level: "high", labels: new Map() },
    config: { name: "n", note: "", level: "high", labels: new Map() },
  },
  { what: "a default is left out", state: { ...id, name: "n", fast: false }, config: { name: "n" } },
  {
    what: "another value than the default stays",
    state: { name: "n", fast: true },
    config: { name: "n", fast: true },
  },
  { what: "what is deprecated is left out", state: { name: "n", old: "o" }, config: { name: "n" } },
  {
    what: "of several that exclude each other the first stays",
    state: { name: "n", text: "t", text_json: '"t"' },
    config: { name: "n", text: "t" },
  },
  {
    what: "one that is there alone stays, though it is not the first",
    state: { name: "n", text_json: '"t"' },
    config: { name: "n", text_json: '"t"' },
  },
  {
    what: "what needs another that is not there is left out",
    state: { name: "n", text_json: '"t"', needs_text: "x" },
    config: { name: "n", text_json: '"t"' },
  },
  {
    what: "all of it holds inside objects and lists too",
    state: {
      name: "n",
      part: { ...noPart, name: "p", url: "u", old: "o" },
      parts: [
        { ...noPart, name: "a", size: 2, left: "l", right: "r" },
        { ...noPart, name: "b", url: "u", right: "r" },
      ],
    },
    config: {
      name: "n",
      part: { ...noPart, name: "p", size: null },
      parts: [
        { ...noPart, name: "a", size: 2, right: "r" },
        { ...noPart, name: "b", size: null, right: "r" },
      ],
    },
  },
];

for (const { what, state, config } of cases) {
  test(`of a generated configuration: ${what}`, async (context) => {
    const { client, type_name, encode, decode } = await serveResource(context, declared);
    const response = await client.unary(ProviderService.GenerateResourceConfig, {
      type_name,
      state: encode(state),
    });
    assert.deepEqual(response.diagnostics, []);
    assert.deepEqual(plain(decode(response.config)), plain({ ...nothing, ...config }));
  });
}

test("of an object of which nothing is known, nothing is written", async (context) => {
  const { client, type_name, encode, decode } = await serveResource(context, declared);
  for (const state of [undefined, encode(null)]) {
    const response = await client.unary(ProviderService.GenerateResourceConfig, { type_name, state });
    assert.deepEqual(response.diagnostics, []);
    assert.deepEqual(plain(decode(response.config)), nothing);
  }
});

test("a generated configuration plans no change", async (context) => {
  const { client, type_name, encode, decode } = await serveResource(context, declared);
  const whole = {
    ...nothing,
    ...id,
    name: "n",
    text: "t",
    level: "high",
    fast: false,
    parts: [objectValue(Object.entries({ ...noPart, name: "a", url: "u" }))],
  };
  const { config } = await client.unary(ProviderService.GenerateResourceConfig, {
    type_name,
    state: encode(whole),
  });
  const { planned } = await plan(declared, decode(config) ?? {}, whole);
  assert.deepEqual(plain(planned), plain(whole));
});

/** Without prototypes, which say nothing here. */
function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== "object" || value === null || value instanceof Map) return value;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, plain(each)]));
}
