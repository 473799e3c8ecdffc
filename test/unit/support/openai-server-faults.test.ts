import assert from "node:assert/strict";
import { request } from "node:http";
import { connect } from "node:net";
import { test } from "node:test";
import { gunzipSync } from "node:zlib";
import type { OpenAIServer } from "../../support/openai-server/server.ts";
import { ask, createStored, get, serve } from "./openai-server-client.ts";

const PATH = "/chat/completions/x";

/** What a plain HTTP client sees of a request: bytes until the end, or an error's code. */
interface Seen {
  readonly status: number;
  readonly headers: NodeJS.Dict<string | string[]>;
  readonly body: Buffer;
  readonly error: string | undefined;
  /** Milliseconds until the headers, and from then to the end. */
  readonly headersMs: number;
  readonly bodyMs: number;
}

function see(server: OpenAIServer, stopAfter = Number.POSITIVE_INFINITY): Promise<Seen> {
  return new Promise((resolve) => {
    const start = performance.now();
    const chunks: Buffer[] = [];
    let [size, headersAt, status] = [0, 0, 0];
    let headers: Seen["headers"] = {};
    const done = (error?: string) => {
      const at = headersAt === 0 ? performance.now() : headersAt;
      const times = { headersMs: at - start, bodyMs: performance.now() - at };
      resolve({ status, headers, body: Buffer.concat(chunks), error, ...times });
    };
    const codeOf = (error: NodeJS.ErrnoException) => error.code ?? error.message;
    const outgoing = request(server.url + PATH, {
      agent: false,
      headers: { authorization: "Bearer sk-test" },
    });
    outgoing.on("response", (incoming) => {
      headersAt = performance.now();
      status = incoming.statusCode ?? 0;
      headers = incoming.headers;
      incoming.on("data", (chunk: Buffer) => {
        chunks.push(chunk);
        size += chunk.length;
        if (size >= stopAfter) {
          outgoing.destroy();
          done();
        }
      });
      incoming.on("error", (error) => done(codeOf(error)));
      incoming.on("end", () => done());
    });
    outgoing.on("error", (error) => done(codeOf(error)));
    outgoing.end();
  });
}

test("a fault is for the next request only, unless it says more", async (t) => {
  const server = await serve(t);
  server.seed({ id: "x" });
  const statuses = async (count: number) => {
    const seen: number[] = [];
    for (let index = 0; index < count; index += 1) seen.push((await get(server, PATH)).status);
    return seen;
  };
  server.fault({ status: 503 });
  assert.deepEqual(await statuses(2), [503, 200]);
  server.fault({ status: 503, skip: 1, times: 2 });
  assert.deepEqual(await statuses(4), [200, 503, 503, 200]);
  const remove = server.fault({ status: 503, times: "always" });
  assert.deepEqual(await statuses(3), [503, 503, 503]);
  remove();
  assert.deepEqual(await statuses(1), [200]);
});

test("a fault meets only requests of its method, path, ID, key and text", async (t) => {
  const server = await serve(t);
  server.seed({ id: "x" }, { id: "y/z" });
  const filters = [
    { method: "DELETE" },
    { path: "/messages" },
    { id: "y/z" },
    { key: "sk-other" },
    { text: "marked" },
  ];
  for (const filter of filters) server.fault({ ...filter, status: 418 });
  assert.equal((await get(server, PATH)).status, 200);
  assert.equal((await get(server, "/chat/completions/y%2Fz")).status, 418);
  assert.equal((await get(server, `${PATH}/messages`)).status, 418);
  assert.equal((await get(server, PATH, { key: "sk-other" })).status, 418);
  assert.equal((await ask(server, "DELETE", PATH)).status, 418);
  assert.equal((await ask(server, "POST", PATH, { body: { metadata: { case: "marked" } } })).status, 418);
  assert.equal(server.control.faults.waiting, 0);
});

test("a known error comes with headers of the test's choice", async (t) => {
  const server = await serve(t);
  server.fault({ error: "rate_limit", headers: { "Retry-After": "2", "x-should-retry": "true" } });
  const { status, text, headers } = await get(server, PATH);
  assert.deepEqual([status, JSON.parse(text).error.code], [429, "rate_limit_exceeded"]);
  assert.deepEqual([headers.get("retry-after"), headers.get("x-should-retry")], ["2", "true"]);
  assert.ok(headers.get("x-request-id"));
});

test("a proxy's HTML comes with its own content type", async (t) => {
  const server = await serve(t);
  server.fault({ status: 502, body: "<html>Bad gateway</html>", contentType: "text/html" });
  const { status, text, headers } = await get(server, PATH);
  assert.deepEqual(
    [status, text, headers.get("content-type")],
    [502, "<html>Bad gateway</html>", "text/html"],
  );
});

