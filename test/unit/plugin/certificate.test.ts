import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { createPrivateKey, X509Certificate } from "node:crypto";
import { test } from "node:test";
import { createCertificate, isValidAt, parseClientCertificate } from "../../../src/plugin/certificate.ts";

for (const namedCurve of ["P-256", "P-521"] as const) {
  test(`a ${namedCurve} certificate is one a Go client accepts`, () => {
    const { der, pem, keyPem } = createCertificate({ namedCurve });
    const certificate = new X509Certificate(der);
    assert.equal(certificate.subjectAltName, "DNS:localhost");
    assert.equal(certificate.subject, "CN=localhost");
    assert.equal(certificate.issuer, "CN=localhost");
    assert.equal(certificate.ca, true);
    assert.equal(certificate.checkHost("localhost"), "localhost");
    assert.ok(certificate.verify(certificate.publicKey), "signed by its own key");
    assert.ok(certificate.checkPrivateKey(createPrivateKey(keyPem)));
    assert.deepEqual(certificate.keyUsage, ["1.3.6.1.5.5.7.3.2", "1.3.6.1.5.5.7.3.1"]);
    assert.deepEqual(new X509Certificate(pem).raw, der);
  });
}

test("every certificate has another serial number and another key", () => {
  const [one, other] = [createCertificate(), createCertificate()].map(({ der }) => new X509Certificate(der));
  assert.notEqual(one?.serialNumber, other?.serialNumber);
  assert.notDeepEqual(
    one?.publicKey.export({ type: "spki", format: "der" }),
    other?.publicKey.export({ type: "spki", format: "der" }),
  );
});

test("the certificate is valid from half a minute ago for thirty years", () => {
  const certificate = new X509Certificate(createCertificate().der);
  const now = Date.now();
  const [from, to] = [Date.parse(certificate.validFrom), Date.parse(certificate.validTo)];
  assert.ok(from < now - 20_000 && from > now - 120_000);
  assert.equal(Math.round((to - from) / 3_600_000), 262_980);
});

test("no line of a PEM body is empty or longer than 64 characters", () => {
  for (let count = 0; count < 20; count += 1) {
    const lines = createCertificate().pem.trimEnd().split("\n");
    assert.ok(lines.slice(1, -1).every((line) => /^[A-Za-z0-9+/=]{1,64}$/.test(line)));
  }
});

const openssl = spawnSync("openssl", ["version"]).status === 0;

test("OpenSSL reads the extensions as they were meant", {
  skip: openssl ? false : "there is no openssl here",
}, () => {
  const { status, stdout } = spawnSync("openssl", ["x509", "-noout", "-text"], {
    input: createCertificate().pem,
    encoding: "utf8",
  });
  assert.equal(status, 0);
  assert.match(stdout, /Version: 3 \(0x2\)/);
  assert.match(stdout, /Signature Algorithm: ecdsa-with-SHA256/);
  assert.match(
    stdout,
    /Key Usage: critical\s+Digital Signature, Key Encipherment, Key Agreement, Certificate Sign\n/,
  );
  assert.match(
    stdout,
    /Extended Key Usage:\s+TLS Web Client Authentication, TLS Web Server Authentication\n/,
  );
  assert.match(stdout, /Basic Constraints: critical\s+CA:TRUE\n/);
  assert.match(stdout, /Subject Alternative Name:\s+DNS:localhost\n/);
});

test("a host's certificate is read from PEM", () => {
  const { pem, der } = createCertificate({ namedCurve: "P-521" });
  assert.deepEqual(parseClientCertificate(pem).raw, der);
});

for (const text of ["", "nonsense", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"]) {
  test(`${JSON.stringify(text)} is refused as a host's certificate, with the variable's name`, () => {
    assert.throws(() => parseClientCertificate(text), /^Error: PLUGIN_CLIENT_CERT holds no certificate/);
  });
}

test("a certificate counts only within its validity", () => {
  const [notBefore, notAfter] = [new Date("2026-01-01T00:00:00Z"), new Date("2026-02-01T00:00:00Z")];
  const certificate = new X509Certificate(createCertificate({ notBefore, notAfter }).der);
  assert.equal(isValidAt(certificate, notBefore.getTime() - 1), false);
  assert.equal(isValidAt(certificate, notBefore.getTime()), true);
  assert.equal(isValidAt(certificate, notAfter.getTime()), true);
  assert.equal(isValidAt(certificate, notAfter.getTime() + 1000), false);
});
