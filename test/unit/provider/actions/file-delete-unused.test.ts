import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import { UNKNOWN } from "../../../../src/framework/index.ts";
import { place } from "../objects/support.ts";
import { asked } from "./support.ts";

const name = "openai_file_delete_unused";
const config = { purpose: "assistants", min_age_days: 30, max_deletions: 50 };

const now = Date.UTC(2026, 10, 26);
const daysAgo = (days: number) => Math.floor(now / 1000) - days * 86_400;

/**
 * Files that something refers to, each in another way, two that nothing does, one that is too young and one of another
 * purpose.
 */
async function project(t: TestContext) {
  const { server, session } = await place(t);
  const { control } = server;
  control.setClock(now);
  const old = { purpose: "assistants", created_at: daysAgo(31), bytes: 1_000 };
  const used = ["stored", "input", "output", "error", "training", "validation", "result", "copied", "named"];
  for (const id of [...used, "unused-1", "unused-2"])
    control.addObject("files", { ...old, id: `file-${id}`, filename: `${id}.txt` });
  control.addObject("files", { ...old, id: "file-young", created_at: daysAgo(29) });
  control.addObject("files", { ...old, id: "file-other", purpose: "vision" });
  for (let count = 0; count < 5; count += 1) control.addObject("vector_stores", { id: `vs_${count}` });
  const inStore = { vector_store_id: "vs_4" };
  control.addObject("vector_stores/{vector_store_id}/files", { id: "file-stored" }, inStore);
  const files = { input_file_id: "file-input", output_file_id: "file-output", error_file_id: "file-error" };
  control.addObject("batches", { id: "batch_1", status: "completed", ...files });
  control.addObject("fine_tuning/jobs", {
    id: "ftjob-1",
    training_file: "file-training",
    validation_file: "file-validation",
    result_files: ["file-result"],
  });
  control.addObject("containers", { id: "cntr_old", status: "expired" });
  control.addObject("containers", { id: "cntr_1", status: "running" });
  const inContainer = { container_id: "cntr_1" };
  const copies = "containers/{container_id}/files";
  control.addObject(copies, { id: "cfile_1", path: "/mnt/data/file-copied-copy" }, inContainer);
  control.addObject(copies, { id: "cfile_2", path: "/mnt/data/1f0c-named.txt", bytes: 1_000 }, inContainer);
  control.addObject(copies, { id: "cfile_3", path: "/mnt/data/1f0c-unused-1.txt", bytes: 7 }, inContainer);
  return { server, session };
}

const unused = ["file-unused-1", "file-unused-2"];

test("a plan shows which files are unused, by what was looked at, and deletes nothing", async (t) => {
  const { server, session } = await project(t);
  const { titles, details } = await session.planAction(name, config);
  assert.deepEqual(titles, ["warning: 2 unused files of purpose assistants to be deleted"]);
  assert.match(
    details[0] ?? "",
    /these are deleted: file-unused-1 \(unused-1\.txt\), file-unused-2 \(unused-2\.txt\)\./,
  );
  assert.match(
    details[0] ?? "",
    /11 files of purpose assistants are at least 30 days old, and 9 of them are in use, by 5 vector stores, 1 batch, 1 fine-tuning job, 2 containers\. Unused: 2, 2000 bytes/,
  );
  assert.ok(server.requests.every(({ method }) => method === "GET"));
});

test("what nothing refers to is deleted, once, and all else stays", async (t) => {
  const { server, session } = await project(t);
  const before = server.control.objects.all("files").length;
  const { titles, progress } = await session.invoke(name, config);
  assert.deepEqual(titles, []);
  assert.deepEqual(asked(server, "DELETE").sort(), unused);
  assert.equal(server.control.objects.all("files").length, before - 2);
  assert.equal(progress.at(-1), "2 of 2 unused files of purpose assistants deleted, 0 left.");
  const again = await session.invoke(name, config);
  assert.equal(again.progress.at(-1), "There are no unused files of purpose assistants to be deleted.");
});

