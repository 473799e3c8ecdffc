import assert from "node:assert/strict";
import { test } from "node:test";
import { UNKNOWN } from "../../../../src/cty/index.ts";
import type { OpenAIServer } from "../../../support/openai-server/server.ts";
import { keptOf, place } from "./support.ts";

const name = "openai_vector_store_file_batch";
const batches = "vector_stores/{vector_store_id}/file_batches";
const inStore = "vector_stores/{vector_store_id}/files";
const inBatch = `${batches}/{batch_id}/files`;

const indexed = (server: OpenAIServer) =>
  server.control.objects
    .all(inStore)
    .map(({ id }) => id)
    .sort();

async function stored(t: Parameters<typeof place>[0], options: Parameters<typeof place>[1] = {}) {
  const { server, session } = await place(t, options);
  const { id } = server.control.addObject("vector_stores", {});
  return { server, session, vector_store_id: id };
}

/** Makes a file of a batch fail as soon as the batch is there. */
async function failing(server: OpenAIServer, ids: readonly string[], status: string) {
  while (server.control.objects.all(batches).length === 0) await new Promise((done) => setTimeout(done, 5));
  const [batch] = server.control.objects.all(batches);
  const last_error = { code: "unsupported_file", message: "The file type is not supported." };
  for (const id of ids) server.control.changeObject(inBatch, id, { status: "failed", last_error });
  const counts = { in_progress: 0, completed: 0, cancelled: 0, failed: ids.length, total: 3 };
  server.control.changeObject(batches, batch?.id ?? "", { file_counts: counts, status });
}

test("hundreds of files are added with one request, counted, and removed one by one", async (t) => {
  const { server, session, vector_store_id } = await stored(t, { readyAfterMs: 300 });
  server.control.addObject(inStore, { id: "file-other" }, { vector_store_id });
  const file_ids = Array.from({ length: 200 }, (_, index) => `file-${index}`);
  const kept = keptOf(await session.create(name, { vector_store_id, file_ids }));
  assert.equal(indexed(server).length, 201);
  assert.equal(server.requests.filter(({ method }) => method === "POST").length, 1);
  assert.deepEqual([kept.state.status, kept.state.failed_files], ["completed", []]);
  assert.equal(Reflect.get(Object(kept.state.file_counts), "completed"), 200);
  keptOf(await session.refresh(name, kept));
  assert.equal((await session.delete(name, kept)).kept, null);
  assert.deepEqual(indexed(server), ["file-other"]);
});

test("each file may have attributes and a chunking strategy of its own", async (t) => {
  const { server, session, vector_store_id } = await stored(t);
  const chunking = { type: "static", static: { max_chunk_size_tokens: 200, chunk_overlap_tokens: 100 } };
  const files = [
    {
      file_id: "file-1",
      attributes_json: '{"year":2026.0}',
      chunking_strategy_json: JSON.stringify(chunking),
    },
    { file_id: "file-2" },
  ];
  const kept = keptOf(await session.create(name, { vector_store_id, files }));
  const post = server.requests.find(({ method }) => method === "POST");
  assert.match(post?.body ?? "", /2026\.0/);
  assert.deepEqual(JSON.parse(post?.body ?? ""), {
    files: [
      { file_id: "file-1", attributes: { year: 2026 }, chunking_strategy: chunking },
      { file_id: "file-2" },
    ],
  });
  assert.equal((await session.delete(name, kept)).kept, null);
  assert.deepEqual(indexed(server), []);
});

