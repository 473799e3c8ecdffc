import assert from "node:assert/strict";
import { X509Certificate } from "node:crypto";
import { request } from "node:https";
import { test } from "node:test";
import { selfSigned } from "../../support/openai-server/certificate.ts";
import type { OpenAIServer } from "../../support/openai-server/server.ts";
import { serve } from "./openai-server-client.ts";

/** The status, or the code of the error. */
function ask(server: OpenAIServer, ca?: string): Promise<number | string | undefined> {
  return new Promise((resolve) => {
    const headers = { authorization: "Bearer sk-test" };
    const options = { headers, agent: false, ...(ca === undefined ? {} : { ca }) };
    request(`${server.url}/chat/completions/x`, options, (response) => {
      response.on("error", () => {});
      response.resume();
      resolve(response.statusCode);
    })
      .on("error", (error: NodeJS.ErrnoException) => resolve(error.code))
      .end();
  });
}

test("the server speaks https with a certificate that its authority vouches for", async (t) => {
  const tls = selfSigned();
  const server = await serve(t, { tls, completions: [{ id: "x" }] });
  assert.match(server.url, /^https:/);
  assert.equal(await ask(server, tls.cert), 200);
});

test("an unknown authority, an expired certificate and another name are distinguished", async (t) => {
  const plain = await serve(t, { tls: selfSigned() });
  assert.equal(await ask(plain), "DEPTH_ZERO_SELF_SIGNED_CERT");
  const old = selfSigned({ notBefore: new Date("2020-01-01"), notAfter: new Date("2020-02-01") });
  assert.equal(await ask(await serve(t, { tls: old }), old.cert), "CERT_HAS_EXPIRED");
  const other = selfSigned({ names: ["other.example"], addresses: [] });
  assert.equal(await ask(await serve(t, { tls: other }), other.cert), "ERR_TLS_CERT_ALTNAME_INVALID");
});

test("a connection is reset over https too", async (t) => {
  const tls = selfSigned();
  const server = await serve(t, { tls });
  for (const reset of ["before", "headers"] as const) {
    server.fault({ reset });
    assert.equal(await ask(server, tls.cert), "ECONNRESET");
  }
});

test("a certificate of many names is well formed", () => {
  const names = Array.from({ length: 20 }, (_, index) => `host${index}.example`);
  const certificate = new X509Certificate(selfSigned({ names }).cert);
  assert.equal(certificate.checkHost("host19.example"), "host19.example");
  assert.equal(certificate.checkIP("127.0.0.1"), "127.0.0.1");
  assert.ok(certificate.verify(certificate.publicKey));
});
