import { writeSync } from "node:fs";
import { CORE_PROTOCOL_VERSION } from "./negotiation.ts";

/** Where a plugin listens: a path for `unix`, "127.0.0.1:PORT" for `tcp`. */
export interface PluginAddress {
  readonly network: "unix" | "tcp";
  readonly address: string;
}

export interface Handshake extends PluginAddress {
  readonly protocolVersion: number;
  /** DER of the server's certificate, where the host asked for mutual TLS. */
  readonly certificate: Buffer | undefined;
  /** Whether the host asked about multiplexing, which this server does not speak. */
  readonly multiplexAsked: boolean;
}

/**
 * The one line a plugin ever writes to stdout (go-plugin/server.go, Serve):
 * `CORE|APP|NETWORK|ADDRESS|grpc|CERTIFICATE[|MULTIPLEX]`. The certificate is standard base64
 * without padding. The seventh field is there only when asked for: older hosts split into six parts
 * and would take it for a piece of the certificate.
 */
export function handshakeLine(handshake: Handshake): string {
  const { protocolVersion, network, address, certificate, multiplexAsked } = handshake;
  const encoded = certificate?.toString("base64").replace(/=+$/, "") ?? "";
  const fields = [CORE_PROTOCOL_VERSION, protocolVersion, network, address, "grpc", encoded];
  if (multiplexAsked) fields.push("false");
  return `${fields.join("|")}\n`;
}

/** Written past process.stdout, which by then leads to stderr (stdout.ts). */
export function printHandshake(handshake: Handshake): void {
  writeSync(1, handshakeLine(handshake));
}
