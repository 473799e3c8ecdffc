import assert from "node:assert/strict";
import { test } from "node:test";
import { keptOf, place } from "./support.ts";

const name = "openai_vector_store";
const path = "vector_stores";

test("its first files are waited for", async (t) => {
  const { session } = await place(t, { readyAfterMs: 900 });
  const { state } = keptOf(await session.create(name, { file_ids: ["file-1", "file-2"] }));
  assert.deepEqual([state.status, state.file_ids], ["completed", ["file-1", "file-2"]]);
});

test("what takes longer than its time is kept with a warning, and read by the next plan", async (t) => {
  const { server, session } = await place(t, { readyAfterMs: 3_600_000 });
  const { titles, details, kept } = await session.create(name, { name: "slow", timeouts: { create: "1s" } });
  assert.deepEqual(titles, ["warning: Vector store not ready yet"]);
  assert.match(details[0] ?? "", /"in_progress" at the end of the time/);
  assert.ok(kept);
  server.control.advance(3_600_000);
  const read = keptOf(await session.refresh(name, kept));
  assert.equal(read.state.status, "completed");
});

test("an argument that is left out stays null, whatever the API chose, and {} stays {}", async (t) => {
  const { server, session } = await place(t);
  const kept = keptOf(await session.create(name, { metadata: {} }));
  assert.deepEqual([kept.state.name, kept.state.metadata], [null, new Map()]);
  server.control.changeObject(path, String(kept.state.id), { name: "chosen", metadata: null });
  const { state } = keptOf(await session.refresh(name, kept));
  assert.deepEqual([state.name, state.metadata], [null, new Map()]);
  const bare = keptOf(await session.create(name, {}));
  assert.equal(bare.state.metadata, null);
  assert.ok((await session.plan(name, {}, bare)).empty);
});

test("an update sends null for what is taken away, and an expiry as a whole", async (t) => {
  const { server, session } = await place(t);
  const given = { name: "a", metadata: { team: "x" }, expires_after: { anchor: "last_active_at", days: 1 } };
  const kept = keptOf(await session.create(name, given));
  await session.update(name, kept, { expires_after: { anchor: "last_active_at", days: 2 } });
  const post = server.requests.findLast(({ method }) => method === "POST");
  assert.deepEqual(JSON.parse(post?.body ?? ""), {
    name: null,
    metadata: null,
    expires_after: { anchor: "last_active_at", days: 2 },
  });
});

test("an update that the API accepts and does not carry out is an error on its argument", async (t) => {
  const { server, session } = await place(t);
  const kept = keptOf(await session.create(name, { name: "a" }));
  server.fault({ method: "POST", body: { id: kept.state.id } });
  const failed = await session.update(name, kept, { name: "b", timeouts: { update: "1s" } });
  assert.deepEqual([failed.titles, failed.paths], [['error: "name" not updated'], ["name"]]);
  assert.equal(failed.kept?.state.name, "a");
});

for (const [what, given, replaces] of [
  ["description", { description: "b" }, ["description"]],
  ["file_ids", { file_ids: ["file-2"] }, ["file_ids"]],
] as const) {
  test(`another ${what} replaces it`, async (t) => {
    const { session } = await place(t);
    const config = { description: "a", file_ids: ["file-1"] };
    const kept = keptOf(await session.create(name, config));
    assert.deepEqual((await session.plan(name, { ...config, ...given }, kept)).replaces, replaces);
  });
}

test("a file that cannot be indexed is an error with the API's reason, and is kept", async (t) => {
  const { server, session } = await place(t, { readyAfterMs: 60_000 });
  const store = server.control.addObject(path, {});
  const type = "openai_vector_store_file";
  const creating = session.create(type, { vector_store_id: store.id, file_id: "file-bad" });
  while (server.control.objects.peek(`${path}/{vector_store_id}/files`, "file-bad") === undefined) {
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  server.control.changeObject(`${path}/{vector_store_id}/files`, "file-bad", {
    status: "failed",
    last_error: { code: "unsupported_file", message: "The file type is not supported." },
  });
  const { titles, details, kept } = await creating;
  assert.deepEqual(titles, ["error: Vector store file failed"]);
  assert.match(details[0] ?? "", /The file type is not supported\. \(unsupported_file\)/);
  assert.equal(kept?.state.status, "failed");
});

test("a chunking strategy that was left to the API is no difference from what it chose", async (t) => {
  const { server, session } = await place(t);
  const store = server.control.addObject(path, {});
  const type = "openai_vector_store_file";
  const config = { vector_store_id: store.id, file_id: "file-1", chunking_strategy_json: '{"type":"auto"}' };
  const kept = keptOf(await session.create(type, config));
  const read = keptOf(await session.refresh(type, kept));
  const reported = server.control.objects.peek(`${path}/{vector_store_id}/files`, "file-1")?.body;
  assert.deepEqual(reported?.chunking_strategy, {
    type: "static",
    static: { max_chunk_size_tokens: 800, chunk_overlap_tokens: 400 },
  });
  assert.equal(read.state.chunking_strategy_json, config.chunking_strategy_json);
  assert.ok((await session.plan(type, config, read)).empty);
  const imported = keptOf(await session.import(type, `${store.id}/file-1`));
  assert.equal(imported.state.attributes_json, null, "no attributes are none that were set");
  assert.ok((await session.plan(type, config, imported)).empty);
  const other = {
    ...config,
    chunking_strategy_json: JSON.stringify({
      type: "static",
      static: { max_chunk_size_tokens: 400, chunk_overlap_tokens: 0 },
    }),
  };
  assert.deepEqual((await session.plan(type, other, read)).replaces, ["chunking_strategy_json"]);
});

test("attributes in another layout, and a chunking strategy with defaults added, are no difference", async (t) => {
  const { server, session } = await place(t);
  const store = server.control.addObject(path, {});
  const type = "openai_vector_store_file";
  const config = {
    vector_store_id: store.id,
    file_id: "file-1",
    attributes_json: '{ "year": 2026.0, "team": "docs" }',
    chunking_strategy_json: '{"type":"static"}',
  };
  const kept = keptOf(await session.create(type, config));
  server.control.changeObject(`${path}/{vector_store_id}/files`, "file-1", {
    attributes: { team: "docs", year: 2026 },
    chunking_strategy: { type: "static", static: { max_chunk_size_tokens: 800, chunk_overlap_tokens: 400 } },
  });
  const read = keptOf(await session.refresh(type, kept));
  assert.equal(read.state.attributes_json, config.attributes_json);
  assert.ok((await session.plan(type, config, read)).empty);
});
