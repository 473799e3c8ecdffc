import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from "node:zlib";
import { bodyLimit } from "../../../src/openai/body.ts";
import { client, failing, get, http, json, ok, post, rawTcp, replies } from "./support.ts";

const text = `{"id":"a","content":"${"é👍 ".repeat(2_000)}"}`;
const encodings: [string, Buffer][] = [
  ["gzip", gzipSync(text)],
  ["x-gzip", gzipSync(text)],
  ["deflate", deflateSync(text)],
  ["deflate", deflateRawSync(text)],
  ["br", brotliCompressSync(text)],
  ["GZIP, br", brotliCompressSync(gzipSync(text))],
  ["identity", Buffer.from(text)],
];

function serve(
  t: Parameters<typeof http>[0],
  body: Buffer | string,
  headers: Record<string, string> = {},
  status = 200,
) {
  return http(t, (_, response) => response.writeHead(status, headers).end(body));
}

async function failure(t: Parameters<typeof http>[0], port: number) {
  return failing(client(t, `http://127.0.0.1:${port}`, { maxRetries: 1 }).send(get("a")));
}

describe("a body", () => {
  for (const [index, [encoding, bytes]] of encodings.entries()) {
    it(`is decoded from ${encoding} (${index})`, async (t) => {
      const port = await serve(t, bytes, { "content-encoding": encoding });
      const response = await client(t, `http://127.0.0.1:${port}`).send(get("a"));
      assert.equal(response.text, text);
    });
  }

  it("may come in pieces that split characters, under another content type, after a byte order mark", async (t) => {
    const bytes = Buffer.from(`\ufeff${text}`);
    const port = await http(t, (_, response) => {
      response.writeHead(200, { "content-type": "text/plain" });
      for (let at = 0; at < bytes.length; at += 1_001) response.write(bytes.subarray(at, at + 1_001));
      response.end();
    });
    const response = await client(t, `http://127.0.0.1:${port}`).send(get("a"));
    assert.equal(response.text, text);
  });

  for (const [encoding, compress] of [
    ["gzip", gzipSync],
    ["br", brotliCompressSync],
    ["deflate", deflateSync],
  ] as const) {
    it(`is too large after 32 MiB of ${encoding}, however small it came`, async (t) => {
      const bomb = compress(Buffer.alloc(bodyLimit + 1, 0x20));
      assert.ok(bomb.length < 100_000);
      const error = await failure(t, await serve(t, bomb, { "content-encoding": encoding }));
      assert.deepEqual([error.kind, error.attempts, error.failure.limit], ["too_large", 1, bodyLimit]);
    });
  }

  it("of exactly 32 MiB is taken", async (t) => {
    const port = await serve(t, `{}${" ".repeat(bodyLimit - 2)}`);
    const response = await client(t, `http://127.0.0.1:${port}`).send(get("a"));
    assert.equal(response.text.length, bodyLimit);
  });

  it("that cannot be decompressed is named so, and a cut one is truncated", async (t) => {
    const whole = gzipSync(text);
    const kinds = async (bytes: Buffer, encoding: string) =>
      (await failure(t, await serve(t, bytes, { "content-encoding": encoding }))).kind;
    assert.equal(await kinds(Buffer.from(text), "gzip"), "invalid_encoding");
    assert.equal(await kinds(Buffer.from(text), "br"), "invalid_encoding");
    assert.equal(await kinds(Buffer.from([0x28, 0xb5, 0x2f, 0xfd]), "zstd"), "invalid_encoding");
    assert.equal(await kinds(whole.subarray(0, whole.length - 9), "gzip"), "truncated");
    assert.equal(await kinds(brotliCompressSync(text).subarray(0, 20), "br"), "truncated");
  });

  for (const encoding of ["utf-8", "none", "zstd", "aws-chunked", "utf-8, gzip", "gzip, none"]) {
    it(`is passed on under a coding that nobody asked for: ${encoding}`, async (t) => {
      const bytes = encoding.includes("gzip") ? gzipSync(text) : text;
      const port = await serve(t, bytes, { "content-encoding": encoding });
      assert.equal((await client(t, `http://127.0.0.1:${port}`).send(get("a"))).text, String(text));
    });
  }

  it("shorter than its content-length, or with a cut chunk, is truncated and asked for again", async (t) => {
    const head = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\nx-request-id: req_cut\r\n";
    for (const answer of [
      `${head}content-length: 100\r\n\r\n{"id":"a"}`,
      `${head}transfer-encoding: chunked\r\n\r\n5\r\n{"id"\r\n`,
      `${head}connection: close\r\n\r\n{"id":"a`,
    ]) {
      const error = await failure(t, await rawTcp(t, answer));
      assert.deepEqual(
        [error.kind, error.status, error.requestId, error.attempts],
        ["truncated", 200, "req_cut", 2],
        answer,
      );
    }
  });

  it("that is not JSON shows its first line, cleaned", async (t) => {
    const port = await serve(t, "\n<html>\u001b[31m<title>Sign in</title>\n<body>", {
      "content-type": "text/html",
    });
    const error = await failure(t, port);
    assert.deepEqual(
      [error.kind, error.attempts, error.failure.firstLine],
      ["not_json", 1, "<html><title>Sign in</title>"],
    );
    assert.equal(error.failure.contentType, "text/html");
  });

  it("that is invalid JSON, empty, or not UTF-8 says which and where", async (t) => {
    const invalid = await failure(
      t,
      await serve(t, '{"a":1,\n "b":x}', { "content-type": "application/json" }),
    );
    assert.deepEqual([invalid.kind, invalid.attempts], ["invalid_json", 1]);
    assert.match(invalid.message, /line 2, column 6$/);
    assert.equal(invalid.failure.firstLine, '{"a":…, "b":…}');
    const empty = await failure(t, await serve(t, ""));
    assert.deepEqual([empty.kind, empty.message], ["not_json", "the answer is empty"]);
    const bytes = await failure(t, await serve(t, Buffer.from([0x7b, 0xff, 0x7d])));
    assert.deepEqual([bytes.kind, bytes.message], ["invalid_json", "the answer is not valid UTF-8"]);
    const deep = await failure(t, await serve(t, "[".repeat(100_000)));
    assert.match(deep.message, /nested deeper than 512 levels/);
  });

  it("of an error that cannot be read leaves the status to speak", async (t) => {
    const port = await serve(t, "not gzip", { "content-encoding": "gzip", "x-request-id": "req_7" }, 404);
    const error = await failure(t, port);
    assert.deepEqual(
      [error.kind, error.status, error.requestId, error.api?.envelope],
      ["wrong_url", 404, "req_7", "empty"],
    );
  });

  it("of a 404 that is cut is asked for again, since it does not say what is missing", async (t) => {
    const cut = gzipSync('{"error":{"message":"not found","code":"not_found"}}').subarray(0, 20);
    const error = await failure(t, await serve(t, cut, { "content-encoding": "gzip" }, 404));
    assert.deepEqual([error.kind, error.status], ["truncated", 404]);
  });

  it("of a proxy's error page shows its first line with the status", async (t) => {
    const server = await replies(
      t,
      json(502, "<html>\n<h1>Bad Gateway</h1>", { "content-type": "text/html" }),
    );
    const error = await failing(client(t, server.base, { maxRetries: 0 }).send(get("a")));
    assert.deepEqual([error.kind, error.status, error.failure.firstLine], ["server_error", 502, "<html>"]);
  });
});

