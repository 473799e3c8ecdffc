import assert from "node:assert/strict";
import { createServer, type Socket } from "node:net";
import { describe, it, type TestContext } from "node:test";
import { AnswerHeads, headLimit } from "../../../src/openai/answer-head.ts";
import { client, failing, get, listen, post, rawTcp } from "./support.ts";

const ok = "HTTP/1.1 200 OK\r\n";
const json = '{"id":"a"}';
const chunked = `${ok}content-length: 2\r\ntransfer-encoding: chunked\r\n\r\na\r\n${json}\r\n0\r\n\r\n`;
const plain = `${ok}content-length: 10\r\n\r\n${json}`;

/** Answers that curl and Go read. */
const readable: Readonly<Record<string, string>> = {
  "a header of 20 KB": `${ok}x-a: ${"b".repeat(20_000)}\r\ncontent-length: 10\r\n\r\n${json}`,
  "many headers, 100 KB together": `${ok}${`x-a: ${"b".repeat(95)}\r\n`.repeat(1_000)}content-length: 10\r\n\r\n${json}`,
  "a length beside chunks": chunked,
  "chunks beside a length": `${ok}Transfer-Encoding: Chunked\r\nContent-Length: 99\r\nConnection: keep-alive\r\n\r\na\r\n${json}\r\n0\r\n\r\n`,
  "a length twice": `${ok}content-length: 10\r\nx-a: b\r\nContent-Length:10\r\n\r\n${json}`,
  "a length twice in one line": `${ok}content-length: 10, 10\r\n\r\n${json}`,
  "a 100 that was not asked for": `HTTP/1.1 100 Continue\r\n\r\n${plain}`,
  "several interim answers": `HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nlink: <x>\r\n\r\nHTTP/1.0 102\r\n\r\n${plain}`,
  "lines without carriage returns": `${ok}content-length: 10\r\n\r\n`.replaceAll("\r", "") + json,
};

/** Answers that are no HTTP to anybody. */
const unreadable: Readonly<Record<string, string>> = {
  "two lengths that differ": `${ok}content-length: 10\r\ncontent-length: 11\r\n\r\n${json}`,
  "two lengths in one line that differ": `${ok}content-length: 10, 11\r\n\r\n${json}`,
  "a negative length": `${ok}content-length: -5\r\n\r\n${json}`,
  "a folded length": `${ok}content-length: 1\r\n 0\r\n\r\n${json}`,
  "a header without a colon": `${ok}nonsense\r\n\r\n${json}`,
  "a status that is no number": "HTTP/1.1 abc What\r\n\r\n",
  "headers without an end": `${ok}${"x-a: b\r\n".repeat(50_000)}`,
  "a header of a megabyte": `${ok}x-a: ${"b".repeat(1 << 20)}\r\n\r\n`,
  "another protocol": "SSH-2.0-OpenSSH_9.6\r\n",
};

/** What the server answers, and how it arrives. */
const pieces: Readonly<Record<string, (socket: Socket, answer: string) => void>> = {
  "in one piece": (socket, answer) => void socket.end(answer),
  "byte by byte at its head": (socket, answer) => {
    socket.setNoDelay(true);
    let at = 0;
    const next = () => {
      if (at < Math.min(answer.length, 120)) {
        socket.write(answer.charAt(at));
        at += 1;
        setImmediate(next);
      } else socket.end(answer.slice(at));
    };
    next();
  },
};

async function serve(t: TestContext, answer: string, how: (typeof pieces)[string]): Promise<string> {
  const server = createServer((socket) => socket.once("data", () => how(socket, answer)));
  return `http://127.0.0.1:${await listen(t, server)}`;
}

describe("an answer", () => {
  for (const [how, write] of Object.entries(pieces)) {
    for (const [name, answer] of Object.entries(readable)) {
      it(`is read with ${name}, ${how}, also of a creation`, async (t) => {
        const openai = client(t, await serve(t, answer, write));
        assert.equal((await openai.send(post(new Map()))).text, json);
        assert.equal((await openai.send(get("a"))).text, json);
      });
    }
  }

  for (const [name, answer] of Object.entries(unreadable)) {
    it(`is not valid HTTP with ${name}`, async (t) => {
      const openai = client(t, `http://127.0.0.1:${await rawTcp(t, answer)}`);
      const error = await failing(openai.send(post(new Map())));
      assert.deepEqual([error.kind, error.sent, error.attempts], ["invalid_http", true, 1], error.message);
    });
  }

  it("whose length and chunks contradict each other ends its connection", async (t) => {
    let connections = 0;
    const server = createServer((socket) => {
      connections += 1;
      socket.on("data", () => socket.write(chunked));
    });
    const openai = client(t, `http://127.0.0.1:${await listen(t, server)}`);
    for (const id of ["a", "b"]) assert.equal((await openai.send(get(id))).text, json);
    assert.equal(connections, 2);
  });

  it("may begin before a long request is written to its end", async (t) => {
    const server = createServer((socket) => {
      socket.once("data", () => {
        socket.write("HTTP/1.1 200 OK\r\ncontent-le");
        setTimeout(() => socket.write(`ngth: 10\r\n\r\n${json}`), 20);
      });
    });
    const openai = client(t, `http://127.0.0.1:${await listen(t, server)}`);
    assert.equal((await openai.send(post(new Map([["a", "b".repeat(5_000_000)]])))).text, json);
  });
});

describe("heads", () => {
  const passed = (heads: AnswerHeads, text: string) =>
    heads.pass(Buffer.from(text, "latin1")).toString("latin1");

  it("are looked for once after each request, and never in what comes unasked", () => {
    const heads = new AnswerHeads();
    const interim = "HTTP/1.1 100 Continue\r\n\r\n";
    assert.equal(passed(heads, interim), interim);
    heads.expect();
    assert.equal(passed(heads, interim + plain), plain);
    assert.equal(passed(heads, interim), interim);
    assert.equal(passed(heads, chunked), chunked);
  });

  it("that are ordinary pass as they are, in any pieces", () => {
    const text = `${ok}x: y\r\n\r\nrest\r\n\r\nHTTP/1.1 100 Continue\r\n\r\n`;
    for (let size = 1; size < text.length; size += 1) {
      const heads = new AnswerHeads();
      heads.expect();
      let out = "";
      for (let at = 0; at < text.length; at += size) out += passed(heads, text.slice(at, at + size));
      assert.equal(out, text);
    }
  });

  it("that have no end are passed on at the limit, and no byte is lost", () => {
    const heads = new AnswerHeads();
    heads.expect();
    const text = ok + "x: y\r\n".repeat(headLimit / 6);
    let out = "";
    for (let at = 0; at < text.length; at += 1_000) out += passed(heads, text.slice(at, at + 1_000));
    assert.equal(out, text);
  });
});
