import assert from "node:assert/strict";
import { X509Certificate } from "node:crypto";
import { once } from "node:events";
import { connect, createServer } from "node:net";
import { type TestContext, test } from "node:test";
import { connect as connectTls } from "node:tls";
import { createCertificate } from "../../../src/plugin/certificate.ts";
import { mutualTls } from "../../../src/plugin/tls.ts";

const client = createCertificate({ namedCurve: "P-521" });
const server = createCertificate();

/** Serves mutual TLS on a loopback port; an accepted client is greeted. */
async function serving(t: TestContext, handshakeTimeoutMs: number) {
  const refusals: string[] = [];
  const accept = mutualTls({
    certificate: server,
    clientCertificate: new X509Certificate(client.der),
    accepted: (connection) => connection.end("welcome"),
    refused: (why) => refusals.push(why),
    handshakeTimeoutMs,
  });
  const listener = createServer(accept).listen(0, "127.0.0.1");
  t.after(() => listener.close());
  await once(listener, "listening");
  const bound = listener.address();
  const port = typeof bound === "object" && bound !== null ? bound.port : 0;
  return { port, refusals, listener };
}

test("the server shows the certificate it was given, under the name localhost", async (t) => {
  const { port } = await serving(t, 5000);
  const socket = connectTls({
    port,
    host: "127.0.0.1",
    servername: "localhost",
    ca: server.pem,
    cert: client.pem,
    key: client.keyPem,
    ALPNProtocols: ["h2"],
  });
  let greeting = "";
  for await (const chunk of socket.setEncoding("utf8")) greeting += chunk;
  assert.equal(greeting, "welcome");
  assert.equal(socket.authorized, true);
  assert.equal(socket.alpnProtocol, "h2");
});

test("a connection that never says anything is closed", async (t) => {
  const { port, refusals, listener } = await serving(t, 100);
  const stalled = connect(port, "127.0.0.1");
  stalled.on("error", () => {});
  await once(stalled, "close");
  assert.match(refusals.join(), /TLS handshake timeout/);
  const open = await new Promise((resolve) => listener.getConnections((_error, count) => resolve(count)));
  assert.equal(open, 0);
});
