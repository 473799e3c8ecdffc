import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { mkdtempSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { ProviderSession } from "../../../support/provider-session.ts";
import { keptOf, place } from "./support.ts";

const name = "openai_file";
const sha256 = (content: string | Buffer) => createHash("sha256").update(content).digest("hex");

function fileWith(t: TestContext, content: string | Buffer, filename = "data.bin"): string {
  const folder = mkdtempSync(join(tmpdir(), "file-"));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  const path = join(folder, filename);
  writeFileSync(path, content);
  return path;
}

test("a file is uploaded byte by byte, and named as its path ends", async (t) => {
  const { server, session } = await place(t);
  const bytes = Buffer.from(Array.from({ length: 300_000 }, (_, index) => (index * 7) % 256));
  const path = fileWith(t, bytes, "ä b.bin");
  const config = { path, purpose: "user_data", expires_after: { anchor: "created_at", seconds: 3600 } };
  const { state } = keptOf(await session.create(name, config));
  assert.deepEqual(server.control.objects.peek("files", String(state.id))?.content, bytes);
  assert.deepEqual([state.filename, state.bytes, state.content_sha256], ["ä b.bin", 300_000, sha256(bytes)]);
  assert.equal(state.expires_at, Number(state.created_at) + 3600);
});

test("another content replaces the file, the same content at another path does not", async (t) => {
  const { server, session } = await place(t);
  const path = fileWith(t, "one");
  const kept = keptOf(await session.create(name, { path, purpose: "user_data" }));
  const moved = { path: fileWith(t, "one"), purpose: "user_data" };
  const plan = await session.plan(name, moved, kept);
  assert.deepEqual([plan.replaces, plan.empty], [[], false]);
  server.control.clearRequests();
  assert.equal(keptOf(await session.update(name, kept, moved)).state.path, moved.path);
  assert.deepEqual(server.requests, [], "the path is the provider's own business");
  writeFileSync(path, "two");
  const changed = await session.plan(name, { path, purpose: "user_data" }, kept);
  assert.deepEqual(changed.replaces, ["content_sha256"]);
  assert.equal(changed.planned.content_sha256, sha256("two"));
});

for (const [what, config, replaces] of [
  ["purpose", { purpose: "vision" }, ["purpose"]],
  ["filename", { filename: "b.txt" }, ["filename"]],
  ["content", { content: "other" }, ["content_sha256"]],
] as const) {
  test(`another ${what} replaces the file`, async (t) => {
    const { session } = await place(t);
    const given = { content: "text", filename: "a.txt", purpose: "user_data" };
    const kept = keptOf(await session.create(name, given));
    assert.deepEqual((await session.plan(name, { ...given, ...config }, kept)).replaces, replaces);
  });
}

test("a write-only content is sent and stays out of plan and state", async (t) => {
  const { server, session } = await place(t);
  const config = {
    content_wo: "secret text",
    content_wo_version: 1,
    filename: "s.txt",
    purpose: "user_data",
  };
  const plan = await session.plan(name, config);
  assert.doesNotMatch(JSON.stringify(plan.planned), /secret text|[0-9a-f]{64}/);
  const kept = keptOf(await session.create(name, config));
  assert.doesNotMatch(JSON.stringify(kept.state), /secret text|[0-9a-f]{64}/);
  assert.equal(String(server.control.objects.peek("files", String(kept.state.id))?.content), "secret text");
  assert.ok((await session.plan(name, config, kept)).empty);
  const next = await session.plan(name, { ...config, content_wo_version: 2 }, kept);
  assert.deepEqual(next.replaces, ["content_wo_version"]);
});

test("an import is taken over with what may be its content, and replaced by one of another size", async (t) => {
  const { session } = await place(t);
  const config = { content: "one", filename: "a.txt", purpose: "user_data" };
  const id = String(keptOf(await session.create(name, config)).state.id);
  const replaces = async (other: object) => {
    const imported = keptOf(await session.import(name, id));
    return (await session.plan(name, { ...config, ...other }, imported)).replaces;
  };
  assert.deepEqual(await replaces({}), []);
  assert.deepEqual(await replaces({ content: "three" }), ["content_sha256"]);
  assert.deepEqual(await replaces({ content: null, path: fileWith(t, "three", "a.txt") }), [
    "content_sha256",
  ]);
  assert.deepEqual(await replaces({ content: null, path: fileWith(t, "two", "a.txt") }), []);
});

test("a file that gets another content of the same size while it is sent is an error, and nothing is created", async (t) => {
  const path = fileWith(t, Buffer.alloc(8_000_000, "a"));
  let received = 0;
  const server = createServer((request, response) => {
    request.on("error", () => {});
    request.once("data", () => {
      request.pause();
      writeFileSync(path, Buffer.alloc(8_000_000, "b"));
      request.resume();
    });
    request.on("end", () => {
      received += 1;
      response.writeHead(200, { "content-type": "application/json" });
      response.end('{"id":"file-1","object":"file","bytes":8000000}');
    });
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  t.after(() => server.closeAllConnections());
  t.after(() => server.close());
  const port = Reflect.get(Object(server.address()), "port");
  const session = new ProviderSession({
    base_url: `http://127.0.0.1:${port}/v1`,
    api_key: "sk-test",
    max_retries: 0,
  });
  const { titles, kept } = await session.create(name, { path, purpose: "user_data" });
  assert.deepEqual([titles, kept ?? null, received], [["error: File changed while it was sent"], null, 0]);
});

test("a file that changes between plan and apply is an error, and nothing is uploaded", async (t) => {
  const { server, session } = await place(t);
  const path = fileWith(t, "planned");
  const config = { path, purpose: "user_data" };
  const plan = await session.plan(name, config);
  writeFileSync(path, "changed");
  const applied = await session.apply(name, { ...plan, prior: null, given: config });
  assert.deepEqual([applied.titles, applied.paths], [["error: File changed since the plan"], ["path"]]);
  assert.deepEqual([applied.kept, server.requests], [null, []]);
});

test("a file that is not there says what to do where the same apply writes it", async (t) => {
  const { session } = await place(t);
  const { titles, details, paths } = await session.plan(name, {
    path: "none/written-later.txt",
    purpose: "user_data",
  });
  assert.deepEqual([titles, paths], [["error: File cannot be read"], ["path"]]);
  assert.match(
    details.join(),
    /does not exist[\s\S]*set its text as content, or write it first with terraform apply -target=/,
  );
});

test("what cannot be uploaded is an error on its argument, at plan", async (t) => {
  const { server, session } = await place(t);
  const folder = join(fileWith(t, "x"), "..");
  const tooLarge = fileWith(t, "x");
  // A file with a hole takes no room on the disk.
  truncateSync(tooLarge, 8 * 1024 ** 3 + 1);
  for (const [given, path, title] of [
    [{ path: join(folder, "missing.txt") }, "path", "File cannot be read"],
    [{ path: folder }, "path", "Not a file"],
    [{ path: join(folder, "data.bin", "below") }, "path", "File cannot be read"],
    [{ path: fileWith(t, "") }, "path", "Empty file"],
    [{ content: "", filename: "a" }, "content", "Empty file"],
    [{ path: tooLarge }, "path", "File too large"],
  ] as const) {
    const plan = await session.plan(name, { ...given, purpose: "user_data" });
    assert.deepEqual([plan.titles, plan.paths], [[`error: ${title}`], [path]], JSON.stringify(given));
  }
  assert.deepEqual(server.requests, []);
});

test("arguments that exclude or need each other", async (t) => {
  const { session } = await place(t);
  const base = { purpose: "user_data" };
  for (const [given, path] of [
    [{ path: "a", content: "b", filename: "c" }, "content"],
    [{ content: "b" }, "content"],
    [{ content_wo: "b", filename: "c" }, "content_wo"],
    [{ path: "a", content_wo_version: 1 }, "content_wo_version"],
    [{ path: "a", purpose: "world_domination" }, "purpose"],
    [{ path: " " }, "path"],
    [{ path: "a", expires_after: { anchor: "created_at", seconds: 60 } }, "expires_after.seconds"],
    [{ path: "a", expires_after: { anchor: "now", seconds: 3600 } }, "expires_after.anchor"],
  ] as const) {
    const { titles, paths } = session.validate(name, { ...base, ...given });
    assert.deepEqual([titles.length, paths], [1, [path]], JSON.stringify(given));
  }
});

test("an upload needs a content, and the configuration of an import needs none", async (t) => {
  const { server, session } = await place(t);
  const bare = { purpose: "user_data", filename: "a.txt" };
  assert.deepEqual(session.validate(name, bare).titles, []);
  const created = await session.plan(name, bare);
  assert.deepEqual([created.titles, created.paths], [["error: Missing argument"], [""]]);
  const kept = keptOf(await session.create(name, { ...bare, content: "x" }));
  const imported = keptOf(await session.import(name, String(kept.state.id)));
  const plan = await session.plan(name, bare, imported);
  assert.deepEqual([plan.titles, plan.replaces, plan.empty], [[], [], true]);
  server.control.clearRequests();
  const dropped = keptOf(await session.update(name, kept, bare));
  assert.deepEqual([dropped.state.id, dropped.state.content], [kept.state.id, null]);
  assert.deepEqual(server.requests, [], "the file stays where its content is no longer written");
});

test("an end that an imported file was not uploaded with has no effect, and that is said", async (t) => {
  const { server, session } = await place(t);
  const config = { content: "one", filename: "a.txt", purpose: "user_data" };
  const kept = keptOf(await session.create(name, config));
  const seconds = 7_200;
  const expiring = { ...config, expires_after: { anchor: "created_at", seconds } };
  const titlesOf = async (given: object) => {
    const imported = keptOf(await session.import(name, String(kept.state.id)));
    const { titles, paths } = await session.plan(name, { ...expiring, ...given }, imported);
    return [titles, paths];
  };
  assert.deepEqual(await titlesOf({}), [["warning: expires_after has no effect"], ["expires_after"]]);
  assert.deepEqual(await titlesOf({ content: "longer" }), [[], []], "another file is uploaded, with it");
  const expires_at = Number(kept.state.created_at) + seconds;
  server.control.changeObject("files", String(kept.state.id), { expires_at });
  assert.deepEqual(await titlesOf({}), [[], []], "it is so already");
});

test("an import is adopted in place by the configuration of what was uploaded", async (t) => {
  const { session } = await place(t);
  const path = fileWith(t, "same", "same.txt");
  const config = { path, purpose: "user_data" };
  const kept = keptOf(await session.create(name, config));
  const imported = keptOf(await session.import(name, String(kept.state.id)));
  assert.deepEqual([imported.state.path, imported.state.content_sha256], [null, null]);
  const plan = await session.plan(name, config, imported);
  assert.deepEqual([plan.replaces, plan.planned.content_sha256], [[], sha256("same")]);
  const adopted = keptOf(await session.update(name, imported, config));
  assert.ok((await session.plan(name, config, adopted)).empty);
  writeFileSync(path, "other");
  assert.deepEqual((await session.plan(name, config, adopted)).replaces, ["content_sha256"]);
});

test("files are listed page by page, by purpose, and up to a limit", async (t) => {
  const { server, session } = await place(t);
  for (let count = 0; count < 250; count += 1) {
    server.control.addObject("files", { id: `file-${count}`, purpose: count % 2 === 0 ? "batch" : "vision" });
  }
  const all = keptOf(await session.read("openai_files", {}));
  assert.equal(Array.isArray(all.state.ids) && all.state.ids.length, 250);
  assert.equal(server.requests.length, 3);
  const batch = keptOf(await session.read("openai_files", { purpose: "batch", order: "asc", limit: 3 }));
  assert.deepEqual(batch.state.ids, ["file-0", "file-2", "file-4"]);
  assert.equal(server.requests.at(-1)?.query.get("limit"), "3");
});

const line = (id: string) => `{"custom_id":"${id}","method":"POST","url":"/v1/responses","body":{}}\n`;

for (const [what, purpose, content, words] of [
  ["a batch with a broken line", "batch", `${line("a")}\n{"custom_id":\n`, /line 3, column \d+, is not JSON/],
  [
    "a batch with a custom ID twice",
    "batch",
    line("a") + line("b") + line("a"),
    /line 3 repeats the custom_id "a" of line 1/,
  ],
  ["a batch without custom IDs", "batch", "{}\n", /line 1 has no custom_id/],
  ["an example that is no object", "fine-tune", "{}\n[1]", /line 2 is no JSON object/],
  ["examples in one list", "fine-tune", "[\n{}\n]", /line 1, column \d+, is not JSON/],
] as const) {
  test(`${what} is an error on its argument, with the line`, async (t) => {
    const { server, session } = await place(t);
    const path = fileWith(t, content, "data.jsonl");
    const wo = { content_wo: content, content_wo_version: 1, filename: "a.jsonl" };
    for (const given of [{ path }, { content, filename: "a.jsonl" }]) {
      const plan = await session.plan(name, { ...given, purpose });
      assert.deepEqual(
        [plan.titles, plan.paths],
        [["error: Invalid line in JSONL"], [Object.keys(given)[0]]],
      );
      assert.match(plan.details.join(), words);
    }
    const applied = await session.create(name, { ...wo, purpose });
    assert.deepEqual([applied.titles, applied.paths], [["error: Invalid line in JSONL"], ["content_wo"]]);
    assert.deepEqual(
      (await session.plan(name, { path, purpose: "user_data" })).titles,
      [],
      "other purposes take any",
    );
    assert.deepEqual(server.requests, []);
  });
}

test("JSONL of many pieces is checked across them, without a line break at the end, and with those of Windows", async (t) => {
  const { session } = await place(t);
  const lines = Array.from({ length: 5_000 }, (_, index) => line(`request-${index}`).trim());
  const path = fileWith(t, `\uFEFF${lines.join("\r\n")}`, "data.jsonl");
  assert.deepEqual((await session.plan(name, { path, purpose: "batch" })).titles, []);
  writeFileSync(path, [...lines, lines[4_321]].join("\n"));
  const { details } = await session.plan(name, { path, purpose: "batch" });
  assert.match(details.join(), /line 5001 repeats the custom_id "request-4321" of line 4322/);
});

test("a file that was uploaded already is not checked again", async (t) => {
  const { session } = await place(t);
  const path = fileWith(t, "not JSON", "data.jsonl");
  const kept = keptOf(await session.create(name, { path, purpose: "user_data" }));
  const other = { ...kept, state: Object.assign(Object.create(null), kept.state, { purpose: "batch" }) };
  assert.deepEqual((await session.plan(name, { path, purpose: "batch" }, other)).titles, []);
});

test("what the API makes is imported with its purpose, and never uploaded", async (t) => {
  const { server, session } = await place(t);
  const { id } = server.control.addObject("files", { purpose: "batch_output", filename: "out.jsonl" });
  const imported = keptOf(await session.import(name, id));
  const config = session.generate(name, imported);
  assert.equal(config.purpose, "batch_output");
  assert.deepEqual(session.validate(name, config).titles, []);
  assert.ok((await session.plan(name, config, imported)).empty);
  const upload = await session.plan(name, { content: "{}", filename: "x", purpose: "batch_output" });
  assert.deepEqual([upload.titles, upload.paths], [["error: Not a purpose of uploads"], ["purpose"]]);
});

test("a file that the API could not process is kept, with its reason as a warning", async (t) => {
  const { server, session } = await place(t);
  const body = { id: "file-1", object: "file", status: "error", status_details: "The file is damaged." };
  server.fault({ method: "POST", body });
  const given = { content: "x", filename: "x.txt", purpose: "user_data" };
  const { titles, details, kept } = await session.create(name, given);
  assert.deepEqual([titles, kept?.state.status], [["warning: File ended without success"], "error"]);
  assert.match(details.join(), /The file is damaged\./);
});

test("a name that the API reports as the form of the upload had it is the same name", async (t) => {
  const { session } = await place(t);
  const config = { content: "x", filename: 'a "b".txt', purpose: "user_data" };
  const kept = keptOf(await session.refresh(name, keptOf(await session.create(name, config))));
  assert.equal(kept.state.filename, config.filename);
  assert.ok((await session.plan(name, config, kept)).empty);
});

test("an error about a write-only content points at it, and quotes nothing of it", async (t) => {
  const { session } = await place(t);
  const given = { content_wo_version: 1, filename: "x.jsonl", purpose: "batch" };
  const line = '{"custom_id":"secret-1","method":"POST","url":"/v1/responses","body":{}}\n';
  const twice = await session.create(name, { ...given, content_wo: line + line });
  assert.deepEqual([twice.titles, twice.paths], [["error: Invalid line in JSONL"], ["content_wo"]]);
  assert.match(twice.details.join(), /line 2 repeats the custom_id of line 1/);
  assert.doesNotMatch(twice.details.join(), /secret-1/);
  const empty = await session.create(name, { ...given, content_wo: "" });
  assert.deepEqual([empty.titles, empty.paths], [["error: Empty file"], ["content_wo"]]);
});

test("the requests of a batch are not all blank lines", async (t) => {
  const { session } = await place(t);
  const plan = await session.plan(name, { content: "\n \n", filename: "x.jsonl", purpose: "batch" });
  assert.deepEqual([plan.titles, plan.paths], [["error: Invalid line in JSONL"], ["content"]]);
  assert.match(plan.details.join(), /all lines are blank/);
});
