import type { Server } from "node:net";
import type { Duplex } from "node:stream";

/** The open connections of a test's own server, which its close ends. */
export class Connections {
  readonly #open = new Set<Duplex>();

  keep(socket: Duplex): void {
    this.#open.add(socket);
    socket.on("error", () => {});
    socket.on("close", () => this.#open.delete(socket));
  }

  /** Starts a server on a free port of the loopback interface, and keeps its connections. */
  async listen(server: Server): Promise<{ readonly port: number; close(): Promise<void> }> {
    server.on("connection", (socket) => this.keep(socket));
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const address = server.address();
    if (address === null || typeof address === "string") throw new Error("the server has no port");
    return {
      port: address.port,
      close: () => {
        const closed = new Promise<void>((resolve) => server.close(() => resolve()));
        for (const socket of this.#open) socket.destroy();
        return closed;
      },
    };
  }
}
