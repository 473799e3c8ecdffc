import assert from "node:assert/strict";
import { createServer, type Socket } from "node:net";
import { describe, it, type TestContext } from "node:test";
import { createServer as createTlsServer } from "node:tls";
import { systemClock } from "../../../src/openai/clock.ts";
import type { ClientOptions } from "../../../src/openai/connection.ts";
import { selfSigned } from "../../support/openai-server/certificate.ts";
import { client, failing, get, listen, post, QuickClock } from "./support.ts";

const body = new Map([["model", "m"]]);

/** A server that counts its connections and does with each as it likes. */
async function server(t: TestContext, act: (socket: Socket, index: number) => void) {
  const seen = { connections: 0, closed: 0 };
  const port = await listen(
    t,
    createServer((socket) => {
      socket.on("close", () => {
        seen.closed += 1;
      });
      act(socket, seen.connections);
      seen.connections += 1;
    }),
  );
  return { seen, port };
}

const tls = selfSigned({ names: ["api.example"] });
const silent = (socket: Socket) => void socket.resume();
const bye = (socket: Socket) => void socket.once("data", () => socket.end());

/** Ways of a proxy to fail, by what it does with a connection. */
const failures: Readonly<Record<string, (socket: Socket) => void>> = {
  "closes on accept": (socket) => void socket.destroy(),
  "closes after CONNECT": bye,
  "resets after CONNECT": (socket) => void socket.once("data", () => socket.resetAndDestroy()),
  "closes in the middle of its answer": (socket) =>
    void socket.once("data", () => socket.end("HTTP/1.1 200 O")),
  "opens the tunnel and closes it": (socket) =>
    void socket.once("data", () => socket.end("HTTP/1.1 200 OK\r\n\r\n")),
  "does not speak HTTP": (socket) => void socket.once("data", () => socket.end("SSH-2.0-x\r\n")),
  "answers without an end": (socket) =>
    void socket.once("data", () => socket.write(`HTTP/1.1 200 OK\r\n${"x-a: b\r\n".repeat(20_000)}`)),
};

describe("a proxy that fails", () => {
  it("is named where the operation's time was over first", async (t) => {
    const { port } = await server(t, silent);
    const env = { HTTPS_PROXY: `http://127.0.0.1:${port}` };
    const openai = client(t, "https://api.example/v1", { env });
    const error = await failing(openai.send(post(body), { timeoutMs: 100 }));
    assert.deepEqual(
      [error.kind, error.sent, error.failure.proxy],
      ["operation_timeout", false, env.HTTPS_PROXY],
    );
  });

  for (const [how, act] of Object.entries(failures)) {
    it(`is one connection an attempt and no request where it ${how}`, async (t) => {
      const { seen, port } = await server(t, act);
      const clock = new QuickClock();
      const env = { HTTPS_PROXY: `http://127.0.0.1:${port}` };
      const openai = client(t, "https://api.example/v1", { env, maxRetries: 2, clock });
      for (const run of [() => openai.send(post(body)), () => openai.send(get("a"))]) {
        seen.connections = 0;
        const error = await failing(run());
        assert.deepEqual(
          [error.kind, error.sent, error.attempts, seen.connections],
          ["proxy", false, 3, 3],
          error.message,
        );
        assert.equal(error.failure.proxy, env.HTTPS_PROXY);
      }
      assert.deepEqual(clock.slept, [500, 1000, 500, 1000]);
    });
  }

  it("is one connection an attempt where plain http is spoken to a port of TLS", async (t) => {
    let connections = 0;
    const secure = createTlsServer({ key: tls.key, cert: tls.cert }).on("connection", () => {
      connections += 1;
    });
    const env = { HTTPS_PROXY: `http://127.0.0.1:${await listen(t, secure)}` };
    const error = await failing(client(t, "https://api.example/v1", { env, maxRetries: 1 }).send(post(body)));
    assert.deepEqual([error.kind, error.sent, error.attempts, connections], ["proxy", false, 2, 2]);
  });
});