test("more than max_deletions is an error before anything is deleted", async (t) => {
  const { server, session } = await project(t);
  for (const act of ["planAction", "invoke"] as const) {
    const { titles, paths } = await session[act](name, { ...config, max_deletions: 1 });
    assert.deepEqual(titles, ["error: More unused files of purpose assistants than max_deletions allows"]);
    assert.deepEqual(paths, ["max_deletions"]);
  }
  assert.deepEqual(asked(server, "DELETE"), []);
});

for (const path of [
  "/v1/files",
  "/v1/vector_stores",
  "/v1/vector_stores/vs_4/files",
  "/v1/batches",
  "/v1/fine_tuning/jobs",
  "/v1/containers",
  "/v1/containers/cntr_1/files",
]) {
  for (const [what, fault] of [
    ["cannot be read", { error: "missing_scopes" as const }],
    ["breaks down", { error: "server_error" as const }],
    [
      "is not there",
      { status: 404, body: { error: { message: "Not found", type: "invalid_request_error" } } },
    ],
    ["is no list", { status: 200, body: { object: "list" } }],
  ] as const) {
    test(`where the list at ${path} ${what}, nothing is deleted`, async (t) => {
      const { server, session } = await project(t);
      server.fault({ method: "GET", path, ...fault, times: "always" });
      const { titles } = await session.invoke(name, config);
      assert.ok(titles.length > 0 && titles.every((title) => title.startsWith("error")), titles.join());
      assert.deepEqual(asked(server, "DELETE"), []);
    });
  }
}

for (const [what, path, members] of [
  ["a file of a vector store without an ID", "vector_stores/{vector_store_id}/files", { id: "" }],
  ["a batch whose input is no text", "batches", { id: "batch_2", input_file_id: 7 }],
  ["a job whose results are no list", "fine_tuning/jobs", { id: "ftjob-2", result_files: "file-unused-1" }],
  ["a job with a result that is no text", "fine_tuning/jobs", { id: "ftjob-2", result_files: [7] }],
] as const) {
  test(`${what} may hide a use, so that nothing is deleted`, async (t) => {
    const { server, session } = await project(t);
    const parents = path.startsWith("vector_stores/") ? { vector_store_id: "vs_1" } : {};
    server.control.addObject(path, members, parents);
    const { titles } = await session.invoke(name, config);
    assert.deepEqual(titles, [
      "error: Unexpected answer from the API",
      "error: Not known which files are in use",
    ]);
    assert.deepEqual(asked(server, "DELETE"), []);
  });
}

for (const [what, body] of [
  ["an empty page that says that there is more", { object: "list", data: [], has_more: true }],
  ["a list that does not say whether there is more", { object: "list", data: [] }],
] as const) {
  test(`${what} may hide a use, so that nothing is deleted`, async (t) => {
    const { server, session } = await project(t);
    server.fault({ method: "GET", path: "/vector_stores/vs_4/files", body, times: "always" });
    const { titles, details } = await session.invoke(name, config);
    assert.deepEqual(titles, [
      "error: Unexpected answer from the API",
      "error: Not known which files are in use",
    ]);
    assert.match(details.join(), /has_more: false was expected/);
    assert.deepEqual(asked(server, "DELETE"), []);
  });
}

test("a container that expires meanwhile refers to nothing any more", async (t) => {
  const { server, session } = await project(t);
  const message = "Container is expired.";
  server.fault({
    method: "GET",
    path: "/v1/containers/cntr_1/files",
    status: 400,
    body: { error: { message } },
  });
  const { titles } = await session.planAction(name, config);
  assert.deepEqual(titles, ["warning: 4 unused files of purpose assistants to be deleted"]);
});

test("a file that is put to use while the plan is read is kept by the invocation, which looks again", async (t) => {
  const { server, session } = await project(t);
  await session.planAction(name, config);
  const inStore = { vector_store_id: "vs_0" };
  server.control.addObject("vector_stores/{vector_store_id}/files", { id: "file-unused-1" }, inStore);
  assert.deepEqual((await session.invoke(name, config)).titles, []);
  assert.deepEqual(asked(server, "DELETE"), ["file-unused-2"]);
});

