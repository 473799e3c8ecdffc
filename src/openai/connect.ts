import { isIP, type Socket } from "node:net";
import tls from "node:tls";
import { dial, type Endpoint } from "./dial.ts";
import { AttemptError } from "./errors.ts";
import { httpConnect } from "./http-connect.ts";
import { ProxyRefusal } from "./proxy-refusal.ts";
import { basicAuthorization, type ProxyServer } from "./proxy-url.ts";
import { closedEarly } from "./receive.ts";
import { socks5 } from "./socks5.ts";
import { transportError } from "./transport-error.ts";
import { within } from "./within.ts";

/** For a host's TCP, and again for its TLS: as long as undici and Go allow. */
const hostMs = 10_000;
/** A proxy answers once it has reached the host itself. */
const tunnelMs = 30_000;

/** How an origin is reached. */
export interface Route {
  readonly origin: URL;
  readonly proxy: ProxyServer | undefined;
  /** Made at the first use, by reading the authorities. */
  readonly secureContext: () => tls.SecureContext;
  /** The origin's last TLS session, to be resumed. */
  session?: Buffer;
}

/** Whether the proxy gets plain requests whole, as other tools send them: many refuse to tunnel to port 80. */
export function passesRequests({ origin, proxy }: Route): boolean {
  return origin.protocol === "http:" && proxy !== undefined && proxy.protocol !== "socks5:";
}

/**
 * Makes a connection that is ready for a request: TCP to the origin or the proxy, TLS to the proxy, the tunnel, TLS to
 * the origin, each where it is needed. Nothing of the request is sent.
 *
 * @throws {AttemptError} of `sent: false`. Then, and after an abort, every socket is destroyed.
 */
export async function connect(route: Route, signal: AbortSignal): Promise<Socket> {
  const { origin, proxy } = route;
  const sockets: Socket[] = [];
  const step = async (
    ms: number,
    run: (signal: AbortSignal) => Promise<Socket>,
    failure: typeof hostFailure,
  ) => {
    try {
      sockets.push(await within({ signal, ms, error: tooLate }, run));
    } catch (error) {
      for (const socket of sockets) socket.destroy();
      throw failure(error, route);
    }
  };
  const last = () => sockets.at(-1) ?? neverOpened();
  const place = endpointOf(origin);
  await step(hostMs, (stop) => dial(proxy ?? place, stop), hostFailure);
  if (proxy?.protocol === "https:")
    await step(hostMs, (stop) => secure(last(), proxy.host, route.secureContext(), stop), proxyFailure);
  if (proxy !== undefined && !passesRequests(route))
    await step(tunnelMs, (stop) => tunnelled(last(), place, proxy, stop), proxyFailure);
  if (origin.protocol === "https:")
    await step(hostMs, (stop) => securely(last(), route, stop), originFailure);
  const socket = last();
  const twice = proxy?.protocol === "https:" && origin.protocol === "https:";
  for (const below of sockets) {
    if (below === socket) continue;
    socket.once("close", () => below.destroy());
    // Of two layers of TLS the upper one, by which undici lets the process go, does not reach the socket.
    if (twice) below.unref();
  }
  return socket;
}

async function tunnelled(
  socket: Socket,
  place: Endpoint,
  proxy: ProxyServer,
  signal: AbortSignal,
): Promise<Socket> {
  if (proxy.protocol === "socks5:") await socks5(socket, place, proxy.credentials, signal);
  else {
    const host = isIP(place.host) === 6 ? `[${place.host}]` : place.host;
    await httpConnect(socket, `${host}:${place.port}`, basicAuthorization(proxy), signal);
  }
  return socket;
}

async function securely(below: Socket, route: Route, signal: AbortSignal): Promise<Socket> {
  const { host } = endpointOf(route.origin);
  const socket = await secure(below, host, route.secureContext(), signal, route.session);
  socket.on("session", (session) => {
    route.session = session;
  });
  return socket;
}

/** TLS over a socket, with the server's certificate checked. */
function secure(
  below: Socket,
  host: string,
  secureContext: tls.SecureContext,
  signal: AbortSignal,
  session?: Buffer,
): Promise<tls.TLSSocket> {
  return new Promise((resolve, reject) => {
    const socket = tls.connect({
      socket: below,
      host,
      // No address may be named (RFC 6066); nor does a name end with a dot there.
      servername: isIP(host) === 0 ? host.replace(/\.$/, "") : "",
      ALPNProtocols: ["http/1.1"],
      secureContext,
      rejectUnauthorized: true,
      ...(session === undefined ? {} : { session }),
    });
    const onAbort = () => socket.destroy();
    signal.addEventListener("abort", onAbort);
    const settle = (act: () => void) => {
      signal.removeEventListener("abort", onAbort);
      act();
    };
    socket
      .once("secureConnect", () => settle(() => resolve(socket)))
      // Stays, as in dial.ts.
      .on("error", (error) => settle(() => reject(error)))
      .once("close", () => settle(() => reject(closedEarly())));
  });
}

function endpointOf(origin: URL): Endpoint {
  const port = Number(origin.port) || (origin.protocol === "https:" ? 443 : 80);
  return { host: origin.hostname.replace(/^\[|\]$/g, ""), port };
}

function neverOpened(): never {
  throw new Error("a socket is used before it was opened");
}

function tooLate(): Error {
  return Object.assign(new Error("time is over"), { code: "ETIMEDOUT" });
}

function hostFailure(error: unknown, { proxy }: Route): AttemptError {
  return new AttemptError(transportError(error, proxy?.origin).failure, { sent: false });
}

function originFailure(error: unknown, route: Route): AttemptError {
  const { failure } = transportError(error, route.proxy?.origin);
  if (failure.kind !== "reset" && failure.kind !== "unreachable")
    return new AttemptError(failure, { sent: false });
  const how = failure.kind === "reset" ? "was closed before" : "did not get as far as";
  const { proxy } = route;
  // Behind a tunnel it is not known which of the two it was, and the proxy is what can be changed here.
  const kind = proxy === undefined ? failure.kind : "proxy";
  const message = `${proxy === undefined ? "the connection" : "the proxy's tunnel"} ${how} the end of the TLS handshake`;
  return new AttemptError({ ...failure, kind, message }, { sent: false });
}

function proxyFailure(error: unknown, { proxy }: Route): AttemptError {
  const about = { kind: "proxy", proxy: proxy?.origin } as const;
  if (error instanceof ProxyRefusal) {
    const { message, status, shouldRetry } = error;
    return new AttemptError({ ...about, message, status }, { sent: false, shouldRetry });
  }
  const { kind, message, systemCode } = transportError(error, proxy?.origin).failure;
  const insecure = kind.startsWith("tls_");
  const words = insecure
    ? `no secure connection to the proxy could be made: ${message}`
    : kind === "unreachable"
      ? "the proxy did not answer in time"
      : kind === "reset"
        ? "the proxy closed the connection"
        : message;
  const options = { sent: false, shouldRetry: insecure ? false : undefined };
  return new AttemptError({ ...about, message: words, systemCode }, options);
}