test("files that could not be indexed are a warning with their IDs and reasons, and stand in state", async (t) => {
  const { server, session, vector_store_id } = await stored(t, { readyAfterMs: 60_000 });
  const config = { vector_store_id, file_ids: ["file-1", "file-2", "file-3"] };
  const creating = session.create(name, config);
  await failing(server, ["file-2"], "completed");
  const { titles, details, kept } = await creating;
  assert.deepEqual(titles, ["warning: Files not indexed"]);
  assert.match(
    details[0] ?? "",
    /1 of its files[\s\S]*file-2: The file type is not supported\. \(unsupported_file\)/,
  );
  assert.ok(kept);
  const [failed] = Array.isArray(kept.state.failed_files) ? kept.state.failed_files : [];
  const message = "The file type is not supported.";
  assert.deepEqual({ ...Object(failed) }, { file_id: "file-2", code: "unsupported_file", message });
  const read = keptOf(await session.refresh(name, kept));
  assert.deepEqual(read.state, kept.state);
  assert.ok((await session.plan(name, config, read)).empty);
  const source = keptOf(await session.read(name, { vector_store_id, id: kept.state.id }));
  assert.deepEqual(source.state.failed_files, kept.state.failed_files);
});

for (const status of ["failed", "cancelled"]) {
  test(`a batch that ${status === "failed" ? "fails" : "is cancelled"} is an error with reasons, and is kept`, async (t) => {
    const { server, session, vector_store_id } = await stored(t, { readyAfterMs: 60_000 });
    const creating = session.create(name, { vector_store_id, file_ids: ["file-1", "file-2", "file-3"] });
    await failing(server, ["file-1", "file-2"], status);
    const { titles, details, kept } = await creating;
    assert.deepEqual(titles, ["error: Vector store file batch failed"]);
    assert.match(details[0] ?? "", /not supported/);
    assert.equal(kept?.state.status, status);
  });
}

test("one that still works is cancelled before its files are removed, and an interrupted creation is kept", async (t) => {
  const { server, session, vector_store_id } = await stored(t, { readyAfterMs: 60_000 });
  const timeouts = { create: "1s" };
  const made = await session.create(name, { vector_store_id, file_ids: ["file-1"], timeouts });
  assert.deepEqual(made.titles, ["warning: Vector store file batch not ready yet"]);
  assert.ok(made.kept);
  server.control.clearRequests();
  assert.equal((await session.delete(name, made.kept)).kept, null);
  const below = `/v1/vector_stores/${vector_store_id}`;
  assert.deepEqual(
    server.requests.map(({ method, path }) => `${method} ${path}`),
    [`POST ${below}/file_batches/${made.kept.state.id}/cancel`, `DELETE ${below}/files/file-1`],
  );
});

test("a removal that fails half way keeps the batch in state, and the next one finishes", async (t) => {
  const { server, session, vector_store_id } = await stored(t);
  const file_ids = Array.from({ length: 40 }, (_, index) => `file-${index}`);
  const kept = keptOf(await session.create(name, { vector_store_id, file_ids }));
  server.fault({ method: "DELETE", error: "server_error", times: 1 });
  const failed = await session.delete(name, kept);
  assert.deepEqual([failed.titles, failed.kept?.state], [["error: API failed"], kept.state]);
  assert.ok(indexed(server).length > 0);
  assert.deepEqual((await session.delete(name, kept)).titles, []);
  assert.deepEqual(indexed(server), []);
});

test("another order of the files is no change, other files are another batch", async (t) => {
  const { session, vector_store_id } = await stored(t);
  const kept = keptOf(await session.create(name, { vector_store_id, file_ids: ["file-1", "file-2"] }));
  assert.ok((await session.plan(name, { vector_store_id, file_ids: ["file-2", "file-1"] }, kept)).empty);
  const other = await session.plan(name, { vector_store_id, file_ids: ["file-1"] }, kept);
  assert.deepEqual(other.replaces, ["file_ids"]);
});

test("an import reads the files from the API, however many pages they take", async (t) => {
  const { session, vector_store_id } = await stored(t);
  const file_ids = Array.from({ length: 250 }, (_, index) => `file-${1000 + index}`);
  const config = { vector_store_id, file_ids };
  const kept = keptOf(await session.create(name, config));
  const imported = keptOf(await session.import(name, `${vector_store_id}/${kept.state.id}`));
  assert.deepEqual(imported.state.file_ids, file_ids);
  assert.ok((await session.plan(name, config, imported)).empty);
});

