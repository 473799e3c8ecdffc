import assert from "node:assert/strict";
import { once } from "node:events";
import { connect } from "node:net";
import { test } from "node:test";
import { startOpenAIServer } from "../../support/openai-server/server.ts";
import { ask, createStored, get, serve } from "./openai-server-client.ts";

async function control(url: string, method: string, path: string, body?: unknown) {
  const response = await fetch(url + path, {
    method,
    ...(body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) }),
  });
  return { status: response.status, json: JSON.parse(await response.text()) };
}

test("another process seeds, breaks, moves the clock and reads the counts", async (t) => {
  const server = await serve(t, { visibleAfterMs: 3000 });
  const post = (path: string, body: unknown) => control(server.controlURL, "POST", path, body);
  const status = async (id: string) => (await get(server, `/chat/completions/${id}`)).status;
  await post("/completions", '[{"id":"a","content":"A","view":{"seed":9223372036854775807}},{"id":"b"}]');
  assert.match((await get(server, "/chat/completions/a")).text, /"seed":9223372036854775807,/);
  await post("/faults", { status: 500, times: 2 });
  assert.deepEqual([await status("b"), await status("b"), await status("b")], [500, 500, 200]);
  const id = await createStored(server);
  assert.equal(await status(id), 404);
  await post("/clock", { advance_ms: 3001 });
  assert.equal(await status(id), 200);
  await post(`/completions/${id}`, { metadata: { drifted: "yes" } });
  assert.match((await get(server, `/chat/completions/${id}`)).text, /"metadata":\{"drifted":"yes"\}/);
  await control(server.controlURL, "DELETE", "/completions/b");
  const { json } = await control(server.controlURL, "GET", "/state");
  assert.deepEqual(json.ids, ["a", id]);
  assert.equal(json.counts.paidCreates, 1);
  assert.equal(json.counts.intercepted, 2);
  assert.equal(json.counts.reads, json.counts.retrieve);
});

test("control requests are neither recorded nor counted nor hit by faults", async (t) => {
  const server = await serve(t);
  server.fault({ status: 500, times: "always" });
  server.control.rateLimit({ perSecond: 0.001, burst: 1 });
  for (let count = 0; count < 3; count += 1) {
    assert.equal((await control(server.controlURL, "GET", "/state")).status, 200);
  }
  assert.deepEqual(server.requests, []);
});

test("settings are changed by name, and unknown names or other types are refused", async (t) => {
  const server = await serve(t);
  const post = (body: object) => control(server.controlURL, "POST", "/settings", body);
  assert.equal((await post({ metadataUpdate: "merge", visibleAfterMs: 9 })).status, 200);
  assert.deepEqual(
    [server.control.settings.metadataUpdate, server.control.settings.visibleAfterMs],
    ["merge", 9],
  );
  assert.equal((await post({ visible: 1 })).status, 400);
  assert.equal((await post({ visibleAfterMs: "9" })).status, 400);
});

test("what is no control request gets 400 or 404 and changes nothing", async (t) => {
  const server = await serve(t);
  const status = async (method: string, path: string, body?: unknown) =>
    (await control(server.controlURL, method, path, body)).status;
  assert.equal(await status("POST", "/faults", { error: "no_such_error" }), 400);
  assert.equal(await status("POST", "/faults", "{"), 400);
  assert.equal(await status("POST", "/completions", { content: "no ID" }), 400);
  assert.equal(await status("POST", "/clock", {}), 400);
  assert.equal(await status("POST", "/rate-limit", {}), 400);
  assert.equal(await status("GET", "/nothing"), 404);
  assert.deepEqual([server.control.faults.waiting, server.control.ids()], [0, []]);
});

