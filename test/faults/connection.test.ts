import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import type { Arguments } from "../process/support/built-provider.ts";
import { selfSigned } from "../support/openai-server/certificate.ts";
import { type OpenAIServer, startOpenAIServer } from "../support/openai-server/server.ts";
import { makePlace } from "./fixture.ts";
import { Pool } from "./pool.ts";
import { type RawServer, startRawServer } from "./raw-server.ts";
import type { Outcome } from "./session.ts";
import { COMPLETION, type Fixture, LISTED, READ_ID } from "./steps.ts";

/*
 * Faults of the connection itself, and answers that no HTTP server would write: each at every operation,
 * whose first request meets it.
 */

/** Where the API is said to be, what a practitioner reads, and how many requests arrive there. */
interface Row {
  readonly name: string;
  readonly url: (fixture: Fixture) => string;
  readonly title: string;
  /** Requests that the raw server of the row sees of an operation that fails; unset means that it has none. */
  readonly calls?: number;
  readonly raw?: RawServer;
  readonly more?: Arguments;
  /** The title of a creation, where it is another. */
  readonly created?: string;
}

const operations: Readonly<Record<string, (fixture: Fixture) => Promise<Outcome>>> = {
  read: ({ session }) => session.read("openai_chat_completion", { completion_id: READ_ID }),
  list: ({ session }) => session.read("openai_chat_completions", { model: LISTED }),
  messages: ({ session }) => session.read("openai_chat_completion_messages", { completion_id: READ_ID }),
  open: ({ session }) => session.open({ completion_id: READ_ID }),
  create: ({ session }) => session.create({ ...COMPLETION, timeouts: { create: "1s" } }),
  refresh: ({ session, kept }) => session.refresh(kept),
  update: ({ session, kept }) =>
    session.update(kept, COMPLETION, { metadata: new Map([["team", "changed"]]) }),
  delete: ({ session, kept }) => session.delete(kept),
  import: ({ session, kept }) => session.import(kept.id),
};
/** What keeps the state of an object that was there before. */
const keeping = new Set(["refresh", "update", "delete"]);

const json = "content-type: application/json\r\n";
/** What is written to every request. */
const raw: Readonly<Record<string, [answer: string, title: string, created?: string]>> = {
  "nothing but a closed connection": ["", "Connection lost"],
  "another protocol": ["SSH-2.0-OpenSSH_9.6\r\n", "Unexpected answer from the API"],
  "HTTP/2 without being asked": ["PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", "Unexpected answer from the API"],
  "a status that is no number": ["HTTP/1.1 abc What\r\n\r\n", "Unexpected answer from the API"],
  "headers without an end": [
    `HTTP/1.1 200 OK\r\n${"x-a: b\r\n".repeat(50_000)}`,
    "Unexpected answer from the API",
  ],
  "a header of a megabyte": [
    `HTTP/1.1 200 OK\r\nx-a: ${"b".repeat(1 << 20)}\r\n\r\n`,
    "Unexpected answer from the API",
  ],
  "a header with a control character": [
    "HTTP/1.1 200 OK\r\nx-a: \u0000\u001b[31m\r\ncontent-length: 2\r\n\r\n{}",
    "Unexpected answer from the API",
  ],
  "a header without a colon": [
    "HTTP/1.1 200 OK\r\nnonsense\r\ncontent-length: 2\r\n\r\n{}",
    "Unexpected answer from the API",
  ],
  "a negative Content-Length": [
    `HTTP/1.1 200 OK\r\n${json}content-length: -5\r\n\r\n{}`,
    "Unexpected answer from the API",
  ],
  "a Content-Length beyond all numbers": [
    `HTTP/1.1 200 OK\r\n${json}content-length: ${"9".repeat(40)}\r\n\r\n{}`,
    "Unexpected answer from the API",
  ],
  "two lengths that differ": [
    `HTTP/1.1 200 OK\r\n${json}content-length: 2\r\ncontent-length: 7\r\n\r\n{}`,
    "Unexpected answer from the API",
  ],
  "a length and chunks at once, of which the chunks are none": [
    `HTTP/1.1 200 OK\r\n${json}content-length: 2\r\ntransfer-encoding: chunked\r\n\r\n{}`,
    "Unexpected answer from the API",
  ],
  "chunks without the last": [
    `HTTP/1.1 200 OK\r\n${json}transfer-encoding: chunked\r\n\r\n2\r\n{}\r\n`,
    "Answer cut short",
  ],
  "an upgrade that nobody asked for": [
    "HTTP/1.1 101 Switching Protocols\r\nupgrade: websocket\r\nconnection: upgrade\r\n\r\n",
    "Connection lost",
  ],
};

