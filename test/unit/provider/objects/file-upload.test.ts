import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { mkdtempSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { OpenAIError } from "../../../../src/openai/index.ts";
import { mayBeCarriedOut } from "../../../../src/provider/explain/explain.ts";
import { type LargeFile, uploadInParts } from "../../../../src/provider/objects/file-upload.ts";
import { silent } from "../../../support/fake-provider.ts";
import type { Fault } from "../../../support/openai-server/faults.ts";
import { startOpenAIServer } from "../../../support/openai-server/server.ts";
import { accessOf, configured } from "../support.ts";

const bytes = Buffer.from(Array.from({ length: 100_003 }, (_, index) => (index * 31) % 256));
const sizes = { part: 10_000, parallel: 3 };

async function place(t: TestContext, maxRetries = 2) {
  const server = await startOpenAIServer({ completions: [] });
  const folder = mkdtempSync(join(tmpdir(), "upload-"));
  t.after(() => Promise.all([server.close(), rmSync(folder, { recursive: true, force: true })]));
  const path = join(folder, "examples.jsonl");
  writeFileSync(path, bytes);
  const access = accessOf(configured({ api_key: "sk-test", base_url: server.url, max_retries: maxRetries }));
  assert.ok(!Array.isArray(access));
  const stop = new AbortController();
  const sending = { access, timeLeft: () => 20_000, signal: stop.signal, log: silent };
  const file: LargeFile = {
    path,
    size: bytes.length,
    md5: createHash("md5").update(bytes).digest("hex"),
    filename: "examples.jsonl",
    purpose: "fine-tune",
    expiresAfter: { anchor: "created_at", seconds: 3600 },
  };
  const upload = (given: Partial<LargeFile> = {}) => uploadInParts({ ...file, ...given }, sending, sizes);
  const paths = () =>
    server.requests.map(({ path: each }) => each.replace(/^.*uploads\/?(?:upload_\w+)?/, ""));
  const uploads = () => server.control.objects.all("uploads");
  const put = (fault: Fault) => server.fault(fault);
  return { server, upload, paths, uploads, put, path, stop };
}

test("a file goes up in parts, is put together in its order, and is the answer", async (t) => {
  const { server, upload, paths } = await place(t);
  const { body } = await upload();
  const id = String(body.get("id"));
  assert.deepEqual(server.control.objects.peek("files", id)?.content, bytes);
  assert.deepEqual([body.get("filename"), body.get("purpose")], ["examples.jsonl", "fine-tune"]);
  assert.equal(paths().filter((each) => each === "/parts").length, 11);
  const [begun] = server.requests;
  assert.deepEqual(JSON.parse(begun?.body ?? ""), {
    filename: "examples.jsonl",
    purpose: "fine-tune",
    bytes: bytes.length,
    mime_type: "text/jsonl",
    expires_after: { anchor: "created_at", seconds: 3600 },
  });
});

test("a part that fails is sent again, and no other", async (t) => {
  const { upload, paths, put } = await place(t);
  put({ path: "/parts", error: "server_error", times: 2 });
  await upload();
  assert.equal(paths().filter((each) => each === "/parts").length, 13);
  assert.equal(paths().filter((each) => each === "/complete").length, 1);
});

test("an upload that cannot be finished is cancelled, and no other part is begun", async (t) => {
  const { server, upload, paths, uploads, put } = await place(t, 0);
  put({ path: "/parts", error: "missing_scopes_403", times: "always" });
  await assert.rejects(upload(), OpenAIError);
  assert.ok(paths().filter((each) => each === "/parts").length <= sizes.parallel);
  assert.deepEqual([uploads()[0]?.body.status, server.control.objects.all("files")], ["cancelled", []]);
});

test("what arrives otherwise than it was hashed is no file", async (t) => {
  const { server, upload, uploads } = await place(t);
  await assert.rejects(upload({ md5: "0".repeat(32) }), /./);
  assert.deepEqual([uploads()[0]?.body.status, server.control.objects.all("files")], ["cancelled", []]);
});

test("a file that became shorter is an error of its own", async (t) => {
  const { upload, uploads, path } = await place(t);
  truncateSync(path, 50_000);
  await assert.rejects(upload(), (thrown) => thrown instanceof OpenAIError && thrown.kind === "file_changed");
  assert.equal(uploads()[0]?.body.status, "cancelled");
});

test("Ctrl-C ends it in the middle, and cancels the upload", async (t) => {
  const { upload, uploads, paths, put, stop } = await place(t);
  put({ path: "/parts", delayMs: 10_000, times: "always" });
  const timer = setInterval(() => paths().includes("/parts") && stop.abort(), 5);
  t.after(() => clearInterval(timer));
  const started = performance.now();
  await assert.rejects(upload(), (thrown) => thrown instanceof OpenAIError && thrown.kind === "aborted");
  assert.ok(performance.now() - started < 5_000);
  assert.equal(uploads()[0]?.body.status, "cancelled");
});

test("only the failure of the completion may have made a file, and its answer names an upload", async (t) => {
  for (const [path, mayBeMade] of [
    ["/uploads", false],
    ["/parts", false],
    ["/complete", true],
  ] as const) {
    const { upload, put } = await place(t, 0);
    put({ method: "POST", path, cutAfter: 40, times: "always" });
    const thrown = await upload().catch((error: unknown) => error);
    assert.ok(thrown instanceof OpenAIError);
    assert.deepEqual([mayBeCarriedOut(thrown), thrown.failure.objectId], [mayBeMade, undefined], path);
  }
});

test("an ID of an upload that is part of no URL is an error of the answer", async (t) => {
  const { upload, put } = await place(t, 0);
  put({ path: "/uploads", body: { id: "a/b", object: "upload" } });
  await assert.rejects(upload(), { kind: "unexpected_shape" });
});

test("a lost answer to the completion is not asked for again", async (t) => {
  const { upload, paths, put } = await place(t);
  put({ path: "/complete", reset: "headers" });
  await assert.rejects(upload(), OpenAIError);
  assert.equal(paths().filter((each) => each === "/complete").length, 1);
});
