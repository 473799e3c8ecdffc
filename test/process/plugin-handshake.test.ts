import assert from "node:assert/strict";
import { once } from "node:events";
import { existsSync, readdirSync } from "node:fs";
import { connect } from "node:net";
import { before, type TestContext, test } from "node:test";
import { createCertificate } from "../../src/plugin/certificate.ts";
import { bundle, temporaryFolder } from "./support/bundle.ts";
import { hostEnvironment, PluginClient, type PluginClientOptions } from "./support/plugin-client.ts";
import { PluginProcess } from "./support/plugin-process.ts";

const folder = temporaryFolder();
const sockets = temporaryFolder();
let command: string[] = [];
before(async () => {
  command = await bundle("test/process/support/fixture.ts", folder);
});

async function start(t: TestContext, options: Partial<PluginClientOptions> = {}): Promise<PluginClient> {
  const client = await PluginClient.start({ command, ...options, env: { TMPDIR: sockets, ...options.env } });
  t.after(() => client.dispose());
  return client;
}

/** Runs the program to its end. */
async function run(args: readonly string[], env: NodeJS.ProcessEnv) {
  const plugin = new PluginProcess([...command, ...args], { TMPDIR: sockets, ...env });
  const exit = await plugin.exit;
  return { ...exit, stdout: plugin.stdout, stderr: plugin.stderr };
}

const echoed = { msgpack: Buffer.from("c3", "hex"), json: Buffer.alloc(0) };
const echo = { name: "echo", arguments: [echoed] };

for (const namedCurve of ["P-521", "P-256"] as const) {
  test(`a host with a ${namedCurve} certificate is served over mutual TLS`, async (t) => {
    const client = await start(t, { certificate: createCertificate({ namedCurve }) });
    const { core, app, network, protocol, rest } = client.handshake;
    assert.deepEqual(
      { core, app, network, protocol, rest },
      { core: "1", app: "6", network: "unix", protocol: "grpc", rest: [] },
    );
    assert.ok(client.handshake.certificate.length > 50);
    assert.deepEqual((await client.call("tfplugin6.Provider/CallFunction", echo)).result, echoed);
  });
}

test("a host that announces no certificate is served in plaintext", async (t) => {
  const client = await start(t, { tls: false });
  assert.equal(client.handshake.certificate, "");
  assert.deepEqual((await client.call("tfplugin6.Provider/CallFunction", echo)).result, echoed);
});

test("over TCP a port of the host's range is served", async (t) => {
  const client = await start(t, { env: { PLUGIN_NETWORK: "tcp" } });
  assert.equal(client.handshake.network, "tcp");
  const [host, port] = client.handshake.address.split(":");
  assert.equal(host, "127.0.0.1");
  assert.ok(Number(port) >= 10_000 && Number(port) <= 25_000);
  assert.deepEqual((await client.call("tfplugin6.Provider/CallFunction", echo)).result, echoed);
});

for (const [offered, app] of [
  ["5,6", "6"],
  ["6,5", "6"],
  ["5", "5"],
  ["4", "5"],
  ["six,5", "5"],
] as const) {
  test(`a host that offers ${offered} gets ${app}`, async (t) => {
    const client = await start(t, { protocolVersions: offered });
    assert.equal(client.handshake.app, app);
    assert.deepEqual((await client.call("tfplugin6.Provider/CallFunction", echo)).result, echoed);
    assert.equal(client.process.stderr.includes('[WARN] the host offers "six"'), offered.startsWith("six"));
  });
}

test("a host that asks about multiplexing gets the answer that there is none", async (t) => {
  const client = await start(t, { env: { PLUGIN_MULTIPLEX_GRPC: "true" } });
  assert.deepEqual(client.handshake.rest, ["false"]);
});

test("the handshake line does not wait for the provider to load, and early calls do not get lost", async (t) => {
  const client = await start(t, { env: { FIXTURE_REGISTER_MS: "1500" } });
  let answered = false;
  const call = client.call("tfplugin6.Provider/CallFunction", echo).finally(() => {
    answered = true;
  });
  await new Promise((resolve) => setTimeout(resolve, 300));
  assert.equal(answered, false, "the fixture has not registered its service yet");
  assert.deepEqual((await call).result, echoed);
});

