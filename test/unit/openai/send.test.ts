import assert from "node:assert/strict";
import { mkdtempSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, it, type TestContext } from "node:test";
import type { SendRequest } from "../../../src/openai/index.ts";
import { client, errorBody, failing, http, json, replies } from "./support.ts";

/** A server that keeps what it gets and answers each request with an object. */
async function recording(context: TestContext) {
  const seen: { method: string; url: string; headers: NodeJS.Dict<string | string[]>; body: Buffer }[] = [];
  const port = await http(context, (request, response) => {
    const pieces: Buffer[] = [];
    request.on("data", (piece: Buffer) => pieces.push(piece));
    request.on("end", () => {
      const { method = "", url = "", headers } = request;
      seen.push({ method, url, headers, body: Buffer.concat(pieces) });
      response.writeHead(200, { "content-type": "application/json" }).end('{"id":"file-1"}');
    });
  });
  return { seen, base: `http://127.0.0.1:${port}/v1` };
}

function folder(context: TestContext): string {
  const made = mkdtempSync(join(tmpdir(), "send-"));
  context.after(() => rmSync(made, { recursive: true }));
  return made;
}

describe("send", () => {
  it("escapes each step of the path, and adds query and headers", async (t) => {
    const server = await recording(t);
    await client(t, server.base).send({
      method: "GET",
      path: ["vector_stores", "vs#1 ?", "files"],
      query: [["limit", "2"]],
      headers: { "openai-beta": "assistants=v2" },
    });
    const [request] = server.seen;
    assert.equal(request?.url, "/v1/vector_stores/vs%231%20%3F/files?limit=2");
    assert.equal(request?.headers["openai-beta"], "assistants=v2");
    assert.equal(request?.headers["content-type"], undefined);
  });

  for (const method of ["POST", "PUT", "PATCH"] as const) {
    it(`sends JSON with ${method}, numbers exact`, async (t) => {
      const server = await recording(t);
      await client(t, server.base).send({ method, path: ["x"], body: new Map([["name", "ä"]]) });
      const [request] = server.seen;
      assert.equal(request?.method, method);
      assert.equal(request?.headers["content-type"], "application/json");
      assert.equal(request?.body.toString(), '{"name":"ä"}');
    });
  }

  it("refuses a step that no URL can have", async (t) => {
    const server = await recording(t);
    for (const step of ["..", "..;", "a/b", "a\\b", "a%2fb"])
      await assert.rejects(client(t, server.base).send({ method: "GET", path: ["files", step] }), TypeError);
    assert.equal(server.seen.length, 0);
  });

  const policies: [SendRequest, number][] = [
    [{ method: "POST", path: ["x"] }, 1],
    [{ method: "PATCH", path: ["x"] }, 1],
    [{ method: "POST", path: ["x"], policy: "repeatable" }, 3],
    [{ method: "PUT", path: ["x"] }, 3],
    [{ method: "DELETE", path: ["x"] }, 3],
    [{ method: "GET", path: ["x"] }, 5],
  ];
  for (const [request, attempts] of policies) {
    it(`sends ${request.method}${request.policy ? " that may be repeated" : ""} ${attempts} times at most`, async (t) => {
      const server = await replies(t, json(500, errorBody({})));
      await failing(client(t, server.base).send(request));
      assert.equal(server.seen.length, attempts);
    });
  }
});

describe("a form", () => {
  it("is multipart/form-data with a known length, a file streamed from the disk", async (t) => {
    const server = await recording(t);
    const path = join(folder(t), "a.bin");
    const bytes = Buffer.from(Array.from({ length: 200_000 }, (_, index) => index % 256));
    writeFileSync(path, bytes);
    await client(t, server.base).send({
      method: "POST",
      path: ["files"],
      form: [
        ["purpose", "batch"],
        ["expires_after[seconds]", "3600"],
        ["file", { filename: 'a "b"\r\nc.bin', content: { path, size: bytes.length } }],
        ["more", { filename: "ä.txt", content: Buffer.from("text") }],
      ],
    });
    const [request] = server.seen;
    const type = String(request?.headers["content-type"]);
    const boundary = /^multipart\/form-data; boundary=(\S+)$/.exec(type)?.[1] ?? "";
    assert.equal(Number(request?.headers["content-length"]), request?.body.length);
    const parts = request?.body.toString("latin1").split(`--${boundary}`) ?? [];
    assert.equal(parts.length, 6);
    assert.equal(parts[1], '\r\nContent-Disposition: form-data; name="purpose"\r\n\r\nbatch\r\n');
    const head = `\r\nContent-Disposition: form-data; name="file"; filename="a %22b%22%0D%0Ac.bin"\r\nContent-Type: application/octet-stream\r\n\r\n`;
    assert.equal(parts[3], `${head}${bytes.toString("latin1")}\r\n`);
    assert.match(
      Buffer.from(parts[4] ?? "", "latin1").toString(),
      /filename="ä\.txt"[\s\S]*\r\n\r\ntext\r\n$/,
    );
    assert.equal(parts[5], "--\r\n");
  });

  for (const [name, size] of [
    ["shorter", 5],
    ["longer", 20],
  ] as const) {
    it(`fails where its file became ${name} since its size was taken`, async (t) => {
      const server = await recording(t);
      const path = join(folder(t), "a.bin");
      writeFileSync(path, "0123456789");
      if (size < 10) truncateSync(path, size);
      else writeFileSync(path, "0".repeat(size));
      const form = [["file", { filename: "a", content: { path, size: 10 } }]] as const;
      const error = await failing(client(t, server.base).send({ method: "POST", path: ["files"], form }));
      assert.equal(error.kind, "file_changed");
      assert.equal(server.seen.length, 0);
    });
  }
});
