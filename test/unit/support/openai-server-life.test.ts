import assert from "node:assert/strict";
import { test } from "node:test";
import { ask, createStored, errorOf, get, idsOf, serve } from "./openai-server-client.ts";

const DAY = 24 * 60 * 60 * 1000;

test("a completion can be read, listed, updated and deleted only after the delay", async (t) => {
  const server = await serve(t, { visibleAfterMs: 3000 });
  const id = await createStored(server);
  const path = `/chat/completions/${id}`;
  const statuses = async () => [
    (await get(server, path)).status,
    (await get(server, `${path}/messages`)).status,
    (await ask(server, "POST", path, { body: { metadata: { a: "b" } } })).status,
    idsOf(await get(server, "/chat/completions")).length,
  ];
  assert.deepEqual(await statuses(), [404, 404, 404, 0]);
  server.control.advance(3001);
  assert.deepEqual(await statuses(), [200, 200, 200, 1]);
});

test("a deletion before the completion is visible gets 404, and the completion appears later", async (t) => {
  const server = await serve(t, { visibleAfterMs: 3000 });
  const id = await createStored(server);
  assert.equal((await ask(server, "DELETE", `/chat/completions/${id}`)).status, 404);
  server.control.advance(3001);
  assert.equal((await get(server, `/chat/completions/${id}`)).status, 200);
});

test("a deletion answers the ID once, and then it is gone", async (t) => {
  const server = await serve(t);
  const id = await createStored(server);
  const path = `/chat/completions/${id}`;
  const answer = await ask(server, "DELETE", path);
  assert.equal(answer.text, `{"object":"chat.completion.deleted","id":"${id}","deleted":true}`);
  assert.equal((await get(server, path)).status, 404);
  assert.equal((await ask(server, "DELETE", path)).status, 404);
  assert.deepEqual(server.control.ids(), []);
});

test("a deleted completion may stay readable for a while", async (t) => {
  const server = await serve(t, { goneAfterMs: 5000 });
  const path = `/chat/completions/${await createStored(server)}`;
  assert.equal((await ask(server, "DELETE", path)).status, 200);
  assert.equal((await get(server, path)).status, 200);
  server.control.advance(5001);
  assert.equal((await get(server, path)).status, 404);
});

test("a completion expires after 30 days by the server's clock, which the Date header has", async (t) => {
  const server = await serve(t);
  const id = await createStored(server);
  server.seed({ id: "chatcmpl-for-ever" });
  server.control.advance(30 * DAY - 10_000);
  assert.equal((await get(server, `/chat/completions/${id}`)).status, 200);
  server.control.advance(20_000);
  const { status, headers } = await get(server, `/chat/completions/${id}`);
  assert.equal(status, 404);
  assert.ok(Math.abs(Date.parse(headers.get("date") ?? "") - server.control.now()) < 5000);
  assert.equal((await get(server, "/chat/completions/chatcmpl-for-ever")).status, 200);
});

test("the clock can be set, and a new completion is created then", async (t) => {
  const server = await serve(t);
  server.control.setClock(Date.UTC(2025, 0, 1));
  const { text } = await get(server, `/chat/completions/${await createStored(server)}`);
  assert.ok(Math.abs(JSON.parse(text).created - Date.UTC(2025, 0, 1) / 1000) < 5);
});

test("an update replaces the metadata or is merged into it, and changes nothing else", async (t) => {
  const server = await serve(t);
  const path = `/chat/completions/${await createStored(server, { metadata: { old: "1", both: "1" } })}`;
  const before = (await get(server, path)).text;
  const update = (metadata: unknown) => ask(server, "POST", path, { body: { metadata } });
  const replaced = await update({ both: "2" });
  assert.equal(replaced.text, before.replace('{"old":"1","both":"1"}', '{"both":"2"}'));
  server.control.settings.metadataUpdate = "merge";
  await update({ more: "3" });
  assert.deepEqual(JSON.parse((await get(server, path)).text).metadata, { both: "2", more: "3" });
});

test("an update keeps the numbers of the completion exact", async (t) => {
  const server = await serve(t);
  server.seed({ id: "x", view: { seed: -9223372036854775807n } });
  const { text } = await ask(server, "POST", "/chat/completions/x", { body: { metadata: {} } });
  assert.match(text, /"seed":-9223372036854775807,"top_p":1\.0,/);
});

test("an update without metadata, with other parameters or over the limits is refused", async (t) => {
  const server = await serve(t);
  server.seed({ id: "x" });
  const update = async (body: object) =>
    errorOf(await ask(server, "POST", "/chat/completions/x", { body })).slice(2);
  assert.deepEqual(await update({}), ["metadata", "missing_required_parameter"]);
  assert.deepEqual(await update({ metadata: {}, model: "x" }), ["model", "unknown_parameter"]);
  assert.deepEqual(await update({ metadata: { a: "x".repeat(513) } }), [
    "metadata.a",
    "string_above_max_length",
  ]);
});

test("another key, project or organization sees nothing of a completion", async (t) => {
  const server = await serve(t, {
    keys: {
      "sk-one": { organization: "org-1", project: "proj_1" },
      "sk-same": { organization: "org-1", project: "proj_1" },
      "sk-project": { organization: "org-1", project: "proj_2" },
      "sk-organization": { organization: "org-2", project: "proj_1" },
    },
  });
  const id = await createStored(server, {}, { key: "sk-one" });
  const sees = async (key: string) => [
    (await get(server, `/chat/completions/${id}`, { key })).status,
    idsOf(await get(server, "/chat/completions", { key })).length,
  ];
  assert.deepEqual(await sees("sk-one"), [200, 1]);
  assert.deepEqual(await sees("sk-same"), [200, 1]);
  assert.deepEqual(await sees("sk-project"), [404, 0]);
  assert.deepEqual(await sees("sk-organization"), [404, 0]);
});

test("without a list of keys every key has a project of its own, unless the headers name one", async (t) => {
  const server = await serve(t);
  const id = await createStored(server, {}, { key: "sk-a" });
  const shared = await createStored(server, {}, { key: "sk-a", headers: { "openai-project": "proj_x" } });
  const status = async (which: string, key: string, headers = {}) =>
    (await get(server, `/chat/completions/${which}`, { key, headers })).status;
  assert.equal(await status(id, "sk-a"), 200);
  assert.equal(await status(id, "sk-b"), 404);
  assert.equal(await status(shared, "sk-b", { "openai-project": "proj_x" }), 200);
});

test("a change or a deletion from outside shows in the next read", async (t) => {
  const server = await serve(t);
  const id = await createStored(server);
  assert.equal(server.control.setMetadata(id, { drifted: "yes" }), true);
  assert.deepEqual(JSON.parse((await get(server, `/chat/completions/${id}`)).text).metadata, {
    drifted: "yes",
  });
  assert.equal(server.control.forget(id), true);
  assert.equal(server.control.forget(id), false);
  assert.equal((await get(server, `/chat/completions/${id}`)).status, 404);
});
