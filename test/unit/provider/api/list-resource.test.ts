import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import type { ListEvent } from "../../../../src/framework/server/index.ts";
import { place } from "../objects/support.ts";

/** 250 files of two purposes, the newest of which is the last. */
async function files(t: TestContext) {
  const { server, session } = await place(t);
  for (let count = 0; count < 250; count += 1) {
    const purpose = count % 2 === 0 ? "batch" : "vision";
    server.control.addObject("files", { id: `file-${count}`, purpose, filename: `name-${count}.txt` });
  }
  return { server, session };
}

function ids(events: readonly ListEvent[]): unknown[] {
  return events.flatMap(({ found }) => (found === undefined ? [] : [found.identity.id]));
}

function said(events: readonly ListEvent[]): string[] {
  return events.flatMap(({ diagnostics }) =>
    [...diagnostics].map(({ severity, summary }) => `${severity}: ${summary}`),
  );
}

for (const [limit, pages] of [
  [1, [1]],
  [100, [100]],
  [101, [100, 1]],
  [200, [100, 100]],
  [1_000, [100, 100, 100]],
] as const) {
  test(`${limit} files are asked for in pages of ${pages}: none that the limit makes needless`, async (t) => {
    const { server, session } = await files(t);
    for (const includeResource of [false, true]) {
      server.control.clearRequests();
      const events = await session.list("openai_file", {}, { limit, includeResource });
      assert.equal(ids(events).length, Math.min(limit, 250));
      assert.deepEqual(said(events), []);
      const asked = server.requests.map(({ query }) => Number(query.get("limit")));
      assert.deepEqual(asked, pages);
    }
  });
}

test("filters and order are the API's own; the name is what a practitioner recognises", async (t) => {
  const { server, session } = await files(t);
  const events = await session.list("openai_file", { purpose: "vision", order: "asc" }, { limit: 2 });
  assert.deepEqual(ids(events), ["file-1", "file-3"]);
  assert.deepEqual(
    events.map(({ found }) => found?.displayName),
    ["name-1.txt", "name-3.txt"],
  );
  const [request] = server.requests;
  assert.deepEqual(Object.fromEntries(request?.query ?? []), { purpose: "vision", order: "asc", limit: "2" });
});

test("what has no name is shown by its ID", async (t) => {
  const { server, session } = await place(t);
  const { id } = server.control.addObject("vector_stores", { name: null });
  const [event] = await session.list("openai_vector_store", {});
  assert.equal(event?.found?.displayName, id);
});

for (const [what, given, title] of [
  ["a limit of 0", [{}, { limit: 0 }], "error: Invalid limit"],
  ["an order that there is not", [{ order: "sideways" }, {}], 'error: Invalid value for "order"'],
  ["an empty filter", [{ purpose: " " }, {}], 'error: Invalid value for "purpose"'],
] as const) {
  test(`${what} is an error before the API is asked`, async (t) => {
    const { server, session } = await place(t);
    const [config, options] = given;
    assert.deepEqual(said(await session.list("openai_file", config, options)), [title]);
    assert.deepEqual(server.requests, []);
  });
}

test("the files of a vector store are listed by the store's ID, which must be there", async (t) => {
  const { server, session } = await place(t);
  assert.deepEqual(said(await session.list("openai_vector_store_file", {})), [
    'error: Missing value for "vector_store_id"',
  ]);
  const gone = await session.list("openai_vector_store_file", { vector_store_id: "vs_gone" });
  assert.equal(said(gone).length, 1);
  assert.match(said(gone).join(), /^error: /);
  assert.equal(server.requests.length, 1);
});

test("a page that fails ends the list with an error, after what was found", async (t) => {
  const { server, session } = await files(t);
  server.fault({ path: "/v1/files", skip: 1, status: 500, times: "always" });
  const events = await session.list("openai_file", {}, { limit: 250 });
  assert.equal(ids(events).length, 100);
  assert.equal(said(events).length, 1);
  assert.match(said(events).join(), /^error: /);
});

test("a member of another type is null with a warning about that object, and the list goes on", async (t) => {
  const { server, session } = await place(t);
  server.control.addObject("files", { id: "file-odd", bytes: "many" });
  server.control.addObject("files", { id: "file-good" });
  const events = await session.list("openai_file", { order: "asc" }, { includeResource: true });
  assert.deepEqual(ids(events), ["file-odd", "file-good"]);
  assert.deepEqual(said(events), ["warning: Unexpected answer from the API"]);
  assert.equal(events[0]?.found?.state?.bytes, null);
});

test("a list that is stopped asks for no further page, and is not taken for whole", async (t) => {
  const { server, session } = await files(t);
  server.fault({ path: "/v1/files", skip: 1, delayMs: 600_000, times: "always" });
  const events = session.list("openai_file", {}, { limit: 250 });
  while (server.requests.length < 2) await new Promise((resolve) => setTimeout(resolve, 5));
  session.stop();
  assert.match(said(await events).join(), /^error: /);
  assert.equal(server.requests.length, 2);
});