test("connections that came and went before the provider was loaded do no harm", async (t) => {
  const client = await start(t, { env: { FIXTURE_REGISTER_MS: "500" } });
  for (const leave of ["end", "destroy"] as const) {
    const early = connect(client.handshake.address);
    early.on("error", () => {});
    await once(early, "connect");
    early.write("nonsense");
    early[leave]();
  }
  assert.deepEqual((await client.call("tfplugin6.Provider/CallFunction", echo)).result, echoed);
});

test("a message far beyond grpc-js's own limit of 4 MiB passes both ways", async (t) => {
  const client = await start(t);
  const large = { msgpack: Buffer.alloc(12 * 1024 * 1024, 7), json: Buffer.alloc(0) };
  const { result } = await client.call("tfplugin6.Provider/CallFunction", {
    name: "echo",
    arguments: [large],
  });
  assert.deepEqual(result, large);
});

test("a method that the provider does not have is unimplemented, with the server still serving", async (t) => {
  const client = await start(t);
  await assert.rejects(client.call("tfplugin6.Provider/GetProviderSchema"), { code: 12 });
  assert.deepEqual((await client.call("tfplugin6.Provider/CallFunction", echo)).result, echoed);
});

test("started by hand it says what it is on stderr and exits with 1", async () => {
  const { code, stdout, stderr } = await run([], {});
  assert.equal(code, 1);
  assert.equal(stdout, "");
  assert.match(stderr, /^This binary is a plugin\..*acme\/fixture.*--debug/s);
});

test("the version and the help are printed without a cookie", async () => {
  const version = await run(["--version"], {});
  assert.deepEqual([version.code, version.stdout], [0, "terraform-provider-fixture 1.2.3\n"]);
  const help = await run(["-help"], {});
  assert.equal(help.code, 0);
  assert.match(help.stdout, /-debug/);
  const unknown = await run(["--nonsense"], {});
  assert.deepEqual([unknown.code, unknown.stdout], [2, ""]);
  assert.match(unknown.stderr, /unknown argument --nonsense/);
});

for (const [what, variables, reason] of [
  [
    "a client certificate that is none",
    { PLUGIN_CLIENT_CERT: "nonsense" },
    /^PLUGIN_CLIENT_CERT holds no certificate/,
  ],
  [
    "a directory without room for a socket",
    { PLUGIN_UNIX_SOCKET_DIR: "/nowhere" },
    /^No Unix socket to listen on: .*PLUGIN_UNIX_SOCKET_DIR/,
  ],
  [
    "a port that makes no sense",
    { PLUGIN_NETWORK: "tcp", PLUGIN_MIN_PORT: "many\nlines" },
    /^PLUGIN_MIN_PORT is "many/,
  ],
] as const) {
  test(`${what} ends the start with a reason in the first line of stdout`, async () => {
    const { code, stdout, stderr } = await run([], { ...hostEnvironment(undefined, "5,6"), ...variables });
    assert.equal(code, 1);
    assert.match(stdout, reason);
    assert.equal(stdout.indexOf("\n"), stdout.length - 1, "one line");
    assert.equal(stderr, `[ERROR] ${stdout}`);
  });
}

test("debug mode says the reason of a failed start on stderr alone", async () => {
  const { code, stdout, stderr } = await run(["--debug"], { PLUGIN_UNIX_SOCKET_DIR: "/nowhere" });
  assert.deepEqual([code, stdout], [1, ""]);
  assert.match(stderr, /^\[ERROR\] No Unix socket to listen on/);
});

test("after Shutdown no socket is left", async (t) => {
  const client = await start(t);
  assert.equal(existsSync(client.handshake.address), true);
  assert.deepEqual(await client.shutdown(), { code: 0, signal: null });
  assert.deepEqual(
    readdirSync(sockets).filter((name) => client.handshake.address.endsWith(name)),
    [],
  );
});
