import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { isJsonObject, JsonNumber, jsonSource, type LogFields, OpenAI } from "../../../src/openai/index.ts";
import { client, errorBody, failing, get, json, list, ok, post, remove, replies, update } from "./support.ts";

describe("a read", () => {
  it("sends the key, the account and no more, and gives body, text, request ID and date", async (t) => {
    const text = '{"seed": -4944116822809979520,"tools" : [ 1.0 ]}';
    const server = await replies(t, json(200, text, { date: "Fri, 20 Nov 2026 10:00:00 GMT" }));
    const openai = client(t, server.base, {
      organization: "org-1",
      project: "proj_1",
      query: new Map([["api-version", "2 x"]]),
    });
    const response = await openai.send(get("chatcmpl-a?b"));
    const request = server.seen[0];
    assert.ok(request);
    assert.equal(request.url, "/v1/chat/completions/chatcmpl-a%3Fb?api-version=2+x");
    const { host: _, ...headers } = request.headers;
    assert.deepEqual(headers, {
      connection: "keep-alive",
      accept: "application/json",
      "accept-encoding": "gzip, deflate, br",
      "user-agent": "test/1",
      authorization: "Bearer sk-test-0123456789abcdef",
      "openai-organization": "org-1",
      "openai-project": "proj_1",
    });
    assert.equal(response.text, text);
    const seed = response.body.get("seed");
    assert.ok(seed instanceof JsonNumber && seed.text === "-4944116822809979520");
    assert.equal(jsonSource(response.body, "tools"), "[ 1.0 ]");
    assert.deepEqual(
      [response.status, response.requestId, response.date],
      [200, "req_test", Date.UTC(2026, 10, 20, 10)],
    );
    assert.equal(response.context.attempts, 1);
  });

  it("sends no Authorization without a key, and lets the user's headers override two of ours", async (t) => {
    const server = await replies(t, ok);
    await client(t, server.base, { apiKey: " ", headers: { "Api-Key": "azure" } }).send(get("a"));
    const headers = { authorization: "Basic x", "USER-AGENT": "mine" };
    await client(t, server.base, { headers }).send(get("a"));
    const [first, second] = server.seen;
    assert.deepEqual([first?.headers.authorization, first?.headers["api-key"]], [undefined, "azure"]);
    assert.deepEqual([second?.headers.authorization, second?.headers["user-agent"]], ["Basic x", "mine"]);
  });

  it("refuses headers that cannot be sent without showing their values", () => {
    const make = (options: object) => () =>
      new OpenAI({ baseUrl: new URL("http://localhost"), userAgent: "t", env: {}, ...options });
    for (const options of [
      { apiKey: "secret\nx: y" },
      { apiKey: "secret\u2713" },
      { headers: { host: "secret" } },
      { headers: { "OpenAI-Organization": "secret" } },
      { headers: { "a b": "secret" } },
      { headers: { a: "secret\r\nb: c" } },
    ]) {
      assert.throws(
        make(options),
        (error) => error instanceof TypeError && !error.message.includes("secret"),
      );
    }
  });

  it("keeps connections for one read after another", async (t) => {
    const server = await replies(t, ok);
    const env = {};
    for (const id of ["a", "b", "c", "d", "e", "f"])
      await client(t, server.base, { env, apiKey: `sk-${id}` }).send(get(id));
    // Two and not one: undici frees a connection a moment after the body has ended.
    assert.ok(new Set(server.seen.map((request) => request.socket.remotePort)).size <= 2);
  });

  it("refuses an ID that is no path segment as a mistake of the program", async (t) => {
    await assert.rejects(client(t, "http://127.0.0.1:1/v1").send(get("..")), TypeError);
  });

  it("logs every attempt without key, body, query or the user's header values", async (t) => {
    const server = await replies(t, json(500, errorBody({ message: "body-secret" })), ok);
    const lines: [string, string, LogFields][] = [];
    const openai = client(t, `${server.base}?sig=query-secret`, {
      headers: { "x-a": "header-secret" },
      log: (level, message, fields) => lines.push([level, message, fields()]),
    });
    await openai.send(get("chatcmpl-1"));
    assert.deepEqual(
      lines.map(([level, message]) => [level, message]),
      [
        ["warn", "request failed"],
        ["debug", "request done"],
      ],
    );
    const { origin, duration_ms: duration, ...fields } = lines[0]?.[2] ?? {};
    assert.equal(`${origin}/v1`, server.base);
    assert.equal(typeof duration, "number");
    const path = "/v1/chat/completions/chatcmpl-1";
    assert.deepEqual(fields, {
      method: "GET",
      path,
      attempt: 1,
      status: 500,
      request_id: "req_test",
      failure: "server_error",
    });
    assert.doesNotMatch(JSON.stringify(lines), /secret|sk-test/);
  });

  it("puts the facts into the error and keeps every secret out of it", async (t) => {
    const message = "key sk-test-0123456789abcdef with header-secret at http://h/p?sig=query-secret";
    const server = await replies(t, json(400, errorBody({ message, code: 5, param: "x" })));
    const openai = client(t, `${server.base}?sig=query-secret`, { headers: { "x-a": "header-secret" } });
    const error = await failing(openai.send(get("a")));
    assert.deepEqual(
      [error.kind, error.status, error.requestId, error.attempts, error.method],
      ["bad_request", 400, "req_test", 1, "GET"],
    );
    assert.deepEqual(
      [error.api?.code, error.api?.param, error.api?.type],
      ["5", "x", "invalid_request_error"],
    );
    assert.equal(`${error.origin}/v1`, server.base);
    assert.equal(error.path, "/v1/chat/completions/a");
    assert.equal(error.message, "key [redacted] with [redacted] at http://h/p?[redacted]");
    assert.doesNotMatch(JSON.stringify(error) + error.stack, /header-secret|query-secret|sk-test/);
  });
});