test("a replaced answer means that nothing was carried out, unless the fault says so", async (t) => {
  const server = await serve(t);
  const body = { model: "gpt-4o", store: true, messages: [{ role: "user", content: "Hi" }] };
  const create = () => ask(server, "POST", "/chat/completions", { body });
  server.fault({ error: "server_error" });
  assert.equal((await create()).status, 500);
  assert.deepEqual([server.counts.paidCreates, server.counts.intercepted], [0, 1]);
  server.fault({ error: "server_error", carryOut: true });
  assert.equal((await create()).status, 500);
  assert.deepEqual([server.counts.paidCreates, server.control.ids().length], [1, 1]);
  server.fault({ reset: "before" });
  await assert.rejects(create());
  assert.equal(server.counts.paidCreates, 1);
  server.fault({ reset: "body" });
  await assert.rejects(create());
  assert.equal(server.counts.paidCreates, 2);
});

test("a connection is reset before the answer, in its headers and in its body", async (t) => {
  const server = await serve(t);
  server.seed({ id: "x" });
  for (const reset of ["before", "headers"] as const) {
    server.fault({ reset });
    const seen = await see(server);
    assert.deepEqual([seen.status, seen.error], [0, "ECONNRESET"], reset);
  }
  server.fault({ reset: "body" });
  const seen = await see(server);
  assert.deepEqual([seen.status, seen.error], [200, "ECONNRESET"]);
  assert.ok(seen.body.length > 0 && seen.body.length < Number(seen.headers["content-length"]));
});

test("a body is cut short of its Content-Length, and a Content-Length may lie", async (t) => {
  const server = await serve(t);
  server.seed({ id: "x" });
  server.fault({ cutAfter: 10 });
  const cut = await see(server);
  assert.equal(cut.body.length, 10);
  assert.equal(cut.error, "ECONNRESET");
  server.fault({ contentLength: 5 });
  const lying = await seeRaw(server);
  assert.match(lying, /\r\ncontent-length: 5\r\n/);
  assert.match(lying, /\r\n\r\n\{"object":"chat\.completion".*\}$/s);
});

test("headers and bodies are slow", async (t) => {
  const server = await serve(t);
  server.seed({ id: "x" });
  server.fault({ delayMs: 150 });
  assert.ok((await see(server)).headersMs >= 145);
  server.fault({ body: "x".repeat(40), bytesPerSecond: 200 });
  const seen = await see(server);
  assert.equal(seen.body.length, 40);
  // On a busy machine the headers are seen late, and some of the body with them.
  assert.ok(seen.headersMs + seen.bodyMs >= 90, `${seen.headersMs} + ${seen.bodyMs}`);
});

test("a body never ends, with or without more bytes", async (t) => {
  const server = await serve(t);
  server.seed({ id: "x" });
  server.fault({ endless: "stream" });
  assert.ok((await see(server, 4 * 1024 * 1024)).body.length >= 4 * 1024 * 1024);
  server.fault({ endless: "silent" });
  const outcome = await Promise.race([
    see(server).then(() => "ended"),
    new Promise((resolve) => setTimeout(resolve, 150, "open")),
  ]);
  assert.equal(outcome, "open");
});

test("a redirect leads to where the fault says", async (t) => {
  const server = await serve(t);
  server.fault({ redirect: "http://127.0.0.1:1/elsewhere" });
  const answer = await get(server, PATH);
  assert.deepEqual([answer.status, answer.headers.get("location")], [302, "http://127.0.0.1:1/elsewhere"]);
  server.fault({ redirect: "/v1/other", status: 308 });
  assert.equal((await get(server, PATH)).status, 308);
});

test("bodies come compressed, and gzip may be broken", async (t) => {
  const server = await serve(t);
  server.seed({ id: "x" });
  const plain = (await get(server, PATH)).text;
  for (const encoding of ["gzip", "br", "deflate"] as const) {
    server.fault({ encoding });
    const { text, headers } = await get(server, PATH);
    assert.deepEqual([text, headers.get("content-encoding")], [plain, encoding]);
  }
  server.fault({ encoding: "bad_gzip" });
  const { body, headers } = await see(server);
  assert.equal(headers["content-encoding"], "gzip");
  assert.deepEqual([...body.subarray(0, 2)], [0x1f, 0x8b]);
  assert.throws(() => gunzipSync(body));
});

test("a body is chunked in order, or with garbage for a size", async (t) => {
  const server = await serve(t);
  server.seed({ id: "x" });
  server.fault({ framing: "chunked" });
  const chunked = await see(server);
  assert.equal(chunked.headers["transfer-encoding"], "chunked");
  assert.equal(JSON.parse(chunked.body.toString()).id, "x");
  server.fault({ framing: "garbage" });
  assert.match((await see(server)).error ?? "", /^HPE_/);
});

