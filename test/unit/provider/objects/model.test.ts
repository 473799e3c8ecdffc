import assert from "node:assert/strict";
import { test } from "node:test";
import { keptOf, place } from "./support.ts";

test("a model is read with the day on which it ends, null where none is announced", async (t) => {
  const { session } = await place(t);
  const ends = keptOf(await session.read("openai_model", { id: "gpt-5.6-sol" }));
  assert.deepEqual([ends.state.owned_by, ends.state.shutdown_date], ["system", "2027-06-30"]);
  const stays = keptOf(await session.read("openai_model", { id: "gpt-6-luna" }));
  assert.equal(stays.state.shutdown_date, null);
});

test("a model that is not there says that it may be missing or not allowed, on its argument", async (t) => {
  const { session } = await place(t);
  const { titles, details, paths, kept } = await session.read("openai_model", { id: "gpt-none" });
  assert.deepEqual([titles, paths, kept], [["error: Model not found"], ["id"], undefined]);
  assert.match(details[0] ?? "", /misspelt/);
  assert.match(details[0] ?? "", /no access to it/);
  assert.match(details[0] ?? "", /The model 'gpt-none' does not exist/);
});

test("all models come in one page, without order and limit in the query", async (t) => {
  const { server, session } = await place(t);
  const { state } = keptOf(await session.read("openai_models", {}));
  assert.deepEqual(state.ids, ["gpt-5.6-sol", "gpt-6-luna"]);
  assert.equal(String(server.requests[0]?.query), "");
  const limited = keptOf(await session.read("openai_models", { limit: 1 }));
  assert.deepEqual(limited.state.ids, ["gpt-5.6-sol"]);
});

test("an ID that is a path is refused in words that fit every object", async (t) => {
  const { session } = await place(t);
  const { titles, details, paths } = session.validateRead("openai_vector_store", { id: "org/model" });
  assert.deepEqual([titles.length, paths], [1, ["id"]]);
  assert.doesNotMatch(details.join(), /completion/);
});

for (const [id, path] of [
  ["org/model", "/v1/models/org/model"],
  ["@cf/meta/llama-3.1-8b", "/v1/models/@cf/meta/llama-3.1-8b"],
  ["ft:gpt-6-luna:acme inc::9", "/v1/models/ft:gpt-6-luna:acme%20inc::9"],
  ["org/näm?e", "/v1/models/org/n%C3%A4m%3Fe"],
] as const) {
  test(`the model ${id} is read at ${path}`, async (t) => {
    const { server, session } = await place(t);
    server.control.addObject("models", { id });
    const { state } = keptOf(await session.read("openai_model", { id }));
    assert.deepEqual([state.id, server.requests.map((each) => each.path)], [id, [path]]);
    const listed = keptOf(await session.read("openai_models", {}));
    assert.ok(Array.isArray(listed.state.ids) && listed.state.ids.includes(id));
  });
}

test("an ID of a model that would lead elsewhere is refused", async (t) => {
  const { server, session } = await place(t);
  for (const id of [
    "../files",
    "a/../../organization/users",
    "a/%2e%2e/b",
    "a//b",
    "/a",
    "a/",
    "a/..;/b",
    "a\\b",
    "a/%2Fb",
  ]) {
    const { titles, paths } = session.validateRead("openai_model", { id });
    assert.deepEqual([titles.length, paths], [1, ["id"]], id);
  }
  assert.deepEqual(server.requests, []);
});
