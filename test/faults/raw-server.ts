import { createServer, type Socket } from "node:net";

/** A server that speaks to each request as it likes. */
export interface RawServer {
  readonly port: number;
  /** Heads of the requests seen so far. */
  readonly requests: readonly string[];
  close(): Promise<void>;
}

/** Calls `answer` with the socket for every request whose head has arrived, and how many came before. */
export async function startRawServer(answer: (socket: Socket, index: number) => void): Promise<RawServer> {
  const requests: string[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    let seen = "";
    socket.on("close", () => sockets.delete(socket));
    socket.on("error", () => {});
    socket.setEncoding("latin1").on("data", (text) => {
      seen += String(text);
      // Bodies have no empty line here.
      for (let end = seen.indexOf("\r\n\r\n"); end >= 0; end = seen.indexOf("\r\n\r\n")) {
        requests.push(seen.slice(0, end));
        seen = seen.slice(end + 4);
        answer(socket, requests.length - 1);
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the server has no port");
  return {
    port: address.port,
    requests,
    close: () => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      for (const socket of sockets) socket.destroy();
      return closed;
    },
  };
}
