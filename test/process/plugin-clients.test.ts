import assert from "node:assert/strict";
import { connect as connectPlain } from "node:net";
import { before, type TestContext, test } from "node:test";
import { setTimeout as delay } from "node:timers/promises";
import { type ConnectionOptions, connect } from "node:tls";
import { type Certificate, createCertificate } from "../../src/plugin/certificate.ts";
import { bundle, temporaryFolder } from "./support/bundle.ts";
import { PluginClient } from "./support/plugin-client.ts";

const folder = temporaryFolder();
const sockets = temporaryFolder();
let command: string[] = [];
before(async () => {
  command = await bundle("test/process/support/fixture.ts", folder);
});

async function start(t: TestContext, certificate?: Certificate): Promise<PluginClient> {
  const client = await PluginClient.start({
    command,
    env: { TMPDIR: sockets },
    ...(certificate && { certificate }),
  });
  t.after(() => client.dispose());
  return client;
}

/** Connects over TLS without checking the server, and returns how many bytes it sent before it hung up. */
async function bytesServed(path: string, options: ConnectionOptions): Promise<number> {
  return await new Promise((resolve) => {
    let bytes = 0;
    const socket = connect({ path, rejectUnauthorized: false, ...options });
    socket.on("data", (chunk) => {
      bytes += chunk.length;
      // A client that is served gets the server's HTTP/2 settings without asking.
      socket.destroy();
    });
    socket.on("error", () => {});
    socket.on("close", () => resolve(bytes));
  });
}

const asClient = ({ pem, keyPem }: Certificate) => ({ cert: pem, key: keyPem });
const h2 = { ALPNProtocols: ["h2"] };

async function stillServes(client: PluginClient): Promise<void> {
  const { status } = await client.call("grpc.health.v1.Health/Check", { service: "plugin" });
  assert.equal(status, "SERVING");
}

test("the announced certificate is served, so that refusals below mean something", async (t) => {
  const certificate = createCertificate({ namedCurve: "P-521" });
  const client = await start(t, certificate);
  const bytes = await bytesServed(client.handshake.address, { ...h2, ...asClient(certificate) });
  assert.ok(bytes > 0);
  await stillServes(client);
});

test("clients that do not prove to be the host are refused, and serving goes on", async (t) => {
  const certificate = createCertificate({ namedCurve: "P-521" });
  const client = await start(t, certificate);
  const path = client.handshake.address;
  const refused: [who: string, options: ConnectionOptions, reason: RegExp][] = [
    ["without a certificate", h2, /it sent no certificate/],
    [
      "with another certificate",
      { ...h2, ...asClient(createCertificate({ namedCurve: "P-521" })) },
      /another certificate/,
    ],
    ["with the host's certificate and no ALPN", asClient(certificate), /did not ask for HTTP\/2/],
    [
      "with the host's certificate and HTTP/1.1",
      { ...asClient(certificate), ALPNProtocols: ["http/1.1"] },
      /TLS handshake failed/,
    ],
    [
      "with TLS 1.1",
      {
        ...h2,
        ...asClient(certificate),
        minVersion: "TLSv1.1",
        maxVersion: "TLSv1.1",
        ciphers: "ALL:@SECLEVEL=0",
      },
      /TLS handshake failed/,
    ],
  ];
  for (const [who, options, reason] of refused) {
    await t.test(`a client ${who} is refused`, async () => {
      const before = client.process.stderr.length;
      assert.equal(await bytesServed(path, options), 0);
      await stillServes(client);
      assert.match(client.process.stderr.slice(before), reason);
    });
  }

  await t.test("a client in plaintext is refused", async () => {
    const heard = await new Promise<Buffer>((resolve) => {
      const chunks: Buffer[] = [];
      const socket = connectPlain(path, () => socket.write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"));
      socket.on("data", (chunk) => chunks.push(chunk));
      socket.on("error", () => {});
      socket.on("close", () => resolve(Buffer.concat(chunks)));
    });
    // At most a TLS alert (content type 21), never HTTP/2.
    assert.ok(heard.length === 0 || heard[0] === 21, heard.toString("hex"));
    await stillServes(client);
  });
});

for (const [what, from, to] of [
  ["expired", -7200, -3600],
  ["not yet valid", 3600, 7200],
] as const) {
  test(`a certificate that is ${what} is refused, announced or not`, async (t) => {
    const at = (seconds: number) => new Date(Date.now() + seconds * 1000);
    const certificate = createCertificate({ namedCurve: "P-521", notBefore: at(from), notAfter: at(to) });
    const client = await start(t, certificate);
    assert.equal(await bytesServed(client.handshake.address, { ...h2, ...asClient(certificate) }), 0);
    await assert.rejects(client.call("grpc.health.v1.Health/Check"), { code: 14 });
    assert.match(client.process.stderr, /expired or is not valid yet/);
    assert.equal(client.process.ended, false);
  });
}

test("refused clients that leave do not make the plugin think its host is gone", async (t) => {
  const client = await start(t);
  assert.equal(await bytesServed(client.handshake.address, h2), 0);
  await delay(3000);
  await stillServes(client);
});

test("hundreds of refused connections leave nothing open", {
  skip: process.platform !== "linux" ? "needs /proc" : false,
}, async (t) => {
  const client = await start(t);
  await stillServes(client);
  const { readdirSync } = await import("node:fs");
  const open = () => readdirSync(`/proc/${client.process.pid}/fd`).length;
  const before = open();
  for (let round = 0; round < 10; round += 1) {
    await Promise.all(Array.from({ length: 20 }, () => bytesServed(client.handshake.address, h2)));
  }
  await stillServes(client);
  assert.ok(open() <= before + 2, `${open()} open files, ${before} before`);
});

test("go-plugin's streams stay open and silent, and its health service answers", async (t) => {
  const client = await start(t);
  const printed: unknown[] = [];
  const stdio = client.openStdio();
  stdio.on("data", (data) => printed.push(data));
  let ended = false;
  stdio.on("error", () => {});
  stdio.on("end", () => {
    ended = true;
  });
  await client.call("tfplugin6.Provider/CallFunction", { name: "print", arguments: [] });
  await stillServes(client);
  assert.equal((await client.call("grpc.health.v1.Health/Check", { service: "" })).status, "SERVING");
  await assert.rejects(client.call("grpc.health.v1.Health/Check", { service: "other" }), { code: 5 });
  assert.equal(await firstOf(client, "plugin"), "SERVING");
  assert.equal(await firstOf(client, "other"), "SERVICE_UNKNOWN");
  assert.deepEqual([printed, ended], [[], false]);
});

async function firstOf(client: PluginClient, service: string): Promise<unknown> {
  const watch = client.stream("grpc.health.v1.Health/Watch", { service });
  watch.on("error", () => {});
  for await (const { status } of watch) {
    watch.cancel();
    return status;
  }
  return undefined;
}

test("the broker's stream stays open until the host ends it, as Terraform does at the end", async (t) => {
  const client = await start(t);
  const broker = client.openBroker();
  let ended = false;
  broker.on("data", () => {});
  const end = new Promise<void>((resolve, reject) => {
    broker.on("end", () => {
      ended = true;
      resolve();
    });
    broker.on("error", reject);
  });
  broker.write({ service_id: 1 });
  await stillServes(client);
  assert.equal(ended, false);
  broker.end();
  await end;
});
