import assert from "node:assert/strict";
import { test } from "node:test";
import { createCertificate } from "../../../src/plugin/certificate.ts";
import { type Handshake, handshakeLine } from "../../../src/plugin/handshake.ts";

const plain: Handshake = {
  protocolVersion: 6,
  network: "unix",
  address: "/tmp/plugin123",
  certificate: undefined,
  multiplexAsked: false,
};

test("without TLS the sixth field is empty", () => {
  assert.equal(handshakeLine(plain), "1|6|unix|/tmp/plugin123|grpc|\n");
});

test("the certificate is standard base64 without padding, which leads back to the same bytes", () => {
  // Lengths of every remainder by three, and bytes whose base64 has the characters + and /.
  for (const length of [1, 2, 3, 4]) {
    const der = Buffer.alloc(length, 0xfb);
    const field =
      handshakeLine({ ...plain, certificate: der })
        .trim()
        .split("|")[5] ?? "";
    assert.match(field, /^[A-Za-z0-9+/]+$/);
    assert.deepEqual(Buffer.from(field, "base64"), der);
  }
});

test("a real certificate leaves the line with six fields on one line", () => {
  const line = handshakeLine({ ...plain, certificate: createCertificate().der });
  assert.equal(line.split("|").length, 6);
  assert.equal(line.indexOf("\n"), line.length - 1);
});

test("a seventh field is there only for a host that asked about multiplexing", () => {
  assert.equal(handshakeLine({ ...plain, multiplexAsked: true }), "1|6|unix|/tmp/plugin123|grpc||false\n");
});

test("a TCP listener is named by address and port", () => {
  const line = handshakeLine({ ...plain, network: "tcp", address: "127.0.0.1:10000" });
  assert.equal(line, "1|6|tcp|127.0.0.1:10000|grpc|\n");
});
