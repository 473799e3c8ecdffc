import { createServer, type Socket } from "node:net";
import { Connections } from "../support/connections.ts";

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
  const server = createServer((socket) => {
    let seen = "";
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
  return { requests, ...(await new Connections().listen(server)) };
}
