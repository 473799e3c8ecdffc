import assert from "node:assert/strict";
import { test } from "node:test";
import { loadAll } from "../../../src/framework/index.ts";
import { openai } from "../../../src/provider/provider.ts";
import { servedOpenai } from "../../../src/provider/served-provider.ts";

const declared = openai({});
const served = servedOpenai({});

for (const kind of [
  "dataSources",
  "resources",
  "ephemeralResources",
  "listResources",
  "actions",
  "functions",
] as const) {
  test(`what is served by name is what is declared, in its order: ${kind}`, async () => {
    assert.deepEqual([...served[kind].keys()], [...declared[kind].keys()]);
    const loaded = await loadAll<unknown>(served[kind]);
    for (const [name, object] of declared[kind]) assert.equal(loaded.get(name), object, name);
  });

  test(`names that are not declared load nothing, inherited ones of JavaScript included: ${kind}`, async () => {
    for (const name of ["openai_nothing", "", "__proto__", "constructor", "toString"])
      assert.equal(await served[kind].get(name), undefined, name);
  });
}

test("there are objects to compare", () => {
  assert.ok(declared.dataSources.size > 0 && declared.resources.size > 0 && declared.functions.size > 0);
});

test("the served provider has the declared one's name and schema", () => {
  assert.equal(served.name, declared.name);
  assert.equal(served.schema.description, declared.schema.description);
  assert.equal(served.schema.attributes, declared.schema.attributes);
});