const servers: { close(): Promise<void> }[] = [];
const rows: Row[] = [];
const pool = new Pool(2);
const figures = { rows: 0, calls: 0 };
let faults = 0;
const started = performance.now();

async function rawRow(
  name: string,
  answer: (socket: Socket) => void,
  row: Omit<Row, "name" | "url">,
): Promise<void> {
  const server = await startRawServer(answer);
  servers.push(server);
  rows.push({ name, url: () => `http://127.0.0.1:${server.port}/v1`, raw: server, calls: 1, ...row });
}

async function secure(options: Parameters<typeof selfSigned>[0]): Promise<OpenAIServer> {
  const server = await startOpenAIServer({ tls: selfSigned(options) });
  servers.push(server);
  return server;
}

before(async () => {
  for (const [name, [answer, title]] of Object.entries(raw)) {
    await rawRow(name, (socket) => socket.end(answer, "latin1"), { title });
  }
  const late = {
    title: "No answer in time",
    created: "Creation not finished in time",
    more: { timeout: "300ms" },
  };
  await rawRow("a connection that nobody serves", () => {}, late);
  await rawRow("a header of one byte in a tenth of a second", trickle, late);
  await rawRow(
    "interim answers for ever",
    (socket) => {
      const timer = setInterval(() => socket.write("HTTP/1.1 103 Early Hints\r\nlink: <x>\r\n\r\n"), 20);
      socket.on("close", () => clearInterval(timer));
    },
    late,
  );

  const closed = await startRawServer(() => {});
  await closed.close();
  rows.push({
    name: "nobody listens",
    url: () => `http://127.0.0.1:${closed.port}/v1`,
    title: "Connection refused",
  });
  rows.push({ name: "no such host", url: () => "https://no-such-host.invalid/v1", title: "Host not found" });
  const hour = 3_600_000;
  const expired = await secure({ notAfter: new Date(Date.now() - hour / 2) });
  const stranger = await secure({});
  rows.push({ name: "an expired certificate", url: () => expired.url, title: "TLS failure" });
  rows.push({ name: "an unknown authority", url: () => stranger.url, title: "TLS failure" });
  rows.push({
    name: "TLS where plain HTTP is spoken",
    url: ({ server }) => server.url.replace("http:", "https:"),
    title: "TLS failure",
  });
  rows.push({
    name: "plain HTTP where TLS is spoken",
    url: () => stranger.url.replace("https:", "http:"),
    title: "Connection lost",
  });
});

function trickle(socket: Socket): void {
  const text = "HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}";
  let at = 0;
  const timer = setInterval(() => {
    socket.write(text.charAt(at));
    at += 1;
  }, 100);
  socket.on("close", () => clearInterval(timer));
}

/** What a proxy does with a connection, or what it answers to a request. */
const proxies: Readonly<Record<string, { act: (socket: Socket) => void; title?: string; more?: Arguments }>> =
  {
    "closes on accept": { act: (socket) => void socket.destroy() },
    "closes after CONNECT": { act: answering("") },
    "never answers": { act: () => {}, title: "No answer in time", more: { timeout: "300ms" } },
    "opens the tunnel and closes it": { act: answering("HTTP/1.1 200 OK\r\n\r\n") },
    "opens the tunnel and is silent": {
      act: (socket) => void socket.once("data", () => socket.write("HTTP/1.1 200 OK\r\n\r\n")),
      title: "No answer in time",
      more: { timeout: "300ms" },
    },
    "leads to what does not speak TLS": {
      act: answering("HTTP/1.1 200 OK\r\n\r\nHTTP/1.1 400 Bad Request\r\n\r\n"),
      title: "TLS failure",
    },
    "wants a password": { act: answering("HTTP/1.1 407 Proxy Authentication Required\r\n\r\n") },
    "does not allow the host": { act: answering("HTTP/1.1 403 Forbidden\r\n\r\n") },
    "cannot reach the host": { act: answering("HTTP/1.1 502 Bad Gateway\r\n\r\n") },
    "speaks TLS": { act: answering("\u0015\u0003\u0003\u0000\u0002\u0002\n") },
    "wants a password for a plain request": {
      act: answering("HTTP/1.1 407 Proxy Authentication Required\r\ncontent-length: 0\r\n\r\n"),
      more: { base_url: "http://gateway.test/v1", allow_http: true },
    },
  };

