import { generateKeyPairSync, type KeyObject, randomBytes, sign } from "node:crypto";

/** What a test's certificate says. */
export interface CertificateOptions {
  /** The names it is for; unset means localhost. */
  readonly names?: readonly string[];
  /** The IPv4 addresses it is for; unset means 127.0.0.1. */
  readonly addresses?: readonly string[];
  /** Unset means an hour ago, and an hour from now. */
  readonly notBefore?: Date;
  readonly notAfter?: Date;
}

/** PEM texts for `ServerOptions.tls`; the certificate is its own authority. */
export interface Certificate {
  readonly cert: string;
  readonly key: string;
}

const HOUR_MS = 60 * 60 * 1000;

/** Makes a self-signed X.509 certificate (RFC 5280) with a fresh P-256 key, for tests of TLS and its failures. */
export function selfSigned(options: CertificateOptions = {}): Certificate {
  const { publicKey, privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const body = toBeSigned(options, publicKey);
  const signature = bitString(sign("sha256", body, privateKey));
  const der = sequence(body, ECDSA_SHA256, signature);
  const lines = der.toString("base64").replace(/.{64}(?=.)/g, "$&\n");
  return {
    cert: `-----BEGIN CERTIFICATE-----\n${lines}\n-----END CERTIFICATE-----\n`,
    key: privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
  };
}

function toBeSigned(options: CertificateOptions, publicKey: KeyObject): Buffer {
  const { names = ["localhost"], addresses = ["127.0.0.1"] } = options;
  const { notBefore = new Date(Date.now() - HOUR_MS), notAfter = new Date(Date.now() + HOUR_MS) } = options;
  const commonName = der(0x31, sequence(oid("550403"), der(0x0c, Buffer.from(names[0] ?? "test"))));
  const alternatives = sequence(
    ...names.map((name) => der(0x82, Buffer.from(name))),
    ...addresses.map((address) => der(0x87, Buffer.from(address.split(".").map(Number)))),
  );
  const authority = sequence(der(0x01, Buffer.from([0xff])));
  return sequence(
    der(0xa0, der(0x02, Buffer.from([2]))),
    der(0x02, Buffer.concat([Buffer.from([1]), randomBytes(8)])),
    ECDSA_SHA256,
    sequence(commonName),
    sequence(time(notBefore), time(notAfter)),
    sequence(commonName),
    publicKey.export({ type: "spki", format: "der" }),
    der(0xa3, sequence(extension("551d11", alternatives), extension("551d13", authority))),
  );
}

/** 1.2.840.10045.4.3.2, ecdsa-with-SHA256. */
const ECDSA_SHA256 = sequence(oid("2a8648ce3d040302"));

function extension(id: string, value: Buffer): Buffer {
  return sequence(oid(id), der(0x04, value));
}

function oid(hex: string): Buffer {
  return der(0x06, Buffer.from(hex, "hex"));
}

/** GeneralizedTime: YYYYMMDDHHMMSSZ. */
function time(date: Date): Buffer {
  return der(0x18, Buffer.from(`${date.toISOString().slice(0, 19).replace(/\D/g, "")}Z`));
}

function bitString(bytes: Buffer): Buffer {
  return der(0x03, Buffer.concat([Buffer.from([0]), bytes]));
}

function sequence(...parts: readonly Buffer[]): Buffer {
  return der(0x30, Buffer.concat(parts));
}

/** A tag, the length in its short or two-byte form, and the content. */
function der(tag: number, content: Buffer): Buffer {
  const { length } = content;
  const head = length < 128 ? [tag, length] : [tag, 0x82, length >> 8, length & 0xff];
  // DER wants the shortest form.
  const shortest = length >= 128 && length < 256 ? [tag, 0x81, length] : head;
  return Buffer.concat([Buffer.from(shortest), content]);
}
