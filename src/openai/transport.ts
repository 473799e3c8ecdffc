import type { IncomingHttpHeaders } from "node:http";
import type { Readable } from "node:stream";
import type { SecureContext } from "node:tls";
import { loadAuthorities } from "./certificates.ts";
import { passesRequests, type Route } from "./connect.ts";
import { Connections } from "./connections.ts";
import { AttemptError } from "./errors.ts";
import { asksForCredentials } from "./http-connect.ts";
import type { RequestLog } from "./log.ts";
import type { StreamBody } from "./multipart.ts";
import { type Environment, proxyFor } from "./proxy.ts";
import { acceptedProxies, basicAuthorization } from "./proxy-url.ts";

export interface TransportRequest {
  readonly method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  /** Path and query, escaped. */
  readonly target: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Text, or what is opened anew for each attempt. */
  readonly body?: string | StreamBody | undefined;
}

/** An answer whose headers are here. */
export interface Answering {
  readonly statusCode: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Readable;
}

interface Open {
  readonly route: Route;
  readonly connections: Connections;
}

const shared = new WeakMap<Environment, Transport>();

/** The transport of all clients that see the same environment, so that they share sockets and authorities. */
export function transportFor(env: Environment, log: RequestLog): Transport {
  let transport = shared.get(env);
  if (transport === undefined) {
    transport = new Transport(env, log);
    shared.set(env, transport);
  }
  return transport;
}

/**
 * The sockets, by origin. What is loaded and read for them is so at the first request: undici, and for https the
 * authorities. Idle sockets do not keep the process alive.
 */
export class Transport {
  readonly #env: Environment;
  readonly #log: RequestLog;
  readonly #origins = new Map<string, Open>();
  #authorities: SecureContext | undefined;

  constructor(env: Environment, log: RequestLog) {
    this.#env = env;
    this.#log = log;
  }

  /**
   * Sends a request; resolves when the headers of the answer are here.
   *
   * @param onSent Called when the first byte of the request is written: before that the API has nothing of it.
   * @throws {AttemptError} for what fails before that, and undici's and Node's errors after it.
   */
  async send(
    origin: URL,
    request: TransportRequest,
    signal: AbortSignal,
    onSent: () => void,
  ): Promise<Answering> {
    const { route, connections } = this.#of(origin);
    const { method, target, headers, body } = request;
    const whole = passesRequests(route);
    const authorization = whole && route.proxy !== undefined ? basicAuthorization(route.proxy) : undefined;
    const response = await connections.request(
      {
        method,
        path: whole ? `${origin.origin}${target}` : target,
        headers: {
          ...headers,
          ...(authorization === undefined ? {} : { "proxy-authorization": authorization }),
        },
        open: () => (typeof body === "object" ? body.open() : (body ?? null)),
      },
      signal,
      onSent,
    );
    if (!whole || response.statusCode !== 407) return response;
    response.body.on("error", () => {}).destroy();
    const { message, status } = asksForCredentials();
    const proxy = route.proxy?.origin;
    throw new AttemptError({ kind: "proxy", message, status, proxy }, { sent: false });
  }

  /** Origin of the proxy that requests to this origin go through. */
  proxy(origin: URL): string | undefined {
    return this.#of(origin).route.proxy?.origin;
  }

  /** Closes every socket at once; what is in flight fails. */
  async close(): Promise<void> {
    const open = [...this.#origins.values()];
    this.#origins.clear();
    await Promise.all(open.map(({ connections }) => connections.close()));
  }

  #of(origin: URL): Open {
    let open = this.#origins.get(origin.origin);
    if (open === undefined) {
      const choice = proxyFor(origin, this.#env);
      if (choice !== undefined && "invalid" in choice) throw notAProxy(choice.invalid);
      const route = { origin, proxy: choice?.proxy, secureContext: () => this.#secureContext() };
      open = { route, connections: new Connections(route) };
      this.#origins.set(origin.origin, open);
    }
    return open;
  }

  #secureContext(): SecureContext {
    if (this.#authorities === undefined) {
      const { context, unusable } = loadAuthorities(this.#env);
      for (const variable of unusable)
        this.#log("warn", "no certificate could be read", () => ({ variable }));
      this.#authorities = context;
    }
    return this.#authorities;
  }
}

function notAProxy(variable: string): AttemptError {
  const message = `the environment variable ${variable} does not hold the URL of a proxy (${acceptedProxies})`;
  return new AttemptError({ kind: "proxy", message }, { sent: false, shouldRetry: false });
}
