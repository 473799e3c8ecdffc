import { isIP, type Socket } from "node:net";
import type { Endpoint } from "./dial.ts";
import { ProxyRefusal } from "./proxy-refusal.ts";
import type { ProxyCredentials } from "./proxy-url.ts";
import { receive, type Taken } from "./receive.ts";

const version = 5;
const noAuthentication = 0;
const userAndPassword = 2;

/** RFC 1928, section 6: what a reply says, and whether it may be another one next time. */
const replies: readonly (readonly [string, boolean])[] = [
  ["", false],
  ["the SOCKS proxy failed", true],
  ["the SOCKS proxy's rules do not allow the connection", false],
  ["the SOCKS proxy finds the network unreachable", true],
  ["the SOCKS proxy cannot reach the host", true],
  ["the host refuses the SOCKS proxy's connection", true],
  ["the SOCKS proxy's connection took too long", true],
  ["the SOCKS proxy does not make connections", false],
  ["the SOCKS proxy does not take addresses of this kind", false],
];

/**
 * Asks a SOCKS proxy of version 5 for a connection (RFC 1928), with user and password where given (RFC 1929). The
 * proxy looks the name up.
 *
 * @throws {ProxyRefusal} where the proxy says no, and what {@link receive} throws.
 */
export async function socks5(
  socket: Socket,
  { host, port }: Endpoint,
  credentials: ProxyCredentials | undefined,
  signal: AbortSignal,
): Promise<void> {
  const address = addressBytes(host);
  const methods = credentials === undefined ? [noAuthentication] : [noAuthentication, userAndPassword];
  socket.write(Buffer.from([version, methods.length, ...methods]));
  const method = await receive(socket, signal, second(version));
  if (method === userAndPassword && credentials !== undefined) await logIn(socket, credentials, signal);
  else if (method !== noAuthentication) throw refusal("the SOCKS proxy asks for a user name and password");
  const command = [version, 1, 0];
  socket.write(Buffer.concat([Buffer.from(command), address, Buffer.from([port >> 8, port & 0xff])]));
  const reply = await receive(socket, signal, replyCode);
  if (reply === 0) return;
  const [message, shouldRetry] = replies[reply] ?? ["the SOCKS proxy refused to connect", false];
  throw new ProxyRefusal(message, { shouldRetry });
}

async function logIn(socket: Socket, { user, password }: ProxyCredentials, signal: AbortSignal) {
  if (user.length > 255 || password.length > 255)
    throw refusal("the user name or password is longer than SOCKS allows");
  const length = (text: Buffer) => Buffer.from([text.length]);
  socket.write(Buffer.concat([Buffer.from([1]), length(user), user, length(password), password]));
  if ((await receive(socket, signal, second(1))) !== 0)
    throw refusal("the SOCKS proxy does not accept the user name and password");
}

/** Reads two bytes: a version that is known, and what is asked for. */
function second(expected: number): (bytes: Buffer) => Taken<number> | undefined {
  return (bytes) => {
    checkVersion(bytes, expected);
    const value = bytes[1];
    return value === undefined ? undefined : { value, length: 2 };
  };
}

/** Reads a reply whole: the address that the proxy connected from is of no use, and of three lengths. */
function replyCode(bytes: Buffer): Taken<number> | undefined {
  checkVersion(bytes, version);
  const [, value, , type, nameLength] = bytes;
  // A proxy that says no may leave the rest out.
  if (value !== undefined && value !== 0) return { value, length: bytes.length };
  if (value === undefined || type === undefined || nameLength === undefined) return undefined;
  const length = 6 + (type === 1 ? 4 : type === 4 ? 16 : 1 + nameLength);
  return bytes.length < length ? undefined : { value, length };
}

function checkVersion(bytes: Buffer, expected: number): void {
  if (bytes[0] !== undefined && bytes[0] !== expected)
    throw refusal("what answers at the proxy's port does not speak SOCKS 5");
}

function addressBytes(host: string): Buffer {
  if (isIP(host) === 4) return Buffer.from([1, ...host.split(".").map(Number)]);
  if (isIP(host) === 6) return Buffer.concat([Buffer.from([4]), ipv6Bytes(host)]);
  const name = Buffer.from(host);
  if (name.length > 255) throw refusal("the host name is longer than SOCKS allows");
  return Buffer.concat([Buffer.from([3, name.length]), name]);
}

/** Of an address as `URL` writes it: groups of hexadecimal digits, and one `::` at most. */
function ipv6Bytes(address: string): Buffer {
  const [head = [], tail = []] = address
    .split("::")
    .map((half) => half.split(":").filter((group) => group !== ""));
  const zeros = Array<string>(8 - head.length - tail.length).fill("0");
  const groups = address.includes("::") ? [...head, ...zeros, ...tail] : head;
  return Buffer.from(groups.map((group) => group.padStart(4, "0")).join(""), "hex");
}

function refusal(message: string): ProxyRefusal {
  return new ProxyRefusal(message, { shouldRetry: false });
}