test("uses are read after the files: one that comes between is seen", async (t) => {
  const { server, session } = await project(t);
  await session.planAction(name, config);
  const paths = server.requests.map(({ path }) => path);
  assert.equal(paths[0], "/v1/files");
  assert.equal(paths.filter((path) => path === "/v1/files").length, 1);
});

test("where no file is old enough, nothing else is asked", async (t) => {
  const { server, session } = await project(t);
  const { titles, details } = await session.planAction(name, { ...config, min_age_days: 32 });
  assert.deepEqual(titles, ["warning: No unused files of purpose assistants to be deleted"]);
  assert.match(details[0] ?? "", /0 files of purpose assistants are at least 32 days old/);
  assert.equal(server.requests.length, 1);
});

test("an API that does not heed the purpose has nothing deleted", async (t) => {
  const { server, session } = await project(t);
  const data = server.control.objects.all("files").map(({ body }) => body);
  server.fault({ path: "/v1/files", status: 200, body: { object: "list", data, has_more: false } });
  const { titles, details } = await session.invoke(name, config);
  assert.deepEqual(titles, ["error: Unexpected answer from the API"]);
  assert.match(details[0] ?? "", /not a file of purpose assistants/);
  assert.deepEqual(asked(server, "DELETE"), []);
});

test("a file without the time of its upload is kept", async (t) => {
  const { server, session } = await project(t);
  server.control.changeObject("files", "file-unused-1", { created_at: null });
  assert.deepEqual((await session.invoke(name, config)).titles, []);
  assert.deepEqual(asked(server, "DELETE"), ["file-unused-2"]);
});

test("all pages of files and of uses count", async (t) => {
  const { server, session } = await place(t);
  server.control.setClock(now);
  const old = { purpose: "assistants", created_at: daysAgo(40) };
  for (let count = 0; count < 130; count += 1) {
    server.control.addObject("files", { ...old, id: `file-${count}` });
    server.control.addObject("vector_stores", { id: `vs_${count}` });
    server.control.addObject("batches", { id: `batch_${count}`, input_file_id: "file-x" });
  }
  const inStore = { vector_store_id: "vs_0" };
  for (let count = 0; count < 120; count += 1)
    server.control.addObject("vector_stores/{vector_store_id}/files", { id: `file-${count}` }, inStore);
  server.control.changeObject("batches", "batch_0", { input_file_id: "file-125" });
  assert.deepEqual((await session.invoke(name, config)).titles, []);
  const kept = [...Array.from({ length: 120 }, (_, index) => index), 125].map((each) => `file-${each}`);
  assert.deepEqual(
    server.control.objects.all("files").map(({ id }) => id),
    kept,
  );
});

for (const [what, given, path] of [
  ["no purpose", { ...config, purpose: null }, "purpose"],
  ["a blank purpose", { ...config, purpose: "" }, "purpose"],
  ["no age", { ...config, min_age_days: null }, "min_age_days"],
  ["an age of 0 days", { ...config, min_age_days: 0 }, "min_age_days"],
  ["no max_deletions", { ...config, max_deletions: null }, "max_deletions"],
] as const) {
  test(`${what} is an error, at validate and before an invocation asks anything`, async (t) => {
    const { server, session } = await project(t);
    const { titles, paths } = session.validateAction(name, given);
    assert.deepEqual([titles.length, paths], [1, [path]], titles.join());
    assert.deepEqual((await session.invoke(name, given)).titles, titles);
    assert.deepEqual(server.requests, []);
  });
}

test("a plan with an argument that is not known says that it cannot count yet", async (t) => {
  const { server, session } = await project(t);
  for (const given of [{ purpose: UNKNOWN }, { min_age_days: UNKNOWN }, { max_deletions: UNKNOWN }]) {
    const { titles } = await session.planAction(name, { ...config, ...given });
    assert.deepEqual(titles, ["warning: Not counted yet what is deleted"]);
  }
  assert.deepEqual(server.requests, []);
});
