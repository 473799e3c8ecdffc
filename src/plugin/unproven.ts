import type { Socket } from "node:net";

/** A host opens one connection, and proves itself within milliseconds. */
const LIMIT = 16;

/**
 * Connections that have not proved who they are. Every user of a machine may connect to a TCP port,
 * and silent connections would use up the descriptors: one too many closes the oldest of those that
 * have sent nothing, else the oldest. A Unix socket lets its owner in alone, and is not counted.
 */
export class UnprovenConnections {
  readonly #connections = new Map<string, Socket>();

  add(connection: Socket): void {
    const peer = peerOf(connection);
    if (peer === undefined) return;
    if (this.#connections.size >= LIMIT) this.#closeOne();
    this.#connections.set(peer, connection);
    connection.once("close", () => this.#remove(peer, connection));
  }

  /** @param connection the one that was added, or the TLS connection that runs over it */
  prove(connection: Socket): void {
    const peer = peerOf(connection);
    if (peer !== undefined) this.#connections.delete(peer);
  }

  #closeOne(): void {
    const all = [...this.#connections];
    const [peer, connection] = all.find(([, { bytesRead }]) => bytesRead === 0) ?? all[0] ?? [];
    if (peer === undefined) return;
    this.#connections.delete(peer);
    connection?.destroy();
  }

  /** The same peer may have connected anew by now. */
  #remove(peer: string, connection: Socket): void {
    if (this.#connections.get(peer) === connection) this.#connections.delete(peer);
  }
}

/** Undefined on a Unix socket, and once the other end has gone. */
function peerOf({ remoteAddress, remotePort }: Socket): string | undefined {
  return remotePort === undefined ? undefined : `${remoteAddress}:${remotePort}`;
}
