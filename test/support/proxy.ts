import { createServer, type IncomingMessage, request, type ServerResponse } from "node:http";
import { createServer as createSecureServer } from "node:https";
import { connect } from "node:net";
import type { Duplex } from "node:stream";
import { Connections } from "./connections.ts";
import type { Certificate } from "./openai-server/certificate.ts";

/** What a proxy was asked to do. */
export interface ProxyRequest {
  /** CONNECT for a tunnel, else the method of the request that it passed on. */
  readonly method: string;
  /** `host:port` of a tunnel, else the absolute URL. */
  readonly target: string;
  readonly authorization: string | undefined;
}

/** A running forward proxy, on the loopback interface only. */
export interface ForwardProxy {
  readonly port: number;
  readonly requests: readonly ProxyRequest[];
  close(): Promise<void>;
}

/**
 * Starts a proxy that leads every host to one port of this machine, so that tests can use names that no
 * resolver knows. With `credentials` ("user:password") it asks for them by 407; with `tls` it is an https proxy.
 */
export async function startProxy(options: {
  readonly to: number;
  readonly credentials?: string;
  readonly tls?: Certificate;
}): Promise<ForwardProxy> {
  const requests: ProxyRequest[] = [];
  const connections = new Connections();
  const wanted =
    options.credentials === undefined
      ? undefined
      : `Basic ${Buffer.from(options.credentials).toString("base64")}`;
  const admits = (message: IncomingMessage): boolean => {
    const authorization = message.headers["proxy-authorization"];
    requests.push({ method: message.method ?? "", target: message.url ?? "", authorization });
    return wanted === undefined || authorization === wanted;
  };

  const handle = (message: IncomingMessage, response: ServerResponse) => {
    if (admits(message)) pass(message, response, options.to);
    else response.writeHead(407, { "proxy-authenticate": "Basic" }).end();
  };
  const server =
    options.tls === undefined ? createServer(handle) : createSecureServer({ ...options.tls }, handle);
  server.on("connect", (message: IncomingMessage, socket: Duplex) => {
    if (!admits(message)) {
      socket.end("HTTP/1.1 407 Proxy Authentication Required\r\nproxy-authenticate: Basic\r\n\r\n");
      return;
    }
    const upstream = connect(options.to, "127.0.0.1", () => {
      socket.write("HTTP/1.1 200 Connection established\r\n\r\n");
      upstream.pipe(socket).pipe(upstream);
    });
    connections.keep(upstream);
  });
  return { requests, ...(await connections.listen(server)) };
}

/** Passes a plain request on, path and query of the absolute URL it came with. */
function pass(message: IncomingMessage, response: ServerResponse, port: number): void {
  const { pathname, search } = new URL(message.url ?? "/");
  const onward = request(
    { port, host: "127.0.0.1", path: pathname + search, method: message.method, headers: message.headers },
    (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    },
  );
  onward.on("error", () => response.destroy());
  message.pipe(onward);
}