function answering(text: string): (socket: Socket) => void {
  return (socket) => void socket.once("data", () => socket.end(text, "latin1"));
}

describe("faults of the connection", { concurrency: 4 }, () => {
  describe("a connection that is of no use", { concurrency: 2 }, () => {
    after(async () => {
      await pool.end();
      for (const server of servers.reverse()) await server.close();
    });

    for (const [name, run] of Object.entries(operations)) {
      it(`${name}: is reported under its title, changes nothing, and is asked for once`, () =>
        pool.use(async (fixture) => {
          const wrong: string[] = [];
          for (const row of rows) wrong.push(...(await wrongIn(row, name, run, fixture)));
          assert.deepEqual(wrong, []);
        }));
    }
  });

  describe("an environment that is of no use", { concurrency: 1 }, () => {
    const folder = mkdtempSync(join(tmpdir(), "authorities-"));
    const ends: (() => void | Promise<void>)[] = [];
    const secured: Row[] = [];
    let behind: Fixture;
    before(async () => {
      const hour = 3_600_000;
      const certificates = {
        expired: selfSigned({ names: ["expired.test"], notAfter: new Date(Date.now() - hour / 2) }),
        future: selfSigned({ names: ["future.test"], notBefore: new Date(Date.now() + hour / 2) }),
        name: selfSigned({ names: ["elsewhere.test"], addresses: ["192.0.2.1"] }),
      };
      const file = join(folder, "authorities.pem");
      const trusted = Object.values(certificates).map(({ cert }) => cert);
      writeFileSync(file, trusted.join(""));
      for (const [name, tls] of Object.entries(certificates)) {
        const server = await startOpenAIServer({ tls });
        ends.push(() => server.close());
        secured.push({ name: `a trusted certificate: ${name}`, url: () => server.url, title: "TLS failure" });
      }
      const proxied = {
        url: () => "http://gateway.test/v1",
        title: "Proxy failed",
        more: { allow_http: true },
      };
      secured.push({ name: "a proxy that is down", ...proxied });
      const env = {
        SSL_CERT_FILE: file,
        HTTP_PROXY: "http://user:pass-canary@127.0.0.1:1",
        NO_PROXY: "127.0.0.1",
      };
      behind = await makePlace({ after: (last) => ends.push(last) }, { env });
    });
    after(async () => {
      for (const end of ends.reverse()) await end();
      rmSync(folder, { recursive: true });
    });

    for (const [name, run] of Object.entries(operations)) {
      it(`${name}: is reported under its title, and changes nothing`, async () => {
        for (const row of secured) {
          const { session, kept } = behind;
          await session.configure({
            api_key: "sk-canary",
            base_url: row.url(behind),
            max_retries: 0,
            ...row.more,
          });
          const { titles, details, state } = await run(behind);
          figures.rows += 1;
          assert.deepEqual(titles, [`ERROR ${row.title}`], `${row.name}: ${details.join()}`);
          assert.doesNotMatch(details.join(), /canary/);
          assert.ok(keeping.has(name) ? state?.equals(kept.state) : !state, row.name);
        }
        if (name === "read") faults += rows.length + secured.length;
      });
    }
  });

  describe("a proxy that is of no use", { concurrency: 1 }, () => {
    const ends: (() => void | Promise<void>)[] = [];
    let behind: Fixture;
    let act = (_socket: Socket) => {};
    let connections = 0;
    before(async () => {
      const proxy = createServer((socket) => {
        connections += 1;
        socket.on("error", () => {});
        act(socket);
      });
      const port = await listening(proxy);
      ends.push(() => void proxy.close());
      const url = `http://user:pass-canary@127.0.0.1:${port}`;
      const env = { HTTPS_PROXY: url, HTTP_PROXY: url };
      behind = await makePlace({ after: (last) => ends.push(last) }, { env });
    });
    after(async () => {
      for (const end of ends.reverse()) await end();
    });

    for (const [name, run] of Object.entries(operations)) {
      it(`${name}: is reported under its title, is connected to once, changes nothing, and costs nothing`, async () => {
        for (const [how, row] of Object.entries(proxies)) {
          const { session, kept } = behind;
          act = row.act;
          connections = 0;
          await session.configure({
            api_key: "sk-canary",
            base_url: "https://api.test/v1",
            max_retries: 0,
            ...row.more,
          });
          const { titles, details, state } = await run(behind);
          figures.rows += 1;
          // A creation has the operation's time for its one attempt.
          const late = row.title === "No answer in time" && name === "create";
          const title = late ? "Creation not finished in time" : (row.title ?? "Proxy failed");
          assert.deepEqual(titles, [`ERROR ${title}`], `${how}: ${details.join()}`);
          assert.equal(connections, 1, how);
          assert.doesNotMatch(details.join(), /canary|may have been|paid/);
          assert.ok(keeping.has(name) ? state?.equals(kept.state) : !state, how);
        }
        if (name === "read") faults += Object.keys(proxies).length;
      });
    }
  });

  it("an answer that comes before it is asked for is no answer to the next request", async (t) => {
    const one = JSON.stringify({ id: "a", object: "chat.completion", choices: [], model: "first" });
    const forged = JSON.stringify({ id: "b", object: "chat.completion", choices: [], model: "forged" });
    const answer = (body: string) =>
      `HTTP/1.1 200 OK\r\n${json}content-length: ${body.length}\r\n\r\n${body}`;
    // The first answer brings a second with it.
    const server = await startRawServer((socket, index) =>
      socket.write(index === 0 ? answer(one) + answer(forged) : answer(one)),
    );
    const ends: (() => void | Promise<void>)[] = [];
    t.after(async () => {
      for (const end of ends.reverse()) await end();
      await server.close();
    });
    const { session } = await makePlace({ after: (last) => ends.push(last) });
    await session.configure({ api_key: "sk-1", base_url: `http://127.0.0.1:${server.port}/v1` });
    for (let reads = 0; reads < 3; reads += 1) {
      const { state } = await session.read("openai_chat_completion", { completion_id: "a" });
      assert.ok(state?.includes("first") && !state.includes("forged"));
    }
  });
});

