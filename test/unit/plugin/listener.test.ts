import assert from "node:assert/strict";
import { once } from "node:events";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync } from "node:fs";
import { connect, createServer, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { type TestContext, test } from "node:test";
import { listen } from "../../../src/plugin/listener.ts";
import { SOCKET_PATH_LIMIT } from "../../../src/plugin/listener-unix.ts";

const unix = {
  skip: process.platform === "win32" ? "there are no Unix sockets for plugins on Windows" : false,
};

function folder(t: TestContext): string {
  const path = mkdtempSync(join(tmpdir(), "listener-"));
  t.after(() => rmSync(path, { recursive: true }));
  return path;
}

/** Listens and stops at the test's end; delivered connections are echoed. */
async function listening(t: TestContext, env: NodeJS.ProcessEnv) {
  const listener = await listen(env);
  t.after(() => {
    listener.remove();
    listener.close();
  });
  return listener;
}

async function answer(socket: Socket, text: string): Promise<string> {
  socket.end(text);
  let heard = "";
  for await (const chunk of socket.setEncoding("utf8")) heard += chunk;
  return heard;
}

test("the socket lies in TMPDIR, and nobody but its owner may connect", unix, async (t) => {
  const directory = folder(t);
  const umask = process.umask(0);
  t.after(() => process.umask(umask));
  const { network, address } = await listening(t, { TMPDIR: directory });
  assert.equal(network, "unix");
  assert.equal(dirname(address), directory);
  assert.equal(statSync(address).mode & 0o777, 0o600);
  assert.equal(process.umask(), 0, "the umask is as it was");
});

test("without TMPDIR it lies where os.tmpdir() says", unix, async (t) => {
  const directory = folder(t);
  const env = { TMPDIR: process.env.TMPDIR, TMP: process.env.TMP, TEMP: process.env.TEMP };
  t.after(() => {
    for (const [name, value] of Object.entries(env))
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
  });
  for (const set of [{ TMP: `${directory}/` }, { TEMP: directory }, { TMPDIR: "", TEMP: directory }, {}]) {
    for (const name of Object.keys(env)) delete process.env[name];
    Object.assign(process.env, set);
    const { address } = await listening(t, set);
    assert.equal(dirname(address), tmpdir(), JSON.stringify(set));
  }
});

test("the host's directory wins over TMPDIR, and remove takes the socket away", unix, async (t) => {
  const directory = folder(t);
  const listener = await listening(t, { TMPDIR: "/nowhere", PLUGIN_UNIX_SOCKET_DIR: directory });
  assert.equal(dirname(listener.address), directory);
  listener.remove();
  assert.equal(existsSync(listener.address), false);
  listener.remove();
});

test("a name that is taken is left as it is, and another one is used", unix, async (t) => {
  const directory = folder(t);
  const numbers = [0.1, 0.1, 0.2];
  t.mock.method(Math, "random", () => numbers.shift() ?? 0.3);
  const first = await listening(t, { TMPDIR: directory });
  const second = await listening(t, { TMPDIR: directory });
  assert.deepEqual(
    [first, second].map(({ address }) => address),
    [join(directory, "plugin1000000000"), join(directory, "plugin2000000000")],
  );
});

test("where every name is taken, the error says so", unix, async (t) => {
  const directory = folder(t);
  t.mock.method(Math, "random", () => 0.1);
  await listening(t, { PLUGIN_UNIX_SOCKET_DIR: directory });
  await assert.rejects(
    listen({ PLUGIN_UNIX_SOCKET_DIR: directory }),
    /No Unix socket .*EADDRINUSE.*plugin1000000000/,
  );
});

test(
  "connections that come early wait, with all they sent, until there is somebody to serve them",
  unix,
  async (t) => {
    const listener = await listening(t, { TMPDIR: folder(t) });
    const early = connect(listener.address);
    await once(early, "connect");
    const heard = answer(early, "early");
    await new Promise((resolve) => setTimeout(resolve, 50));
    listener.deliver((connection) => connection.pipe(connection));
    assert.equal(await heard, "early");
    assert.equal(await answer(connect(listener.address), "late"), "late");
  },
);

test("a TMPDIR too long for a socket is passed over for /tmp", unix, async (t) => {
  const long = join(folder(t), "x".repeat(SOCKET_PATH_LIMIT));
  mkdirSync(long);
  const { address } = await listening(t, { TMPDIR: long });
  assert.equal(dirname(address), "/tmp");
});

test("a path of just the allowed length is taken as it is", unix, async (t) => {
  const base = folder(t);
  const room = SOCKET_PATH_LIMIT - Buffer.byteLength(join(base, "x", "plugin0123456789")) + 1;
  const directory = join(base, "é".repeat(Math.floor(room / 2)) + "x".repeat(room % 2));
  mkdirSync(directory);
  const { address } = await listening(t, { TMPDIR: directory });
  assert.equal(Buffer.byteLength(address), SOCKET_PATH_LIMIT);
  assert.equal(await reachable(address), true);
});

test("a TMPDIR that does not exist is passed over for /tmp", unix, async (t) => {
  const { address } = await listening(t, { TMPDIR: join(folder(t), "missing") });
  assert.equal(dirname(address), "/tmp");
});

test("a host's directory that will not do is an error that says why and what to do", unix, async (t) => {
  const missing = join(folder(t), "missing");
  await assert.rejects(listen({ PLUGIN_UNIX_SOCKET_DIR: missing }), (error: Error) => {
    assert.match(error.message, /^No Unix socket to listen on: .*missing.*Set PLUGIN_UNIX_SOCKET_DIR to/);
    return true;
  });
  const long = `/tmp/${"x".repeat(120)}`;
  await assert.rejects(listen({ PLUGIN_UNIX_SOCKET_DIR: long }), /has 1\d\d bytes, and the system allows/);
});

test("a group that the host names may connect, by number or by name", unix, async (t) => {
  const gid = process.getgid?.() ?? 0;
  const { address } = await listening(t, { TMPDIR: folder(t), PLUGIN_UNIX_SOCKET_GROUP: `${gid}` });
  assert.equal(statSync(address).mode & 0o777, 0o660);
  assert.equal(statSync(address).gid, gid);
});

test("a group that does not exist is an error, and leaves no socket", unix, async (t) => {
  const directory = folder(t);
  const env = { PLUGIN_UNIX_SOCKET_DIR: directory, PLUGIN_UNIX_SOCKET_GROUP: "no-such-group" };
  await assert.rejects(listen(env), /names the group "no-such-group", which does not exist/);
  assert.deepEqual(readdirSync(directory), []);
});

test("PLUGIN_NETWORK=tcp listens on a loopback port that is free", async (t) => {
  const { network, address } = await listening(t, { PLUGIN_NETWORK: "tcp" });
  assert.equal(network, "tcp");
  assert.match(address, /^127\.0\.0\.1:\d+$/);
});

test("Windows listens on TCP without being asked", async (t) => {
  const listener = await listen({}, "win32");
  t.after(() => listener.close());
  assert.equal(listener.network, "tcp");
});

test("of a range of ports the first free one is taken", async (t) => {
  const taken = createServer().listen(0, "127.0.0.1");
  await once(taken, "listening");
  t.after(() => taken.close());
  const bound = taken.address();
  const port = typeof bound === "object" && bound !== null ? bound.port : 0;
  const env = { PLUGIN_NETWORK: "tcp", PLUGIN_MIN_PORT: `${port}`, PLUGIN_MAX_PORT: `${port + 50}` };
  const { address } = await listening(t, env);
  const chosen = Number(address.split(":")[1]);
  assert.ok(chosen > port && chosen <= port + 50);
  const full = { ...env, PLUGIN_MAX_PORT: `${port}` };
  await assert.rejects(listen(full), new RegExp(`No TCP port from ${port} to ${port} is free`));
});

test("ports that make no sense are errors that name the variable", async () => {
  const tcp = { PLUGIN_NETWORK: "tcp" };
  await assert.rejects(listen({ ...tcp, PLUGIN_MIN_PORT: "http" }), /PLUGIN_MIN_PORT is "http"/);
  await assert.rejects(listen({ ...tcp, PLUGIN_MAX_PORT: "65536" }), /PLUGIN_MAX_PORT is "65536"/);
  await assert.rejects(
    listen({ ...tcp, PLUGIN_MIN_PORT: "2", PLUGIN_MAX_PORT: "1" }),
    /greater than PLUGIN_MAX_PORT/,
  );
  await assert.rejects(listen({ PLUGIN_NETWORK: "pipe" }), /PLUGIN_NETWORK is "pipe"/);
});

async function reachable(address: string): Promise<boolean> {
  const socket = connect(address);
  await once(socket, "connect");
  socket.destroy();
  return true;
}