test("bad arguments are errors on them, at validate", async (t) => {
  const { session } = await place(t);
  const file_ids = ["file-1"];
  const many = Array.from({ length: 2001 }, (_, index) => `file-${index}`);
  const overlap = '{"type":"static","static":{"max_chunk_size_tokens":800,"chunk_overlap_tokens":401}}';
  const small = '{"type":"static","static":{"max_chunk_size_tokens":50,"chunk_overlap_tokens":0}}';
  const pairs = JSON.stringify(Object.fromEntries(many.slice(0, 17).map((key) => [key, 1])));
  for (const [given, path, words] of [
    [{}, "", /exactly one/i],
    [{ file_ids, files: [{ file_id: "a" }] }, "files", /file_ids/],
    [{ file_ids: [] }, "file_ids", /empty|from 1/],
    [{ file_ids: many }, "file_ids", /2001|2000/],
    [{ files: [] }, "files", /empty|from 1/],
    [{ files: many.map((file_id) => ({ file_id })) }, "files", /2001|2000/],
    [{ files: [{ file_id: "a" }, { file_id: "a" }] }, "files[1].file_id", /more than once/],
    [{ files: [{ file_id: "a" }], attributes_json: "{}" }, "attributes_json", /files/],
    [
      { files: [{ file_id: "a" }], chunking_strategy_json: '{"type":"auto"}' },
      "chunking_strategy_json",
      /files/,
    ],
    [{ file_ids, chunking_strategy_json: overlap }, "chunking_strategy_json", /half/],
    [{ file_ids, chunking_strategy_json: small }, "chunking_strategy_json", /from 100 to 4096/],
    [
      { files: [{ file_id: "a", chunking_strategy_json: overlap }] },
      "files[0].chunking_strategy_json",
      /half/,
    ],
    [{ file_ids, chunking_strategy_json: '{"static":{}}' }, "chunking_strategy_json", /type/],
    [{ file_ids, attributes_json: '{"a":null}' }, "attributes_json", /string, a number or a boolean/],
    [{ file_ids, attributes_json: '{"a":["b"]}' }, "attributes_json", /string, a number or a boolean/],
    [{ file_ids, attributes_json: pairs }, "attributes_json", /at most 16/],
  ] as const) {
    const { titles, paths, details } = session.validate(name, { vector_store_id: "vs_1", ...given });
    assert.deepEqual([titles.length, paths], [1, [path]], JSON.stringify(given).slice(0, 200));
    assert.match(details[0] ?? "", words);
  }
  for (const given of [
    { files: UNKNOWN },
    { files: [UNKNOWN] },
    { files: [{ file_id: UNKNOWN }, { file_id: UNKNOWN }] },
  ])
    assert.deepEqual(session.validate(name, { vector_store_id: "vs_1", ...given }).titles, []);
  for (const type of ["openai_vector_store_file", "openai_vector_store"]) {
    const file_id = type.endsWith("file") ? { vector_store_id: "vs_1", file_id: "file-1" } : {};
    const { paths } = session.validate(type, { ...file_id, chunking_strategy_json: overlap });
    assert.deepEqual(paths, ["chunking_strategy_json"], type);
  }
});

test("a lost answer is an error that says where its files are, since no list has batches", async (t) => {
  const { server, session, vector_store_id } = await stored(t);
  server.fault({ method: "POST", reset: "headers" });
  const { titles, details, kept } = await session.create(name, { vector_store_id, file_ids: ["file-1"] });
  assert.deepEqual([titles.length, kept ?? null], [1, null], titles.join());
  assert.match(details.join(), /lists no file batches.*"openai_vector_store_files"/s);
  assert.equal(server.requests.filter(({ method }) => method === "POST").length, 1);
});