test("a byte order mark, broken UTF-8, half a body and none are sent", async (t) => {
  const server = await serve(t);
  server.seed({ id: "x" });
  const plain = (await see(server)).body;
  const spoilt = async (mutation: "bom" | "invalid_utf8" | "half" | "empty") => {
    server.fault({ mutate: [mutation] });
    const seen = await see(server);
    assert.equal(seen.error, undefined);
    return seen.body;
  };
  assert.deepEqual(await spoilt("bom"), Buffer.concat([Buffer.from("\ufeff"), plain]));
  const broken = await spoilt("invalid_utf8");
  assert.throws(() => new TextDecoder("utf-8", { fatal: true }).decode(broken));
  assert.doesNotThrow(() => JSON.parse(broken.toString()));
  assert.deepEqual(await spoilt("half"), plain.subarray(0, Math.floor(plain.length / 2)));
  assert.equal((await spoilt("empty")).length, 0);
});

test("keys are duplicated, and unknown fields and values appear while the rest stays exact", async (t) => {
  const server = await serve(t);
  server.seed({ id: "x", view: { seed: 9223372036854775807n, metadata: { a: "b" } } });
  server.fault({ mutate: ["duplicate_keys"] });
  assert.equal((await get(server, PATH)).text.match(/"model":/g)?.length, 2);
  server.fault({ mutate: ["unknown_fields"] });
  const { text } = await get(server, PATH);
  const body = JSON.parse(text);
  assert.ok(
    body.field_of_tomorrow && body.usage.field_of_tomorrow && body.choices[0].message.field_of_tomorrow,
  );
  assert.deepEqual(body.metadata, { a: "b" });
  assert.match(text, /"seed":9223372036854775807,"top_p":1\.0,/);
  server.fault({ mutate: ["unknown_enums"] });
  const odd = JSON.parse((await get(server, PATH)).text);
  assert.deepEqual([odd.choices[0].finish_reason, odd.service_tier], ["paused_by_gateway", "cosmic"]);
});

test("a huge body is valid JSON of the size asked for", async (t) => {
  const server = await serve(t);
  server.seed({ id: "x" });
  server.fault({ mutate: [{ padTo: 5_000_000 }] });
  const { text } = await get(server, PATH);
  assert.equal(text.length, 5_000_000);
  assert.equal(JSON.parse(text).id, "x");
});

test("informational answers come before the real one", async (t) => {
  const server = await serve(t);
  server.seed({ id: "x" });
  for (const [informational, status] of [
    ["early_hints", 103],
    ["processing", 102],
    ["continue", 100],
  ] as const) {
    server.fault({ informational });
    const lines = (await seeRaw(server)).matchAll(/HTTP\/1\.1 (\d{3}) /g);
    assert.deepEqual(
      [...lines].map((line) => Number(line[1])),
      [status, 200],
    );
  }
});

/** Every byte that one request gets. */
function seeRaw(server: OpenAIServer): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(server.port, "127.0.0.1");
    let text = "";
    socket.on("data", (data) => {
      text += data;
    });
    socket.on("error", reject);
    socket.on("end", () => resolve(text));
    socket.write(
      `GET /v1${PATH} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer sk-test\r\nConnection: close\r\n\r\n`,
    );
  });
}

test("a rate limit refuses what exceeds the bucket of a key, with or without saying when to come back", async (t) => {
  const server = await serve(t);
  server.seed({ id: "x" });
  const limits = { perSecond: 0.01, burst: 1 };
  const refusal = async () => {
    assert.equal((await get(server, PATH)).status, 200);
    const { status, headers } = await get(server, PATH);
    assert.equal(status, 429);
    return headers;
  };
  server.control.rateLimit({ ...limits, burst: 2 });
  assert.equal((await get(server, PATH)).status, 200);
  const seconds = Number((await refusal()).get("retry-after"));
  assert.ok(Number.isInteger(seconds) && seconds > 50 && seconds <= 100, `${seconds}`);
  assert.equal((await get(server, PATH, { key: "sk-other" })).status, 200);
  server.control.rateLimit({ ...limits, retryAfter: "ms" });
  const ms = Number((await refusal()).get("retry-after-ms"));
  assert.ok(ms > 50_000 && ms <= 100_000, `${ms}`);
  server.control.rateLimit({ ...limits, retryAfter: "none" });
  const silent = await refusal();
  assert.deepEqual([silent.get("retry-after"), silent.get("retry-after-ms")], [null, null]);
  server.control.rateLimit(undefined);
  assert.equal((await get(server, PATH)).status, 200);
});

test("a refused create is not paid for", async (t) => {
  const server = await serve(t);
  server.control.rateLimit({ perSecond: 0.01, burst: 1 });
  await createStored(server);
  const body = { model: "gpt-4o", messages: [{ role: "user", content: "Hi" }] };
  assert.equal((await ask(server, "POST", "/chat/completions", { body })).status, 429);
  assert.equal(server.counts.paidCreates, 1);
});
