import type { Dispatcher } from "undici";
import { loadAuthorities } from "./certificates.ts";
import { largestWindow } from "./cooldown.ts";
import { AttemptError } from "./errors.ts";
import type { RequestLog } from "./log.ts";
import type { StreamBody } from "./multipart.ts";
import { type Environment, proxyFor } from "./proxy.ts";

/** Time for TCP and TLS to a host: undici's own default. */
const connectTimeoutMs = 10_000;

export interface TransportRequest {
  readonly method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  /** Path and query, escaped. */
  readonly target: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Text, or what is opened anew for each attempt. */
  readonly body?: string | StreamBody | undefined;
}

interface Route {
  readonly dispatcher: Dispatcher;
  /** Origin of the proxy, without its credentials. */
  readonly proxy: string | undefined;
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
 * The sockets: one undici pool an origin, made at the first request to it, which is also when undici is loaded and,
 * for https, the authorities are read. Idle sockets do not keep the process alive.
 */
export class Transport {
  readonly #env: Environment;
  readonly #log: RequestLog;
  readonly #routes = new Map<string, Promise<Route>>();
  #secureContext: ReturnType<typeof loadAuthorities>["context"] | undefined;

  constructor(env: Environment, log: RequestLog) {
    this.#env = env;
    this.#log = log;
  }

  /** Sends a request; resolves when the headers of the answer are here. Errors are undici's and Node's. */
  async send(origin: URL, request: TransportRequest, signal: AbortSignal): Promise<Dispatcher.ResponseData> {
    const { dispatcher } = await this.#route(origin);
    return dispatcher.request({
      origin: origin.origin,
      path: request.target,
      method: request.method,
      headers: { ...request.headers },
      body: typeof request.body === "object" ? request.body.open() : (request.body ?? null),
      signal,
    });
  }

  /** Origin of the proxy that requests to this origin go through. */
  async proxy(origin: URL): Promise<string | undefined> {
    return (await this.#route(origin)).proxy;
  }

  /** Closes every socket at once; what is in flight fails. */
  async close(): Promise<void> {
    const routes = await Promise.allSettled(this.#routes.values());
    this.#routes.clear();
    await Promise.all(
      routes.map((route) => (route.status === "fulfilled" ? route.value.dispatcher.destroy() : undefined)),
    );
  }

  #route(origin: URL): Promise<Route> {
    let route = this.#routes.get(origin.origin);
    if (route === undefined) {
      route = this.#open(origin);
      this.#routes.set(origin.origin, route);
    }
    return route;
  }

  async #open(origin: URL): Promise<Route> {
    const choice = proxyFor(origin, this.#env);
    if (choice !== undefined && "invalid" in choice) {
      const message = `the environment variable ${choice.invalid} does not hold the URL of a proxy`;
      throw new AttemptError({ kind: "proxy", message }, { sent: false });
    }
    const { Pool, ProxyAgent } = await import("./undici.ts");
    const connect = { timeout: connectTimeoutMs, ...this.#secure(origin) };
    // Time is kept by the caller, for connecting, headers and body together.
    const common = { connections: largestWindow, headersTimeout: 0, bodyTimeout: 0 };
    if (choice === undefined)
      return { dispatcher: new Pool(origin.origin, { ...common, connect }), proxy: undefined };
    const proxyTls = { timeout: connectTimeoutMs, ...this.#secure(choice.url) };
    // A plain request goes to the proxy whole, as other tools send it; many refuse to tunnel to port 80.
    const dispatcher = new ProxyAgent({
      ...common,
      uri: choice.url.href,
      requestTls: connect,
      proxyTls,
      proxyTunnel: false,
    });
    return { dispatcher, proxy: `${choice.url.protocol}//${choice.url.host}` };
  }

  #secure(origin: URL) {
    if (origin.protocol !== "https:") return {};
    if (this.#secureContext === undefined) {
      const { context, unusable } = loadAuthorities(this.#env);
      for (const variable of unusable)
        this.#log("warn", "no certificate could be read", () => ({ variable }));
      this.#secureContext = context;
    }
    // Said in words, since NODE_TLS_REJECT_UNAUTHORIZED=0 changes what is left unsaid.
    return { secureContext: this.#secureContext, rejectUnauthorized: true };
  }
}
