import { createServer, type Server, type Socket } from "node:net";
import type { PluginAddress } from "./handshake.ts";
import { listenTcp } from "./listener-tcp.ts";
import { listenUnix } from "./listener-unix.ts";
import { UnprovenConnections } from "./unproven.ts";

/**
 * Accepts connections before anything that serves them is loaded: they wait, with what they sent,
 * until `deliver` says where they go.
 */
export interface Listener extends PluginAddress {
  /** Hands over the connections that waited, and every later one at once. */
  deliver(accept: (connection: Socket) => void): void;
  /** A connection, or TLS over it, has proved that it is the host's: it counts no more as a stranger's. */
  prove(connection: Socket): void;
  /** Takes the socket file away, if there is one. Safe to call more than once, and at exit. */
  remove(): void;
  /** Accepts no more. Connections already accepted are not touched. */
  close(): void;
}

/**
 * Listens where the environment says: on a Unix socket, or on TCP on Windows and where
 * PLUGIN_NETWORK is "tcp" (for systems whose temporary directory holds no sockets). On return
 * connections are accepted.
 *
 * @throws {Error} with a message for people, when that place cannot be had
 */
export async function listen(env: NodeJS.ProcessEnv, platform = process.platform): Promise<Listener> {
  const waiting: Socket[] = [];
  const unproven = new UnprovenConnections();
  let accept = (connection: Socket): void => {
    waiting.push(connection);
  };
  // Not with `pauseOnConnect`: http2 never starts to read from a connection that it gets paused.
  const server = createServer({ noDelay: true }, (connection) => {
    // The server of the connection reports its errors in time; a reset must not end the process.
    connection.on("error", () => {});
    unproven.add(connection);
    accept(connection);
  });
  const { remove, ...address } = await listenOn(server, network(env, platform), env);
  return {
    ...address,
    remove,
    close: () => void server.close(),
    prove: (connection) => unproven.prove(connection),
    deliver(to) {
      accept = to;
      for (const connection of waiting.splice(0)) if (!connection.destroyed) to(connection);
    },
  };
}

interface Place extends PluginAddress {
  remove(): void;
}

async function listenOn(server: Server, on: "unix" | "tcp", env: NodeJS.ProcessEnv): Promise<Place> {
  if (on === "unix") return { network: on, ...(await listenUnix(server, env)) };
  return { network: on, address: await listenTcp(server, env), remove() {} };
}

function network(env: NodeJS.ProcessEnv, platform: NodeJS.Platform): "unix" | "tcp" {
  const wanted = env.PLUGIN_NETWORK;
  if (wanted === "tcp" || platform === "win32") return "tcp";
  if (wanted === undefined || wanted === "" || wanted === "unix") return "unix";
  throw new Error(`PLUGIN_NETWORK is ${JSON.stringify(wanted)}; it can be "unix" or "tcp".`);
}