/** Places where a connection comes no further. */
const places: Readonly<Record<string, (port: number) => Pick<ClientOptions, "baseUrl" | "env">>> = {
  "a proxy that never answers CONNECT": (port) => ({
    baseUrl: new URL("https://api.example/v1"),
    env: { HTTPS_PROXY: `http://127.0.0.1:${port}` },
  }),
  "a SOCKS proxy that never answers": (port) => ({
    baseUrl: new URL("http://api.example/v1"),
    env: { ALL_PROXY: `socks5://127.0.0.1:${port}` },
  }),
  "a proxy that never answers the TLS hello": (port) => ({
    baseUrl: new URL("https://api.example/v1"),
    env: { HTTPS_PROXY: `https://127.0.0.1:${port}` },
  }),
  "a server that never answers the TLS hello": (port) => ({
    baseUrl: new URL(`https://127.0.0.1:${port}/v1`),
    env: {},
  }),
};

describe("connecting", () => {
  for (const [place, at] of Object.entries(places)) {
    const slow = async (t: TestContext, options: Partial<ClientOptions> = {}) => {
      const { seen, port } = await server(t, silent);
      const { baseUrl, env } = at(port);
      const openai = client(t, baseUrl.href, { clock: systemClock, env, maxRetries: 0, ...options });
      const closed = async () => {
        while (seen.closed < seen.connections) await new Promise((resolve) => setTimeout(resolve, 5));
        return seen.connections;
      };
      return { seen, openai, closed };
    };

    it(`ends with the attempt's limit at ${place}, nothing sent, the socket closed`, async (t) => {
      const { openai, closed } = await slow(t, { timeoutMs: 100 });
      const error = await failing(openai.send(get("a")));
      assert.deepEqual([error.kind, error.sent], ["attempt_timeout", false]);
      assert.equal(error.message, "no connection was made in time");
      assert.equal(await closed(), 1);
    });

    it(`ends with the operation's limit at ${place}, also of a creation`, async (t) => {
      const { openai, closed } = await slow(t);
      const error = await failing(openai.send(post(body), { timeoutMs: 100 }));
      assert.deepEqual([error.kind, error.sent], ["operation_timeout", false]);
      assert.equal(await closed(), 1);
    });

    it(`ends when it is cancelled at ${place}, also of a creation`, async (t) => {
      const { seen, openai, closed } = await slow(t);
      const cancel = new AbortController();
      const run = failing(openai.send(post(body), { signal: cancel.signal }));
      while (seen.connections === 0) await new Promise((resolve) => setTimeout(resolve, 5));
      cancel.abort();
      const error = await run;
      assert.deepEqual([error.kind, error.sent, error.attempts], ["aborted", false, 1]);
      assert.equal(await closed(), 1);
    });
  }

  it("is tried again for a creation whose TLS handshake broke off: nothing was sent", async (t) => {
    const { seen, port } = await server(t, bye);
    const error = await failing(
      client(t, `https://127.0.0.1:${port}/v1`, { maxRetries: 2 }).send(post(body)),
    );
    assert.deepEqual([error.kind, error.sent, error.attempts, seen.connections], ["reset", false, 3, 3]);
  });

  it("closes what is on its way when the client is closed", async (t) => {
    const { seen, port } = await server(t, silent);
    const openai = client(t, `https://127.0.0.1:${port}/v1`, { maxRetries: 0 });
    const run = failing(openai.send(get("a")));
    while (seen.connections === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    await openai.close();
    assert.equal((await run).sent, false);
  });
});

it("a creation that was sent is not sent again, and may be paid", async (t) => {
  const { seen, port } = await server(t, bye);
  const error = await failing(client(t, `http://127.0.0.1:${port}/v1`).send(post(body)));
  assert.deepEqual([error.kind, error.sent, error.attempts, seen.connections], ["reset", true, 1, 1]);
});

it("a creation on a connection that was closed while idle goes out on another", async (t) => {
  const answer = 'HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\n{"id":"a"}';
  const sockets: Socket[] = [];
  const { seen, port } = await server(t, (socket) => {
    sockets.push(socket);
    socket.on("data", () => socket.write(answer));
  });
  const openai = client(t, `http://127.0.0.1:${port}/v1`);
  await openai.send(post(body));
  const closed = new Promise((resolve) => sockets[0]?.once("close", resolve));
  sockets[0]?.end();
  await closed;
  const response = await openai.send(post(body));
  assert.deepEqual([response.context.attempts, seen.connections], [1, 2]);
});