test("an unknown fault, or part of one, lists the known ones; so does an unknown setting", async (t) => {
  const server = await serve(t);
  const cases: [string, object, string[]][] = [
    [
      "/faults",
      { error: "no_such_error" },
      ["unknown error no_such_error", "rate_limit", "insufficient_quota"],
    ],
    ["/faults", { error: "toString" }, ["unknown error toString", "overloaded"]],
    ["/faults", { eror: "rate_limit" }, ["unknown member of a fault eror", "error", "delayMs"]],
    ["/faults", [{ status: 500 }, { reset: "after" }], ["unknown reset after", "before, headers, body"]],
    ["/faults", { encoding: "zstd" }, ["unknown encoding zstd", "bad_gzip"]],
    ["/faults", { mutate: ["upside_down"] }, ["unknown mutation upside_down", "duplicate_keys", "padTo"]],
    ["/settings", { visible: 1 }, ["unknown setting visible", "visibleAfterMs"]],
  ];
  for (const [path, body, says] of cases) {
    const answer = await fetch(`${server.controlURL}${path}`, { method: "POST", body: JSON.stringify(body) });
    const text = await answer.text();
    assert.equal(answer.status, 400, text);
    for (const words of says) assert.ok(text.includes(words), `${words}: ${text}`);
  }
  assert.equal(server.control.faults.waiting, 0, "all of a list or none");
  const padded = await control(server.controlURL, "POST", "/faults", { mutate: [{ padTo: 9 }] });
  assert.equal(padded.status, 200);
});

test("faults, rate limit, requests and counts are reset together", async (t) => {
  const server = await serve(t);
  server.seed({ id: "x" });
  await get(server, "/chat/completions/x");
  server.fault({ status: 500 });
  server.control.rateLimit({ perSecond: 0.001, burst: 0 });
  await control(server.controlURL, "POST", "/reset");
  assert.deepEqual([server.requests.length, server.counts.retrieve], [0, 0]);
  assert.equal((await get(server, "/chat/completions/x")).status, 200);
});

test("requests are recorded with their key, query, headers, body and status", async (t) => {
  const server = await serve(t);
  await get(server, "/chat/completions?limit=3&metadata[a]=b", { key: "sk-abc", headers: { "x-own": "1" } });
  await ask(server, "POST", "/chat/completions/x%2Fy", { body: '{"metadata":{}}' });
  const [list, update] = server.requests;
  assert.deepEqual(
    [
      list?.method,
      list?.path,
      list?.query.get("metadata[a]"),
      list?.key,
      list?.headers["x-own"],
      list?.status,
    ],
    ["GET", "/v1/chat/completions", "b", "sk-abc", "1", 200],
  );
  assert.deepEqual(
    [update?.path, update?.body, update?.status],
    ["/v1/chat/completions/x%2Fy", '{"metadata":{}}', 404],
  );
});

test("operations are counted apart", async (t) => {
  const server = await serve(t);
  const id = await createStored(server);
  const path = `/chat/completions/${id}`;
  await get(server, path);
  await get(server, `${path}/messages`);
  await get(server, "/chat/completions");
  await ask(server, "POST", path, { body: { metadata: {} } });
  await ask(server, "DELETE", path);
  const { create, retrieve, messages, list, update, delete: deleted, reads, paidCreates } = server.counts;
  assert.deepEqual([create, retrieve, messages, list, update, deleted], [1, 1, 1, 1, 1, 1]);
  assert.deepEqual([reads, paidCreates], [3, 1]);
});

test("closing ends open connections at once, idle and in the middle of an answer", async () => {
  const server = await startOpenAIServer({ completions: [{ id: "x" }] });
  const idle = connect(server.port, "127.0.0.1");
  idle.on("error", () => {});
  await once(idle, "connect");
  server.fault({ endless: "silent" });
  server.fault({ delayMs: 3_600_000 });
  const stuck = [get(server, "/chat/completions/x"), get(server, "/chat/completions/x")];
  const ended = Promise.allSettled(stuck);
  while (server.requests.length < 2) await new Promise((resolve) => setTimeout(resolve, 5));
  await server.close();
  assert.deepEqual(
    (await ended).map((each) => each.status),
    ["rejected", "rejected"],
  );
  if (!idle.closed) await once(idle, "close");
  await assert.rejects(get(server, "/chat/completions/x"));
});

test("a taken port is an error", async (t) => {
  const server = await serve(t);
  await assert.rejects(startOpenAIServer({ port: server.port }), { code: "EADDRINUSE" });
});

test("a line for every request is logged where asked, without key or body", async (t) => {
  const lines: string[] = [];
  const server = await serve(t, { log: (line) => lines.push(line) });
  await get(server, "/chat/completions/x?secret=1", { key: "sk-secret" });
  assert.deepEqual(lines, ["GET /v1/chat/completions/x 404"]);
});
