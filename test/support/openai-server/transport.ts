import type { ServerResponse } from "node:http";
import { STATUS_CODES } from "node:http";
import type { Socket } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import type { Reply } from "./reply.ts";

/** What goes wrong on the wire. Sizes are bytes, times milliseconds. */
export interface Transport {
  /** The connection is reset before any byte of the answer, in the middle of its headers, or of its body. */
  readonly reset?: "before" | "headers" | "body";
  /** Wait before the first byte of the answer. */
  readonly delayMs?: number;
  /** The body trickles at this speed. */
  readonly bytesPerSecond?: number;
  /** The connection is closed in order after so many bytes of the body; Content-Length promises all. */
  readonly cutAfter?: number;
  /** A Content-Length that is not the body's; the connection is closed after the body. */
  readonly contentLength?: number;
  /** The body never ends: `silent` sends no more bytes after the first half, `stream` sends blanks for ever. */
  readonly endless?: "silent" | "stream";
  /** Chunked transfer: in order, or with a chunk size that is none. */
  readonly framing?: "chunked" | "garbage";
  /** An informational answer before the real one. */
  readonly informational?: "early_hints" | "continue" | "processing";
}

/** Puts an answer on the wire. Resolves when it is done or the client has gone; stops at the signal. */
export async function send(
  response: ServerResponse,
  reply: Reply,
  transport: Transport,
  signal: AbortSignal,
): Promise<void> {
  if (transport.informational === "early_hints") response.writeEarlyHints({ link: "</v1>; rel=preconnect" });
  if (transport.informational === "continue") response.writeContinue();
  if (transport.informational === "processing") response.writeProcessing();
  if (transport.delayMs !== undefined) await sleep(transport.delayMs, undefined, { signal });
  const socket = response.socket;
  if (socket === null || socket.destroyed) return;
  if (transport.reset === "before") return reset(socket);
  const { body } = reply;
  if (isRaw(transport)) return sendRaw(socket, reply, transport, signal);
  const length = transport.framing === "chunked" ? {} : { "content-length": body.length };
  response.writeHead(reply.status, { ...mutable(reply.headers), ...length });
  if (transport.bytesPerSecond === undefined) {
    response.end(body);
    return;
  }
  await trickle(body, transport.bytesPerSecond, (piece) => response.write(piece), signal);
  response.end();
}

/** Answers that node:http would refuse to write are written to the socket by hand. */
function isRaw(transport: Transport): boolean {
  const { reset: when, cutAfter, contentLength, endless, framing } = transport;
  return (
    [when, cutAfter, contentLength, endless].some((member) => member !== undefined) || framing === "garbage"
  );
}

async function sendRaw(
  socket: Socket,
  reply: Reply,
  transport: Transport,
  signal: AbortSignal,
): Promise<void> {
  const { body } = reply;
  const { endless, framing, contentLength = body.length } = transport;
  // A body without an end is chunked: no length is promised, and a closed connection is no legal end.
  const chunked = framing === "garbage" || endless !== undefined;
  const length = chunked ? "transfer-encoding: chunked" : `content-length: ${contentLength}`;
  const head = `${headOf(reply)}${length}\r\n\r\n`;
  if (transport.reset === "headers") return resetAfter(socket, Buffer.from(head.slice(0, head.length / 2)));
  socket.write(head);
  if (framing === "garbage") {
    socket.end("ZZZ\r\nthis is no chunk\r\n");
    return;
  }
  const half = body.subarray(0, Math.floor(body.length / 2));
  if (transport.reset === "body") return resetAfter(socket, half);
  if (endless === "silent") {
    socket.write(chunk(half));
    return;
  }
  if (endless === "stream") return streamForEver(socket, body, signal);
  const part = transport.cutAfter === undefined ? body : body.subarray(0, transport.cutAfter);
  const speed = transport.bytesPerSecond ?? Number.POSITIVE_INFINITY;
  await trickle(part, speed, (piece) => socket.write(piece), signal);
  socket.end();
}

function chunk(bytes: Buffer): Buffer {
  // An empty chunk would be the end.
  if (bytes.length === 0) return bytes;
  return Buffer.concat([Buffer.from(`${bytes.length.toString(16)}\r\n`), bytes, Buffer.from("\r\n")]);
}

function headOf(reply: Reply): string {
  const lines = Object.entries(reply.headers).flatMap(([name, value]) =>
    (typeof value === "string" ? [value] : value).map((each) => `${name}: ${each}\r\n`),
  );
  return `HTTP/1.1 ${reply.status} ${STATUS_CODES[reply.status] ?? "Unknown"}\r\n${lines.join("")}`;
}

async function streamForEver(socket: Socket, body: Buffer, signal: AbortSignal): Promise<void> {
  socket.write(chunk(body));
  const blanks = chunk(Buffer.alloc(64 * 1024, " "));
  while (!socket.destroyed && !signal.aborted) {
    await new Promise<void>((written) => socket.write(blanks, () => written()));
  }
}

/** Writes in pieces, ten a second. */
async function trickle(
  body: Buffer,
  bytesPerSecond: number,
  write: (piece: Buffer) => boolean,
  signal: AbortSignal,
): Promise<void> {
  if (bytesPerSecond === Number.POSITIVE_INFINITY) {
    if (body.length > 0) write(body);
    return;
  }
  const size = Math.max(1, Math.round(bytesPerSecond / 10));
  for (let at = 0; at < body.length; at += size) {
    write(body.subarray(at, at + size));
    await sleep((size / bytesPerSecond) * 1000, undefined, { signal });
  }
}

/** The client must have read the bytes, or the reset would swallow them. */
function resetAfter(socket: Socket, bytes: Buffer): void {
  socket.write(bytes, () => setTimeout(() => reset(socket), 100));
}

/** A TLS socket cannot be reset by itself; ending it without a goodbye looks the same to the client. */
function reset(socket: Socket): void {
  try {
    socket.resetAndDestroy();
  } catch {
    socket.destroy();
  }
}

function mutable(headers: Reply["headers"]): Record<string, string | string[]> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, typeof value === "string" ? value : [...value]]),
  );
}
