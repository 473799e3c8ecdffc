import type { Socket } from "node:net";
import { ProxyRefusal } from "./proxy-refusal.ts";
import { receive, type Taken } from "./receive.ts";

/**
 * Asks an HTTP proxy for a tunnel (RFC 9110, 9.3.6), by a socket to it. Resolves when the tunnel is open.
 *
 * @param target `host:port`, an IPv6 address in brackets.
 * @throws {ProxyRefusal} where the proxy answers anything but 2xx, and what {@link receive} throws.
 */
export async function httpConnect(
  socket: Socket,
  target: string,
  authorization: string | undefined,
  signal: AbortSignal,
): Promise<void> {
  const credentials = authorization === undefined ? "" : `Proxy-Authorization: ${authorization}\r\n`;
  socket.write(`CONNECT ${target} HTTP/1.1\r\nHost: ${target}\r\n${credentials}\r\n`, "latin1");
  const status = await receive(socket, signal, finalStatus);
  if (status >= 200 && status <= 299) return;
  throw status === 407 ? asksForCredentials() : new ProxyRefusal("the proxy refused to connect", { status });
}

/** Of a 407, which a proxy answers to a tunnel and to a plain request alike. */
export function asksForCredentials(): ProxyRefusal {
  return new ProxyRefusal("the proxy asks for a user name and password", { status: 407 });
}

/** The status of the first head that is not an interim one. */
function finalStatus(bytes: Buffer): Taken<number> | undefined {
  for (let start = 0; ; ) {
    const text = bytes.toString("latin1", start);
    if (!"HTTP/1.".startsWith(text.slice(0, 7))) throw notHttp();
    const end = /\r?\n\r?\n/.exec(text);
    if (end === null) return undefined;
    const status = Number(/^HTTP\/1\.\d (\d{3})(?:\s|$)/.exec(text)?.[1]);
    if (Number.isNaN(status)) throw notHttp();
    start += end.index + end[0].length;
    if (status >= 200) return { value: status, length: start };
  }
}

function notHttp(): ProxyRefusal {
  return new ProxyRefusal("what answers at the proxy's port does not speak HTTP", {});
}
