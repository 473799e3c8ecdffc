import { once } from "node:events";
import { connect, createServer, type Socket } from "node:net";
import { Connections } from "./connections.ts";

/** A running SOCKS 5 proxy, on the loopback interface only. */
export interface SocksServer {
  readonly port: number;
  /** What was asked for: user and password where given, then the host, as its kind of address, and the port. */
  readonly requests: readonly string[];
  close(): Promise<void>;
}

/**
 * Starts a SOCKS 5 proxy (RFC 1928, RFC 1929) that leads every host to one port of this machine.
 *
 * @param options.credentials "user:password", asked for where given.
 * @param options.reply The reply to a request; unset means 0, and a connection.
 */
export async function startSocksServer(options: {
  readonly to: number;
  readonly credentials?: string;
  readonly reply?: number;
}): Promise<SocksServer> {
  const requests: string[] = [];
  const connections = new Connections();
  const server = createServer((socket) => {
    serve(socket, options, requests, connections).catch(() => socket.destroy());
  });
  return { requests, ...(await connections.listen(server)) };
}

async function serve(
  socket: Socket,
  options: Parameters<typeof startSocksServer>[0],
  requests: string[],
  connections: Connections,
): Promise<void> {
  const [, count = 0] = await take(socket, 2);
  const methods = await take(socket, count);
  const wanted = options.credentials === undefined ? 0 : 2;
  if (!methods.includes(wanted)) return void socket.end(Buffer.from([5, 0xff]));
  socket.write(Buffer.from([5, wanted]));
  let who = "";
  if (wanted === 2) {
    await take(socket, 1);
    const user = await counted(socket);
    who = `${user}:${await counted(socket)}`;
    const denied = who === options.credentials ? 0 : 1;
    socket.write(Buffer.from([1, denied]));
    if (denied) return void socket.end();
  }
  const [, , , type = 0] = await take(socket, 4);
  const host =
    type === 3
      ? await counted(socket)
      : `${type === 1 ? "IPv4" : "IPv6"} ${(await take(socket, type === 1 ? 4 : 16)).toString("hex")}`;
  requests.push(`${who}${who === "" ? "" : "@"}${host} ${(await take(socket, 2)).readUInt16BE()}`);
  const reply = Buffer.from([5, options.reply ?? 0, 0, 1, 0, 0, 0, 0, 0, 0]);
  if (options.reply) return void socket.end(reply);
  const upstream = connect(options.to, "127.0.0.1");
  connections.keep(upstream);
  await once(upstream, "connect");
  // In two pieces, as networks may deliver it.
  socket.write(reply.subarray(0, 3));
  setTimeout(() => {
    socket.write(reply.subarray(3));
    socket.pipe(upstream).pipe(socket);
  }, 5);
}

async function counted(socket: Socket): Promise<string> {
  const [length = 0] = await take(socket, 1);
  return (await take(socket, length)).toString();
}

/** So many bytes, waited for. */
async function take(socket: Socket, length: number): Promise<Buffer> {
  if (length === 0) return Buffer.alloc(0);
  for (;;) {
    const bytes: unknown = socket.read(length);
    if (Buffer.isBuffer(bytes) && bytes.length === length) return bytes;
    if (socket.readableEnded || socket.destroyed) throw new Error("the client is gone");
    await Promise.race([once(socket, "readable"), once(socket, "close")]);
  }
}