describe("the other operations", () => {
  it("page sends the query as it is given, escaped", async (t) => {
    const server = await replies(
      t,
      json(200, '{"object":"list","data":[{"id":"b"}],"first_id":"b","last_id":"b","has_more":true}'),
    );
    const page = await client(t, server.base).page(
      list(
        ["model", "m"],
        ["metadata[team]", "a&b"],
        ["metadata[x y]", "1"],
        ["order", "desc"],
        ["after", "a"],
        ["limit", "100"],
      ),
    );
    const url = new URL(server.seen[0]?.url ?? "", "http://h");
    assert.equal(url.pathname, "/v1/chat/completions");
    assert.deepEqual(
      [...url.searchParams],
      [
        ["model", "m"],
        ["metadata[team]", "a&b"],
        ["metadata[x y]", "1"],
        ["order", "desc"],
        ["after", "a"],
        ["limit", "100"],
      ],
    );
    assert.deepEqual([page.data.length, page.hasMore, page.lastId], [1, true, "b"]);
  });

  it("page reads one page, and an empty page has no last ID", async (t) => {
    const server = await replies(
      t,
      json(200, '{"object":"list","data":[],"first_id":null,"last_id":null,"has_more":false}'),
    );
    const page = await client(t, server.base).page({
      method: "GET",
      path: ["chat", "completions", "c", "messages"],
      query: [["order", "asc"]],
    });
    assert.equal(server.seen[0]?.url, "/v1/chat/completions/c/messages?order=asc");
    assert.deepEqual([page.data.length, page.hasMore, page.lastId], [0, false, null]);
  });

  it("create, update and delete send what the API takes", async (t) => {
    const bodies: string[] = [];
    const server = await replies(t, (response, request) => {
      bodies.push(`${request.method} ${request.url} ${request.headers["content-type"]}`);
      response.end('{"deleted":true}');
    });
    const openai = client(t, server.base);
    await openai.send(post(new Map([["seed", new JsonNumber("9007199254740993")]])));
    await openai.acknowledge(update("c", new Map([["a", "b"]])));
    const gone = await openai.acknowledge(remove("c"));
    assert.deepEqual(bodies, [
      "POST /v1/chat/completions application/json",
      "POST /v1/chat/completions/c application/json",
      "DELETE /v1/chat/completions/c undefined",
    ]);
    assert.ok(isJsonObject(gone.body));
    assert.equal(gone.body.get("deleted"), true);
  });

  it("call JSON of another shape by what it is", async (t) => {
    const server = await replies(
      t,
      json(200, "[1]"),
      json(200, '{"data":{}}'),
      json(200, '{"data":[],"has_more":"yes"}'),
    );
    const openai = client(t, server.base);
    const errors = [
      await failing(openai.send(get("a"))),
      await failing(openai.page(list(["order", "asc"]))),
      await failing(openai.page(list(["order", "asc"]))),
    ];
    assert.deepEqual(
      errors.map((error) => error.kind),
      ["unexpected_shape", "unexpected_shape", "unexpected_shape"],
    );
    assert.deepEqual(
      errors.map((error) => error.message),
      [
        "an object was expected, the answer is a list",
        "data: a list was expected, there is an object",
        "has_more: a boolean was expected, there is a string",
      ],
    );
    assert.ok(!isJsonObject(null));
  });
});