it("figures", (t) => {
  const seconds = Math.round((performance.now() - started) / 100) / 10;
  t.diagnostic(`${faults} faults, ${figures.rows} rows, ${figures.calls} calls, ${seconds} s`);
});

/** What is wrong with what becomes of an operation. */
async function wrongIn(
  row: Row,
  name: string,
  run: (fixture: Fixture) => Promise<Outcome>,
  fixture: Fixture,
): Promise<string[]> {
  const { session, kept } = fixture;
  const key = `sk-canary-${name}-${rows.indexOf(row)}.`;
  const base_url = row.url(fixture);
  await session.configure({ api_key: key, base_url, max_retries: 0, timeout: "10s", ...row.more });
  const { titles, details, state } = await run(fixture);
  // Others ask it, too.
  const calls = row.raw?.requests.filter((head) => head.includes(key)).length ?? 0;
  figures.rows += 1;
  figures.calls += calls;
  const title = name === "create" ? (row.created ?? row.title) : row.title;
  const wrong: string[] = [];
  if (titles.join() !== `ERROR ${title}`) wrong.push(`${titles.join()}, and not ${title}: ${details.join()}`);
  if (details.some((detail) => detail.includes(key) || /[^\P{C}\n]/u.test(detail))) wrong.push("unfit text");
  if (keeping.has(name) ? !state?.equals(kept.state) : state) wrong.push("another state");
  if (calls !== (row.calls ?? 0)) wrong.push(`${calls} calls`);
  return wrong.map((what) => `${row.name}: ${what}`);
}

function listening(server: Server): Promise<number> {
  return new Promise((resolve, reject) => {
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      if (address === null || typeof address === "string") reject(new Error("no port"));
      else resolve(address.port);
    });
  });
}
