import { createSocket } from "node:dgram";

/** The port of DNS: resolv.conf can name no other. */
const DNS_PORT = 53;
const TYPE_A = 1;
const HEADER_BYTES = 12;

export interface NameServer {
  readonly address: string;
  /** Names that were asked for. */
  readonly asked: readonly string[];
  close(): void;
}

/** A DNS server (RFC 1035) on an address of the loopback, which gives 127.0.0.1 for every name. Needs root. */
export async function startNameServer(): Promise<NameServer> {
  const address = `127.83.${process.pid & 0xff}.53`;
  const asked: string[] = [];
  const socket = createSocket("udp4");
  socket.on("message", (query, from) => {
    const { name, type, end } = question(query);
    asked.push(name);
    const known = type === TYPE_A;
    const head = Buffer.from(query.subarray(0, end));
    // A response, recursion available, no error; one question, and an answer or none.
    head.writeUInt16BE(0x8180, 2);
    head.writeUInt16BE(known ? 1 : 0, 6);
    head.writeUInt32BE(0, 8);
    // The name of the question, type A, class IN, a minute, four bytes.
    const record = Buffer.from("c00c000100010000003c00047f000001", "hex");
    socket.send(known ? Buffer.concat([head, record]) : head, from.port, from.address);
  });
  await new Promise<void>((resolve, reject) => {
    socket.once("error", reject);
    socket.bind(DNS_PORT, address, resolve);
  });
  return { address, asked, close: () => socket.close() };
}

function question(query: Buffer): { name: string; type: number; end: number } {
  const labels: string[] = [];
  let position = HEADER_BYTES;
  for (let length = query.readUInt8(position); length > 0; length = query.readUInt8(position)) {
    labels.push(query.toString("latin1", position + 1, position + 1 + length));
    position += 1 + length;
  }
  return { name: labels.join("."), type: query.readUInt16BE(position + 1), end: position + 5 };
}
