import assert from "node:assert/strict";
import { test } from "node:test";
import { objectValue, UNKNOWN } from "../../../src/cty/index.ts";
import {
  type Attributes,
  type Config,
  isUnknown,
  list,
  map,
  nested,
  object,
  parseNumber,
  string,
  types,
} from "../../../src/framework/index.ts";
import { readDataSource, validateDataSource } from "../../../src/framework/server/index.ts";
import { callContext, configuration, configuredServer, thingOf } from "../../support/fake-provider.ts";

const description = "It is described.";
const inner = nested({
  name: string({ required: true, description }),
  note: string({ optional: true, description }),
  made: string({ computed: true, description }),
});
const attributes = {
  name: string({ required: true, description }),
  note: string({ optional: true, description }),
  either: string({ optional: true, computed: true, description }),
  made: string({ computed: true, description }),
  one: object(inner, { optional: true, description }),
  many: list(inner, { optional: true, description }),
  by_key: map(inner, { optional: true, description }),
  labels: map(types.string, { optional: true, description }),
  size: { ...string({ optional: true, description }), kind: types.number } as const,
} satisfies Attributes;

const element = objectValue([
  ["name", "n"],
  ["note", null],
  ["made", null],
]);

test("a read gets the arguments only, at every depth, and null for what was left out", async () => {
  let seen: Config<typeof attributes> | undefined;
  const source = thingOf(attributes, {
    read: async ({ config, diagnostics }) => {
      seen = config;
      return diagnostics.addError("x", "y");
    },
  });
  const labels = new Map([["__proto__", "x"]]);
  const size = parseNumber("0.1000000000000000000001");
  const config = configuration(attributes, {
    name: "x",
    one: element,
    many: [element],
    by_key: new Map([["k", element]]),
    labels,
    size,
  });
  await readDataSource(configuredServer(), source, config, callContext);
  const argument = { name: "n", note: null };
  assert.deepEqual(seen, {
    name: "x",
    note: null,
    either: null,
    one: argument,
    many: [argument],
    by_key: new Map([["k", argument]]),
    labels,
    size,
  });
});

test("a check of the configuration gets unknown values where Terraform sent them", () => {
  let unknown: unknown[] = [];
  const source = thingOf(attributes, {
    validate({ config: { name, one, many } }) {
      const first = isUnknown(many) ? undefined : many?.[0];
      unknown = [name, isUnknown(one) ? one : one?.note, first].map(isUnknown);
    },
  });
  const config = configuration(attributes, {
    name: UNKNOWN,
    one: objectValue([
      ["name", "n"],
      ["note", UNKNOWN],
      ["made", null],
    ]),
    many: [UNKNOWN],
  });
  assert.equal(validateDataSource(source, config).length, 0);
  assert.deepEqual(unknown, [true, true, true]);
});
