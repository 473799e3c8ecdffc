import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { objectKinds } from "../../support/openai-server/objects/kinds.ts";
import { formParts } from "../../support/openai-server/objects/multipart.ts";
import type { OpenAIServer } from "../../support/openai-server/server.ts";
import { againstOutsideData } from "../../support/outside-data.ts";
import { ask, errorOf, get, serve } from "./openai-server-client.ts";

async function made(server: OpenAIServer, path: string, body: object): Promise<Record<string, unknown>> {
  const answer = await ask(server, "POST", path, { body });
  assert.equal(answer.status, 200, answer.text);
  return JSON.parse(answer.text);
}

async function upload(
  server: OpenAIServer,
  content: Uint8Array<ArrayBuffer>,
  fields: Record<string, string> = {},
) {
  const form = new FormData();
  for (const [name, value] of Object.entries({ purpose: "user_data", ...fields })) form.set(name, value);
  form.set("file", new Blob([content]), "a.bin");
  const answer = await fetch(`${server.url}/files`, {
    method: "POST",
    headers: { authorization: "Bearer sk-test" },
    body: form,
  });
  const body: { id: string; [name: string]: unknown } = JSON.parse(await answer.text());
  return { status: answer.status, body };
}

test("an object is created from the sample and the parameters, read, updated, listed and deleted", async (t) => {
  const server = await serve(t);
  const store = await made(server, "/vector_stores", { name: "docs", metadata: { team: "a" } });
  assert.deepEqual([store.name, store.metadata, store.status], ["docs", { team: "a" }, "completed"]);
  const path = `/vector_stores/${store.id}`;
  assert.deepEqual(JSON.parse((await get(server, path)).text), store);
  await ask(server, "POST", path, { body: { name: null, metadata: null } });
  const updated = JSON.parse((await get(server, path)).text);
  assert.deepEqual([updated.name, updated.metadata], [null, {}]);
  const deleted = await ask(server, "DELETE", path);
  assert.deepEqual(JSON.parse(deleted.text), { id: store.id, object: "vector_store.deleted", deleted: true });
  assert.deepEqual(errorOf(await get(server, path)), [404, "invalid_request_error", null, null]);
});

test("a sub-object belongs to its parent, and goes with it", async (t) => {
  const server = await serve(t);
  const store = await made(server, "/vector_stores", {});
  const path = `/vector_stores/${store.id}/files`;
  const file = await made(server, path, { file_id: "file-1", attributes: { year: 2026 } });
  assert.deepEqual([file.id, file.vector_store_id, file.attributes], ["file-1", store.id, { year: 2026 }]);
  assert.equal((await get(server, "/vector_stores/vs_other/files/file-1")).status, 404);
  await ask(server, "DELETE", `/vector_stores/${store.id}`);
  assert.equal((await get(server, `${path}/file-1`)).status, 404);
});

test("a list has cursors, order and filters", async (t) => {
  const server = await serve(t);
  const ids: unknown[] = [];
  for (let count = 0; count < 5; count += 1) ids.push((await made(server, "/vector_stores", {})).id);
  const page = JSON.parse((await get(server, `/vector_stores?limit=2&after=${ids[3]}`)).text);
  assert.deepEqual([page.first_id, page.last_id, page.has_more], [ids[2], ids[1], true]);
  const oldest = JSON.parse((await get(server, "/vector_stores?limit=1&order=asc")).text);
  assert.equal(oldest.data[0].id, ids[0]);
  assert.deepEqual(errorOf(await get(server, "/vector_stores?after=vs_none")).slice(0, 3), [
    400,
    "invalid_request_error",
    "after",
  ]);
  await upload(server, new Uint8Array([1]), { purpose: "batch" });
  const files = JSON.parse((await get(server, "/files?purpose=vision")).text);
  assert.deepEqual(files.data, []);
});

