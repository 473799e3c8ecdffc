import { readdirSync, readFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import tls from "node:tls";
import type { Environment } from "./proxy.ts";

/** Where Linux distributions and BSDs keep their authorities: Go's crypto/x509 root_linux.go and root_bsd.go. */
const systemFiles = [
  "/etc/ssl/certs/ca-certificates.crt",
  "/etc/pki/tls/certs/ca-bundle.crt",
  "/etc/ssl/ca-bundle.pem",
  "/etc/pki/tls/cacert.pem",
  "/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem",
  "/etc/ssl/cert.pem",
];

const pem = /-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/g;

export interface Authorities {
  readonly context: tls.SecureContext;
  /** Names of variables that point to something unreadable or without a certificate. */
  readonly unusable: readonly string[];
}

/**
 * Builds the TLS context of all https requests: the roots that Node brings, the system's, and those of
 * NODE_EXTRA_CA_CERTS, SSL_CERT_FILE and SSL_CERT_DIR. Takes 10 to 40 ms, so it is made at the first https request.
 */
export function loadAuthorities(env: Environment): Authorities {
  const unusable: string[] = [];
  const found = new Set<string>(tls.rootCertificates.map(tidy));
  const add = (name: string, certificates: readonly string[]) => {
    if (certificates.length === 0) unusable.push(name);
    for (const certificate of certificates) found.add(tidy(certificate));
  };
  if (env.NODE_EXTRA_CA_CERTS) add("NODE_EXTRA_CA_CERTS", fromFile(env.NODE_EXTRA_CA_CERTS));
  if (env.SSL_CERT_FILE) add("SSL_CERT_FILE", fromFile(env.SSL_CERT_FILE));
  if (env.SSL_CERT_DIR) add("SSL_CERT_DIR", env.SSL_CERT_DIR.split(delimiter).flatMap(fromDirectory));
  if (!env.SSL_CERT_FILE) for (const certificate of fromSystem()) found.add(tidy(certificate));
  return { context: contextOf([...found]), unusable };
}

function fromSystem(): readonly string[] {
  // Only in Node from 22.15 on; older ones see the files of the usual places.
  const get: unknown = Reflect.get(tls, "getCACertificates");
  if (typeof get === "function") {
    const list: unknown = get("system");
    if (Array.isArray(list)) return list.filter((one) => typeof one === "string");
  }
  for (const file of systemFiles) {
    const certificates = fromFile(file);
    if (certificates.length > 0) return certificates;
  }
  return [];
}

function fromDirectory(directory: string): readonly string[] {
  try {
    return readdirSync(directory).flatMap((name) => fromFile(join(directory, name)));
  } catch {
    return [];
  }
}

function fromFile(file: string): readonly string[] {
  try {
    return readFileSync(file, "latin1").match(pem) ?? [];
  } catch {
    return [];
  }
}

/** The same certificate comes from several places, with other line ends. */
function tidy(certificate: string): string {
  return certificate.trim().replace(/\r\n/g, "\n");
}

function contextOf(certificates: readonly string[]): tls.SecureContext {
  try {
    return trusting(certificates);
  } catch {
    // One that cannot be read must not take the others with it.
    return trusting(certificates.filter(readable));
  }
}

/** Each certificate is trusted in its own right, as in curl and Go: an intermediate authority's, or the server's own. */
function trusting(certificates: readonly string[]): tls.SecureContext {
  return tls.createSecureContext({ ca: certificates.join("\n"), allowPartialTrustChain: true });
}

function readable(certificate: string): boolean {
  try {
    trusting([certificate]);
    return true;
  } catch {
    return false;
  }
}
