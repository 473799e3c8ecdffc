import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { objectValue } from "../../../src/cty/index.ts";
import { list, nested, number, object, set, string, types } from "../../../src/framework/index.ts";
import { readDataSource } from "../../../src/framework/server/index.ts";
import { anyBytes } from "../../support/codec-passes.ts";
import { callContext, configuration, configuredServer, fakeProvider } from "../../support/fake-provider.ts";
import { returning } from "../../support/reading.ts";

/*
 * The check of a state encodes it in the same pass. A set of two elements is what that pass leaves to the others: then the
 * check finds the same, and the bytes come later.
 */

const description = "It is described.";
const item = nested({ name: string({ computed: true, notNull: true, description }) });
const attributes = {
  name: string({ required: true, description }),
  limit: number({ optional: true, computed: true, description }),
  options: object(nested({ mode: string({ optional: true, description }) }), { optional: true, description }),
  id: string({ computed: true, notNull: true, description }),
  items: list(item, { computed: true, description }),
  tags: set(types.string, { computed: true, description }),
};
const given = { name: "x", options: objectValue([["mode", "fast"]]) };
const good = { ...given, limit: 1, id: "i", items: [{ name: "n" }] };

/** What a read says, and its bytes, where it returned this. */
async function checked(state: object, tags: readonly string[]) {
  const source = returning({ ...state, tags }, attributes);
  const server = configuredServer(fakeProvider({ dataSources: [source] }));
  const config = configuration(attributes, given);
  const response = await readDataSource(server, source, config, callContext);
  const reported = [...response.diagnostics].map(
    ({ path, detail }) => `${path ?? ""}: ${detail.split("\n")[0]}`,
  );
  return { ...response, reported, type: source.schema.type };
}

const states: Readonly<Record<string, readonly [object, readonly string[]]>> = {
  "one that is as it should be": [good, []],
  "an argument that the provider fills in, and one that it leaves as it was": [{ ...good, limit: null }, []],
  "a changed argument": [{ ...good, name: "y" }, ["name: The provider changed the argument name."]],
  "an argument that is gone": [
    { ...good, options: null },
    ["options: The provider changed the argument options."],
  ],
  "a changed argument inside another": [
    { ...good, options: { mode: "slow" } },
    ["options.mode: The provider changed the argument options.mode."],
  ],
  "no value where there must be one": [
    { ...good, id: null, items: [{ name: "n" }, { name: null }] },
    [
      "id: The provider returned no value for id, which must have one.",
      "items[1].name: The provider returned no value for items[1].name, which must have one.",
    ],
  ],
  "a value of another type": [
    { ...good, limit: "1" },
    [
      "limit: The provider returned a value that its schema does not allow: limit: a number is required, got a string.",
    ],
  ],
};

describe("a state is checked alike, whether it is encoded meanwhile or not", () => {
  for (const [name, [state, expected]] of Object.entries(states)) {
    test(name, async () => {
      const [plain, other] = [await checked(state, ["a"]), await checked(state, ["a", "b"])];
      assert.deepEqual(plain.reported, expected);
      assert.deepEqual(other.reported, expected);
      assert.equal(other.encoded, undefined);
      if (expected.length > 0) assert.equal(plain.encoded, undefined);
      else assert.deepEqual(plain.encoded, anyBytes(plain.state ?? null, plain.type));
    });
  }
});
