import type { Duplex } from "node:stream";

/** For a host that keeps its connection open after Shutdown, which go-plugin's client does not. */
const LINGER_MS = 100;

/**
 * Ends the process after Shutdown as soon as the reply is known to have arrived: when the host closes
 * its connection, which is the next thing it does (go-plugin/grpc_client.go, Close). No event of
 * grpc-js says when the last frame has left, and an exit before that takes the reply along. The
 * host waits for the process to be gone, at most two seconds before it kills it.
 */
export class GracefulShutdown {
  readonly #stop: () => void;
  #begun = false;

  constructor(stop: () => void) {
    this.#stop = stop;
  }

  clientConnected(connection: Duplex): void {
    connection.once("close", () => {
      if (this.#begun) this.#stop();
    });
  }

  /** Shutdown has been answered. */
  begin(): void {
    this.#begun = true;
    setTimeout(this.#stop, LINGER_MS);
  }
}
