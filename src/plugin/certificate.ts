import { generateKeyPairSync, randomBytes, sign, X509Certificate } from "node:crypto";
import {
  bitString,
  boolean,
  explicit,
  implicitString,
  integer,
  objectIdentifier,
  octetString,
  sequence,
  set,
  time,
  utf8String,
} from "./der.ts";

/** A self-signed certificate with its key, as `node:tls` takes them. They live in memory only. */
export interface Certificate {
  readonly der: Buffer;
  readonly pem: string;
  readonly keyPem: string;
}

export interface CertificateOptions {
  /** go-plugin's client uses P-521; P-256 is made and checked faster, and every client takes it. */
  readonly namedCurve?: "P-256" | "P-521";
  readonly notBefore?: Date;
  readonly notAfter?: Date;
}

/** go-plugin/mtls.go, generateCert: half a minute for clocks that differ, and thirty years. */
const BACKDATE_MS = 30_000;
const VALIDITY_MS = 262_980 * 3_600_000;

const COMMON_NAME = "2.5.4.3";

const signatures = {
  "P-256": { hash: "sha256", oid: "1.2.840.10045.4.3.2" },
  "P-521": { hash: "sha512", oid: "1.2.840.10045.4.3.4" },
} as const;

/**
 * Makes a certificate for one process, with the extensions of go-plugin's own (go-plugin/mtls.go,
 * generateCert). The subject alternative name is what a Go client goes by; it ignores the common name.
 */
export function createCertificate(options: CertificateOptions = {}): Certificate {
  const { namedCurve = "P-256" } = options;
  const { hash, oid } = signatures[namedCurve];
  const { publicKey, privateKey } = generateKeyPairSync("ec", {
    namedCurve,
    publicKeyEncoding: { type: "spki", format: "der" },
    privateKeyEncoding: { type: "pkcs8", format: "pem" },
  });
  const algorithm = sequence(objectIdentifier(oid));
  const now = Date.now();
  const name = sequence(set(sequence(objectIdentifier(COMMON_NAME), utf8String("localhost"))));
  const toBeSigned = sequence(
    explicit(0, integer(Buffer.from([2]))), // version 3
    integer(randomBytes(16)),
    algorithm,
    name,
    sequence(
      time(options.notBefore ?? new Date(now - BACKDATE_MS)),
      time(options.notAfter ?? new Date(now + VALIDITY_MS)),
    ),
    name,
    publicKey,
    explicit(3, extensions()),
  );
  const signature = sign(hash, toBeSigned, privateKey);
  const der = sequence(toBeSigned, algorithm, bitString(signature));
  return { der, pem: toPem(der), keyPem: privateKey };
}

function extensions(): Buffer {
  // digitalSignature, keyEncipherment, keyAgreement, keyCertSign: bits 0, 2, 4 and 5 of a byte
  // whose last two bits are unused. Go refuses another count of them.
  const keyUsage = bitString(Buffer.from([0b10101100]), 2);
  const clientAuth = objectIdentifier("1.3.6.1.5.5.7.3.2");
  const serverAuth = objectIdentifier("1.3.6.1.5.5.7.3.1");
  return sequence(
    criticalExtension("2.5.29.15", keyUsage),
    extension("2.5.29.37", sequence(clientAuth, serverAuth)),
    criticalExtension("2.5.29.19", sequence(boolean(true))), // basicConstraints: CA
    extension("2.5.29.17", sequence(implicitString(2, "localhost"))), // subjectAltName: dNSName
  );
}

function extension(oid: string, value: Buffer): Buffer {
  return sequence(objectIdentifier(oid), octetString(value));
}

function criticalExtension(oid: string, value: Buffer): Buffer {
  return sequence(objectIdentifier(oid), boolean(true), octetString(value));
}

function toPem(der: Buffer): string {
  const lines = der.toString("base64").match(/.{1,64}/g) ?? [];
  return `-----BEGIN CERTIFICATE-----\n${lines.join("\n")}\n-----END CERTIFICATE-----\n`;
}

/**
 * Reads the client certificate a host announces in PLUGIN_CLIENT_CERT.
 *
 * @throws {Error} with a message for people, when the text is no PEM certificate
 */
export function parseClientCertificate(pem: string): X509Certificate {
  try {
    return new X509Certificate(pem);
  } catch {
    throw new Error(
      "PLUGIN_CLIENT_CERT holds no certificate in PEM form, so connections cannot be secured. " +
        "It is set by the program that starts the plugin; unset it to serve without TLS.",
    );
  }
}

/** Whether a moment lies within the certificate's validity, both ends included. */
export function isValidAt(certificate: X509Certificate, moment: number): boolean {
  return Date.parse(certificate.validFrom) <= moment && moment <= Date.parse(certificate.validTo);
}