test("an upload keeps every byte, and its form's nested fields", async (t) => {
  const server = await serve(t);
  const content = new Uint8Array(Array.from({ length: 4096 }, (_, index) => index % 256));
  const { body } = await upload(server, content, {
    "expires_after[anchor]": "created_at",
    "expires_after[seconds]": "3600",
  });
  assert.deepEqual([body.bytes, body.filename, body.purpose], [4096, "a.bin", "user_data"]);
  assert.equal(body.expires_at, Number(body.created_at) + 3600);
  assert.deepEqual(server.control.objects.peek("files", body.id)?.content, Buffer.from(content));
  assert.deepEqual(errorOf(await ask(server, "POST", "/files", { body: {} }))[0], 400);
});

test("a status goes forward with time, and to any other on command", async (t) => {
  const server = await serve(t, { readyAfterMs: 60_000 });
  const store = await made(server, "/vector_stores", { file_ids: ["file-1"] });
  const status = async () => JSON.parse((await get(server, `/vector_stores/${store.id}`)).text).status;
  assert.equal(await status(), "in_progress");
  server.control.advance(60_000);
  assert.equal(await status(), "completed");
  server.control.changeObject("vector_stores", String(store.id), { status: "expired" });
  assert.equal(await status(), "expired");
});

test("a new object is visible after a while, and to its own project only", async (t) => {
  const server = await serve(t, { visibleAfterMs: 60_000 });
  const path = `/vector_stores/${(await made(server, "/vector_stores", {})).id}`;
  assert.equal((await get(server, path)).status, 404);
  server.control.advance(60_000);
  assert.equal((await get(server, path)).status, 200);
  assert.equal((await get(server, path, { key: "sk-other" })).status, 404);
});

test("unknown parameters, missing ones and methods that are not there are refused", async (t) => {
  const server = await serve(t);
  const unknown = await ask(server, "POST", "/vector_stores", { body: { nme: "x" } });
  assert.deepEqual(errorOf(unknown), [400, "invalid_request_error", "nme", "unknown_parameter"]);
  const store = await made(server, "/vector_stores", {});
  const missing = await ask(server, "POST", `/vector_stores/${store.id}/files`, { body: {} });
  assert.deepEqual(errorOf(missing).slice(2), ["file_id", "missing_required_parameter"]);
  assert.equal((await ask(server, "DELETE", "/models/gpt-6-luna")).status, 405);
  assert.equal((await ask(server, "POST", "/files/file-1", { body: {} })).status, 404);
});

test("a form with a boundary that its content nearly has is read whole", () => {
  const body = Buffer.from(
    '--b\r\nContent-Disposition: form-data; name="file"; filename="x"\r\n\r\n\r\n--a\r\n-\r\n--b--\r\n',
  );
  assert.equal(String(formParts("multipart/form-data; boundary=b", body)?.[0]?.content), "\r\n--a\r\n-");
  assert.equal(formParts("application/json", body), undefined);
  assert.equal(formParts("multipart/form-data; boundary=b", body.subarray(0, 40)), undefined);
});

/** Recorded answers and the kind whose sample they are compared with. */
const recordings: readonly [file: string, path: string][] = [
  ["get-models-id.200.1", "models"],
  ["get-files-id.200.1", "files"],
  ["post-files.200.1", "files"],
  ["post-vector_stores.200.1", "vector_stores"],
  ["post-vector_stores.200.3", "vector_stores"],
  ["post-vector_stores-id-files.200.1", "vector_stores/{vector_store_id}/files"],
];

againstOutsideData((data) => {
  for (const [file, path] of recordings) {
    const name = join(data, "data", "openai", "recorded", `${file}.json`);
    test(`${file} has the members of the sample of ${path}`, () => {
      const recorded = JSON.parse(readFileSync(name, "utf8")).response.body;
      const sample = objectKinds.find((kind) => kind.path === path)?.sample ?? {};
      // Newer than the recordings: the published type has it.
      const newer = path === "models" ? ["shutdown_date"] : [];
      assert.deepEqual(
        Object.keys(sample)
          .filter((key) => !newer.includes(key))
          .sort(),
        Object.keys(recorded).sort(),
      );
      for (const [key, value] of Object.entries(recorded)) {
        const own = Reflect.get(sample, key);
        if (value !== null && own !== null) assert.equal(typeof own, typeof value, key);
      }
    });
  }
});
