import assert from "node:assert/strict";
import { test } from "node:test";
import { UNKNOWN } from "../../../src/cty/index.ts";
import { list, nested, PrivateState, string } from "../../../src/framework/index.ts";
import { importResource, readResource } from "../../../src/framework/server/index.ts";
import { callContext, configuration, configuredServer, thingOf } from "../../support/fake-provider.ts";
import { apply, providerOf, widgetOf } from "../../support/fake-resource.ts";
import { read } from "../../support/reading.ts";

const description = "It is described.";
const id = string({ computed: true, notNull: true, description });
const attributes = {
  name: string({ required: true, description }),
  id,
  parts: list(nested({ id }), { computed: true, description }),
};
const missing = (path: string) => `The provider returned no value for ${path}, which must have one.`;

/** A state that its types forbid. */
const wrong = { name: "x", id: null, parts: [{ id: "p" }, { id: null }] } as never;

test("a read of a data source that leaves out what is never null is a bug diagnostic", async () => {
  const { state, reported } = await read(thingOf(attributes, { read: async () => wrong }), { name: "x" });
  assert.equal(state, undefined);
  assert.deepEqual(reported, [`id: ${missing("id")}`, `parts[1].id: ${missing("parts[1].id")}`]);
});

test("a null collection of what is never null is none of it", async () => {
  const source = thingOf(attributes, { read: async ({ config }) => ({ ...config, id: "i", parts: null }) });
  assert.deepEqual((await read(source, { name: "x" })).reported, []);
});

test("a creation without its ID is a bug diagnostic, and keeps the rest of the state", async () => {
  const declared = widgetOf(attributes, { create: async () => wrong });
  const planned = { name: "x", id: UNKNOWN, parts: UNKNOWN };
  const { state, reported } = await apply(declared, { name: "x" }, { planned });
  assert.deepEqual(reported, [`error id: ${missing("id")}`, `error parts[1].id: ${missing("parts[1].id")}`]);
  assert.equal(state?.name, "x");
});

test("a refresh without its ID keeps the state", async () => {
  const declared = widgetOf(attributes, { read: async () => wrong });
  const state = configuration(attributes, { name: "x", id: "i" });
  const server = configuredServer(providerOf(declared));
  const response = await readResource(server, declared, state, PrivateState.empty(), callContext);
  assert.equal(response.state, state);
  assert.equal(response.diagnostics.hasError, true);
});

test("an import may leave it to the read that follows", async () => {
  const declared = widgetOf(attributes, { import: async () => ({ name: "x" }) });
  const response = await importResource(configuredServer(providerOf(declared)), declared, "x", callContext);
  assert.deepEqual([...response.diagnostics], []);
  assert.deepEqual({ ...response.state }, { name: "x", id: null, parts: null });
});
