import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { OpenAIServer } from "../../../support/openai-server/server.ts";
import { keptOf, place } from "./support.ts";

const name = "openai_vector_store";
const path = "vector_stores";

describe("a vector store", { concurrency: 8 }, () => {
  it("its first files are waited for", async (t) => {
    const { session } = await place(t, { readyAfterMs: 900 });
    const { state } = keptOf(await session.create(name, { file_ids: ["file-1", "file-2"] }));
    assert.deepEqual([state.status, state.file_ids], ["completed", ["file-1", "file-2"]]);
  });

  it("what takes longer than its time is kept with a warning, and read by the next plan", async (t) => {
    const { server, session } = await place(t, { readyAfterMs: 3_600_000 });
    const { titles, details, kept } = await session.create(name, {
      name: "slow",
      timeouts: { create: "2s" },
    });
    assert.deepEqual(titles, ["warning: Vector store not ready yet"]);
    assert.match(details[0] ?? "", /"in_progress" at the end of the time/);
    assert.ok(kept);
    server.control.advance(3_600_000);
    const read = keptOf(await session.refresh(name, kept));
    assert.equal(read.state.status, "completed");
  });

  it("an argument that is left out stays null, whatever the API chose, and {} stays {}", async (t) => {
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

  it("an update sends null for what is taken away, and an expiry as a whole", async (t) => {
    const { server, session } = await place(t);
    const given = {
      name: "a",
      metadata: { team: "x" },
      expires_after: { anchor: "last_active_at", days: 1 },
    };
    const kept = keptOf(await session.create(name, given));
    await session.update(name, kept, { expires_after: { anchor: "last_active_at", days: 2 } });
    const post = server.requests.findLast(({ method }) => method === "POST");
    assert.deepEqual(JSON.parse(post?.body ?? ""), {
      name: null,
      metadata: null,
      expires_after: { anchor: "last_active_at", days: 2 },
    });
  });

  it("an update that the API accepts and does not carry out is an error on its argument", async (t) => {
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
    it(`another ${what} replaces it`, async (t) => {
      const { session } = await place(t);
      const config = { description: "a", file_ids: ["file-1"] };
      const kept = keptOf(await session.create(name, config));
      assert.deepEqual((await session.plan(name, { ...config, ...given }, kept)).replaces, replaces);
    });
  }

  it("a file that cannot be indexed is an error with the API's reason, and is kept", async (t) => {
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

  it("a chunking strategy that was left to the API is no difference from what it chose", async (t) => {
    const { server, session } = await place(t);
    const store = server.control.addObject(path, {});
    const type = "openai_vector_store_file";
    const config = {
      vector_store_id: store.id,
      file_id: "file-1",
      chunking_strategy_json: '{"type":"auto"}',
    };
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

  it("attributes in another layout, and a chunking strategy with defaults added, are no difference", async (t) => {
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
      chunking_strategy: {
        type: "static",
        static: { max_chunk_size_tokens: 800, chunk_overlap_tokens: 400 },
      },
    });
    const read = keptOf(await session.refresh(type, kept));
    assert.equal(read.state.attributes_json, config.attributes_json);
    assert.ok((await session.plan(type, config, read)).empty);
  });

  /** Waits until a creation that is under way has made its object. */
  async function made(server: OpenAIServer, at: string): Promise<string> {
    for (;;) {
      const [first] = server.control.objects.all(at);
      if (first !== undefined) return first.id;
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  }

  it("a store that is done, and has first files that could not be indexed, is kept with a warning", async (t) => {
    const { server, session } = await place(t, { readyAfterMs: 60_000 });
    const creating = session.create(name, { name: "a", file_ids: ["file-1", "file-2"] });
    const file_counts = { total: 2, completed: 1, failed: 1, in_progress: 0, cancelled: 0 };
    server.control.changeObject(path, await made(server, path), { status: "completed", file_counts });
    const { titles, details, kept } = await creating;
    assert.deepEqual([titles, kept?.state.status], [["warning: Files not indexed"], "completed"]);
    assert.match(details.join(), /1 of its files could not be indexed[\s\S]*filter = "failed"/);
  });

  it("an API in trouble during the wait taints nothing, and what it says is no word on the creation", async (t) => {
    const { server, session } = await place(t, { readyAfterMs: 1_000 });
    const creating = session.create(name, { name: "a" });
    await made(server, path);
    server.fault({ method: "GET", error: "server_error", times: 2 });
    assert.equal(keptOf(await creating).state.status, "completed");
    const other = session.create(name, { name: "b", timeouts: { create: "2s" } });
    server.fault({ method: "GET", error: "server_error", times: "always" });
    const { titles, details, kept } = await other;
    assert.deepEqual([titles, kept?.state.status], [["warning: API failed"], "in_progress"]);
    assert.match(details.join(), /was created, and could not be read again while it was waited for/);
    assert.doesNotMatch(details.join(), /may have been carried out|creates another one/);
  });

  it("a key that is refused during the wait is an error at once, and says what becomes of the object", async (t) => {
    const { server, session } = await place(t, { readyAfterMs: 60_000 });
    const creating = session.create(name, { name: "a" });
    server.fault({ method: "GET", error: "no_api_key", times: "always" });
    const { titles, details, kept } = await creating;
    assert.deepEqual([titles, kept?.state.status], [["error: API key refused"], "in_progress"]);
    assert.match(details.join(), /kept in state as tainted/);
  });

  for (const [how, type, files] of [
    ["a file", "openai_vector_store_file", (id: string) => ({ file_id: id })],
    ["a batch of files", "openai_vector_store_file_batch", (id: string) => ({ file_ids: [id] })],
  ] as const) {
    it(`${how} that was added before the old one goes stays in the store, and goes with its own state`, async (t) => {
      const { server, session } = await place(t);
      const store = server.control.addObject(path, {});
      const config = { vector_store_id: store.id, ...files("file-1") };
      const chunking_strategy_json =
        '{"type":"static","static":{"max_chunk_size_tokens":400,"chunk_overlap_tokens":0}}';
      const inStore = () =>
        server.requests.filter(({ method, path }) => method === "DELETE" && path.includes("file-1"));
      const old = keptOf(await session.create(type, config));
      const replacing = keptOf(await session.create(type, { ...config, chunking_strategy_json }));
      assert.deepEqual([(await session.delete(type, old)).titles, inStore()], [[], []]);
      assert.equal((await session.delete(type, replacing)).kept, null);
      assert.equal(inStore().length, 1);
    });
  }

  it("one file of a store that replaces a batch of them keeps the file there", async (t) => {
    const { server, session } = await place(t);
    const store = server.control.addObject(path, {});
    const batch = "openai_vector_store_file_batch";
    const old = keptOf(
      await session.create(batch, { vector_store_id: store.id, file_ids: ["file-1", "file-2"] }),
    );
    keptOf(
      await session.create("openai_vector_store_file", { vector_store_id: store.id, file_id: "file-1" }),
    );
    await session.delete(batch, old);
    const gone = server.requests
      .filter(({ method }) => method === "DELETE")
      .map(({ path }) => path.split("/").at(-1));
    assert.deepEqual(gone, ["file-2"]);
  });

  for (const [type, config, at] of [
    [name, { name: "a", metadata: { team: "x" } }, path],
    [
      "openai_vector_store_file",
      { vector_store_id: "vs_1", file_id: "file-1" },
      `${path}/{vector_store_id}/files`,
    ],
    ["openai_container", { name: "a" }, "containers"],
    [
      "openai_container_file",
      { container_id: "cntr_1", content: "x", filename: "x.txt" },
      "containers/{container_id}/files",
    ],
    ["openai_file", { content: "x", filename: "x.txt", purpose: "user_data" }, "files"],
  ] as const) {
    it(`${type}: a lost answer is found again, and what this run has already is not taken for it`, async (t) => {
      const { server, session } = await place(t);
      server.control.addObject(path, { id: "vs_1" });
      server.control.addObject("containers", { id: "cntr_1", name: "other" });
      server.fault({ method: "POST", reset: "headers" });
      const { titles, kept } = await session.create(type, config);
      assert.deepEqual(titles, ["warning: Answer lost, and found again"]);
      assert.equal(kept?.state.id, server.control.objects.all(at).at(-1)?.id);
      assert.ok(kept && (await session.plan(type, config, kept)).empty);
      if (type === "openai_vector_store_file") return;
      server.fault({ method: "POST", reset: "before" });
      const none = await session.create(type, { ...config, timeouts: { create: "3s" } });
      assert.deepEqual(
        [none.titles.length, none.titles[0]?.startsWith("error")],
        [1, true],
        none.titles.join(),
      );
    });
  }

  it("a blank ID in a list is an error on its element", async (t) => {
    const { session } = await place(t);
    for (const [type, config, at] of [
      [name, { file_ids: ["file-1", ""] }, "file_ids[1]"],
      ["openai_container", { name: "a", file_ids: [" "] }, "file_ids[0]"],
      ["openai_role", { role_name: "Reader", permissions: ["api.files.read", ""] }, "permissions[1]"],
    ] as const) {
      const { paths, details } = session.validate(type, config);
      assert.deepEqual(paths, [at], details.join());
    }
  });

  it("a file that was added anew by an earlier run stays in the store, where the old one is removed", async (t) => {
    const { server, session } = await place(t);
    const store = server.control.addObject(path, {});
    const type = "openai_vector_store_file";
    const config = { vector_store_id: store.id, file_id: "file-1" };
    const removed = () => server.requests.filter(({ method }) => method === "DELETE").length;
    const old = keptOf(await session.refresh(type, keptOf(await session.create(type, config))));
    server.control.advance(60_000);
    const replacing = keptOf(await session.create(type, config));
    // Another run, which has created nothing: the deposed object is refreshed as every other one.
    const later = session.with({});
    const deposed = keptOf(await later.refresh(type, old));
    const current = keptOf(await later.refresh(type, replacing));
    const { titles, details, kept } = await later.delete(type, deposed);
    assert.deepEqual([titles, kept, removed()], [["warning: Vector store file stays where it is"], null, 0]);
    assert.match(details.join(), /"file-1" was added anew/);
    assert.deepEqual([(await later.delete(type, current)).titles, removed()], [[], 1]);
  });

  it("a number of an attribute that the API rounds stays as it is written, without a plan that sends it again", async (t) => {
    const { server, session } = await place(t);
    const store = server.control.addObject(path, {});
    const type = "openai_vector_store_file";
    const config = {
      vector_store_id: store.id,
      file_id: "file-1",
      attributes_json: '{"n":9007199254740993}',
    };
    const kept = keptOf(await session.create(type, config));
    const files = `${path}/{vector_store_id}/files`;
    server.control.changeObject(files, "file-1", { attributes: { n: 9007199254740992 } });
    const read = keptOf(await session.refresh(type, kept));
    assert.equal(read.state.attributes_json, config.attributes_json);
    assert.ok((await session.plan(type, config, read)).empty);
    const updated = keptOf(
      await session.update(type, read, { ...config, attributes_json: '{"n":9007199254740995}' }),
    );
    assert.equal(updated.state.attributes_json, '{"n":9007199254740995}');
    server.control.changeObject(files, "file-1", { attributes: { n: 7 } });
    assert.equal(keptOf(await session.refresh(type, updated)).state.attributes_json, '{"n":7}');
  });
});