describe("a redirect", () => {
  const to = (location: string, status = 302) => json(status, "", { location });

  it("within the origin is followed, with the key", async (t) => {
    const server = await replies(t, to("/other?x=1"), to("third", 308), ok);
    await client(t, server.base).send(get("a"));
    assert.deepEqual(
      server.seen.map((request) => request.url),
      ["/v1/chat/completions/a", "/other?x=1", "/third"],
    );
    assert.ok(server.seen.every((request) => request.headers.authorization !== undefined));
  });

  it("to another origin is refused: nothing is sent there", async (t) => {
    const other = await replies(t, ok);
    const server = await replies(t, to(`${other.base}/x?token=secret`));
    const error = await failing(client(t, server.base).send(get("a")));
    assert.deepEqual([error.kind, error.status, error.attempts, other.seen.length], ["redirect", 302, 1, 0]);
    assert.equal(`${error.failure.location}/v1`, other.base);
    assert.doesNotMatch(JSON.stringify(error), /secret/);
  });

  it("of a scheme that wraps the same origin is refused", async (t) => {
    for (const scheme of ["blob", "BLOB", "filesystem", "view-source"]) {
      let own = "";
      const server = await replies(t, (response, request) => to(`${scheme}:${own}/x`)(response, request), ok);
      own = new URL(server.base).origin;
      const error = await failing(client(t, server.base).send(get("a")));
      assert.deepEqual([error.kind, server.seen.length], ["redirect", 1], scheme);
      assert.equal(error.failure.location, scheme === "BLOB" ? "blob:" : `${scheme}:`);
    }
  });

  it("is followed ten times and no more", async (t) => {
    const server = await replies(t, to("/again"));
    const error = await failing(client(t, server.base).send(get("a")));
    assert.deepEqual([error.kind, server.seen.length], ["redirect", 11]);
  });

  for (const [plane, asked, led] of [
    ["admin", "/organization/users", "/v1/files"],
    ["admin", "/organization/users", "/v1/chat/completions"],
    ["admin", "/organization/users", "/elsewhere"],
    ["project", "/files", "/v1/organization/users"],
    ["project", "/files", "/v1/%6Frganization/users"],
    ["project", "/files", "/v1//Projects/p/roles"],
    ["project", "/files", "/v2/organization/users"],
  ] as const) {
    it(`of ${asked} to ${led} is refused: no key goes where the other one belongs`, async (t) => {
      const server = await replies(t, to(led), ok);
      const openai = client(t, server.base, { plane });
      const error = await failing(openai.send({ method: "GET", path: asked.slice(1).split("/") }));
      assert.deepEqual([error.kind, server.seen.length], ["redirect", 1]);
      assert.match(error.message, /another kind of key/);
    });
  }

  it("within the Administration API is followed", async (t) => {
    const server = await replies(t, to("/v1/organization/projects?after=a"), ok);
    await client(t, server.base, { plane: "admin" }).send({
      method: "GET",
      path: ["projects", "p", "roles"],
    });
    assert.equal(server.seen.length, 2);
  });

  it("of a write is refused", async (t) => {
    const server = await replies(t, to("/other", 307));
    const error = await failing(client(t, server.base).send(post(new Map())));
    assert.deepEqual([error.kind, server.seen.length], ["redirect", 1]);
  });
});
