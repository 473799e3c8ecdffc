import type { Socket } from "node:net";
import type { Readable } from "node:stream";
import type { Client, Dispatcher } from "undici";
import { headLimit, tolerateHeads } from "./answer-head.ts";
import { connect, type Route } from "./connect.ts";

/** What undici gets of one request. */
export interface Request extends Pick<Dispatcher.RequestOptions, "method" | "path" | "headers"> {
  /** The body, opened once for each time that it is sent. */
  readonly open: () => string | Readable | null;
}

/** The connection was closed while it was idle, and nothing of the request was written. */
class ClosedWhileIdle extends Error {}

/**
 * The connections to one origin. Each carries one request at a time and is kept for the next. A connection is made
 * here, before undici knows of a request: undici takes some failures of connecting for reasons to connect again at
 * once, and heeds a signal only once a request is on its way.
 */
export class Connections {
  readonly #route: Route;
  readonly #open = new Set<Connection>();
  readonly #idle: Connection[] = [];
  readonly #connecting = new Set<AbortController>();

  constructor(route: Route) {
    this.#route = route;
  }

  /**
   * Sends a request, on an idle connection or a new one; resolves when the headers of the answer are here.
   *
   * @param onSent Called when the first byte of the request is written.
   */
  async request(request: Request, signal: AbortSignal, onSent: () => void): Promise<Dispatcher.ResponseData> {
    for (let idle = this.#idle.pop(); idle !== undefined; idle = this.#idle.pop()) {
      try {
        return await this.#send(idle, request, signal, onSent);
      } catch (error) {
        if (!(error instanceof ClosedWhileIdle)) throw error;
      }
    }
    return await this.#send(await this.#connect(signal), request, signal, onSent);
  }

  /** Closes every socket at once; what is in flight fails. */
  async close(): Promise<void> {
    for (const connecting of this.#connecting) connecting.abort();
    await Promise.all([...this.#open].map((connection) => connection.destroy()));
  }

  async #connect(signal: AbortSignal): Promise<Connection> {
    const stop = new AbortController();
    const onAbort = () => stop.abort();
    signal.addEventListener("abort", onAbort);
    if (signal.aborted) stop.abort();
    this.#connecting.add(stop);
    try {
      // First what may fail without a socket: the script that holds undici.
      const undici = await import("./undici.ts");
      const connection = new Connection(undici.Client, this.#route, await connect(this.#route, stop.signal));
      this.#open.add(connection);
      connection.onClose(() => {
        this.#open.delete(connection);
        const index = this.#idle.indexOf(connection);
        if (index >= 0) this.#idle.splice(index, 1);
      });
      return connection;
    } finally {
      signal.removeEventListener("abort", onAbort);
      this.#connecting.delete(stop);
    }
  }

  async #send(
    connection: Connection,
    request: Request,
    signal: AbortSignal,
    onSent: () => void,
  ): Promise<Dispatcher.ResponseData> {
    try {
      const response = await connection.request(request, signal, onSent);
      let whole = false;
      response.body
        .once("end", () => {
          whole = true;
          if (this.#open.has(connection)) this.#idle.push(connection);
        })
        .once("close", () => {
          if (!whole) void connection.destroy();
        });
      return response;
    } catch (error) {
      void connection.destroy();
      throw error;
    }
  }
}

/** One socket and the undici client that speaks HTTP on it. */
class Connection {
  readonly #client: Client;
  readonly #socket: Socket;
  /** Set until the request is being written. */
  #onSent: (() => void) | undefined;

  constructor(client: typeof Client, { origin }: Route, socket: Socket) {
    this.#socket = socket;
    tolerateHeads(socket, () => this.#begins());
    let given = false;
    this.#client = new client(origin.origin, {
      connect: (_options, callback) => {
        const first = !given;
        given = true;
        // Not at once: undici would not notice, being about to connect.
        queueMicrotask(() => (first ? callback(null, socket) : callback(new ClosedWhileIdle(), null)));
      },
      maxHeaderSize: headLimit,
      // Time is kept by the caller, for connecting, headers and body together.
      headersTimeout: 0,
      bodyTimeout: 0,
    });
  }

  request(
    { open, ...request }: Request,
    signal: AbortSignal,
    onSent: () => void,
  ): Promise<Dispatcher.ResponseData> {
    this.#onSent = onSent;
    return this.#client.request({ ...request, body: open(), signal });
  }

  /** Whether what is about to be written is the first of a request. */
  #begins(): boolean {
    const onSent = this.#onSent;
    this.#onSent = undefined;
    onSent?.();
    return onSent !== undefined;
  }

  onClose(act: () => void): void {
    this.#client.once("disconnect", () => {
      void this.#client.destroy(new ClosedWhileIdle());
      act();
    });
  }

  destroy(): Promise<void> {
    const destroyed = this.#client.destroy();
    this.#socket.destroy();
    return destroyed;
  }
}
