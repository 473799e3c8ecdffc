import assert from "node:assert/strict";
import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { before, type TestContext, test } from "node:test";
import { bundle, temporaryFolder } from "./support/bundle.ts";
import { PluginClient } from "./support/plugin-client.ts";

/*
 * TCP mode, where every user of the machine may connect: strangers keep no host out.
 */

const DESCRIPTORS = 64;
const STRANGERS = 300;
/** The beginning of a TLS record that holds a hello, which never comes to its end. */
const HALF_A_HELLO = Buffer.from("160301020001", "hex");

const skip = process.platform === "win32" ? "there is no ulimit on Windows" : false;

const folder = temporaryFolder();
let command: string[] = [];
before(async () => {
  command = await bundle("test/process/support/fixture.ts", folder);
});

async function start(t: TestContext, env: NodeJS.ProcessEnv = {}): Promise<PluginClient> {
  const limited = ["/bin/sh", "-c", `ulimit -n ${DESCRIPTORS}; exec "$@"`, "sh", ...command];
  const client = await PluginClient.start({ command: limited, env: { PLUGIN_NETWORK: "tcp", ...env } });
  t.after(() => client.dispose());
  return client;
}

/** Connections that stay open as long as they are let. */
async function strangers(t: TestContext, client: PluginClient, say?: Buffer): Promise<Socket[]> {
  const [host, port] = client.handshake.address.split(":");
  const sockets: Socket[] = [];
  for (let count = 0; count < STRANGERS; count += 1) {
    const socket = connect(Number(port), host).on("error", () => {});
    sockets.push(socket);
    await Promise.race([once(socket, "connect"), once(socket, "close")]);
    if (say !== undefined) socket.write(say);
    socket.resume();
  }
  t.after(() => {
    for (const socket of sockets) socket.destroy();
  });
  return sockets;
}

async function serves(client: PluginClient): Promise<void> {
  const { status } = await client.call("grpc.health.v1.Health/Check", { service: "plugin" });
  assert.equal(status, "SERVING");
}

for (const [what, say] of [
  ["say nothing", undefined],
  ["send half a hello", HALF_A_HELLO],
] as const) {
  test(`${STRANGERS} connections that ${what} keep no host out, and most are closed`, { skip }, async (t) => {
    const client = await start(t);
    const others = await strangers(t, client, say);
    await serves(client);
    const open = others.filter((socket) => !socket.closed).length;
    assert.ok(open <= 16, `${open} are open`);
  });
}

test("a host that was there before the strangers stays", { skip }, async (t) => {
  const client = await start(t);
  await serves(client);
  await strangers(t, client);
  await strangers(t, client, HALF_A_HELLO);
  await serves(client);
  assert.doesNotMatch(client.process.stderr, /exiting/);
});

test("strangers that come while the provider is loaded keep no host out", { skip }, async (t) => {
  const client = await start(t, { FIXTURE_REGISTER_MS: "1000" });
  const call = serves(client);
  await strangers(t, client);
  await call;
});
