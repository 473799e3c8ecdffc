import type { X509Certificate } from "node:crypto";
import type { Socket } from "node:net";
import { createServer, type TLSSocket } from "node:tls";
import { type Certificate, isValidAt } from "./certificate.ts";

/** How long a connection may take to prove who it is. Terraform's takes some milliseconds. */
const HANDSHAKE_TIMEOUT_MS = 10_000;

export interface MutualTlsOptions {
  readonly certificate: Certificate;
  /** The one certificate whose holder is served. */
  readonly clientCertificate: X509Certificate;
  readonly accepted: (connection: TLSSocket) => void;
  readonly refused: (why: string) => void;
  readonly handshakeTimeoutMs?: number;
}

/**
 * Mutual TLS as go-plugin's AutoMTLS has it (go-plugin/server.go, Serve): 1.2 or newer, HTTP/2, and
 * the client must hold the key of the announced certificate. TLS itself makes the client prove that
 * it holds the key of the certificate it sends; that this is the right one is found by comparing
 * bytes. A chain to a trusted root says no more about a self-signed certificate, and building
 * Node's store of roots for it costs 7 to 18 ms of every start: hence the empty `ca`.
 *
 * @returns what to call with each raw connection; every one ends accepted, or refused and destroyed
 */
export function mutualTls(options: MutualTlsOptions): (connection: Socket) => void {
  const { certificate, clientCertificate, accepted, refused } = options;
  const server = createServer({
    cert: certificate.pem,
    key: certificate.keyPem,
    ca: [],
    requestCert: true,
    rejectUnauthorized: false,
    ALPNProtocols: ["h2"],
    minVersion: "TLSv1.2",
    handshakeTimeout: options.handshakeTimeoutMs ?? HANDSHAKE_TIMEOUT_MS,
  });
  server.on("secureConnection", (socket) => {
    socket.on("error", () => {});
    const problem = refusal(socket, clientCertificate);
    if (problem === undefined) return accepted(socket);
    refused(problem);
    socket.destroy();
  });
  server.on("tlsClientError", (error, socket) => {
    refused(`its TLS handshake failed: ${error.message}`);
    socket.destroy();
  });
  return (connection) => {
    server.emit("connection", connection);
  };
}

/** Why the client at the other end is not served; undefined when it is. */
function refusal(socket: TLSSocket, expected: X509Certificate): string | undefined {
  if (socket.alpnProtocol !== "h2") return "it did not ask for HTTP/2";
  const certificate = socket.getPeerX509Certificate();
  if (certificate === undefined) return "it sent no certificate";
  if (!certificate.raw.equals(expected.raw)) return "it sent another certificate than was announced";
  if (!isValidAt(certificate, Date.now())) return "its certificate has expired or is not valid yet";
  return undefined;
}
