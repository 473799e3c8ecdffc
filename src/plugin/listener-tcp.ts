import type { Server } from "node:net";

const LOOPBACK = "127.0.0.1";

/**
 * Listens on the first free loopback port of PLUGIN_MIN_PORT to PLUGIN_MAX_PORT, in order
 * (go-plugin/server.go, serverListener_tcp); on any free port where neither is set.
 *
 * @returns "127.0.0.1:PORT"
 * @throws {Error} with a message for people
 */
export async function listenTcp(server: Server, env: NodeJS.ProcessEnv): Promise<string> {
  const first = portFrom(env, "PLUGIN_MIN_PORT");
  const last = portFrom(env, "PLUGIN_MAX_PORT");
  if (first > last) {
    throw new Error(`PLUGIN_MIN_PORT (${first}) is greater than PLUGIN_MAX_PORT (${last}).`);
  }
  for (let port = first; port <= last; port += 1) {
    if (await tryPort(server, port)) {
      const bound = server.address();
      if (bound !== null && typeof bound === "object") return `${LOOPBACK}:${bound.port}`;
    }
  }
  throw new Error(`No TCP port from ${first} to ${last} is free on ${LOOPBACK} to listen on.`);
}

function portFrom(env: NodeJS.ProcessEnv, name: string): number {
  const text = env[name];
  if (text === undefined || text === "") return 0;
  const port = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN;
  if (!(port <= 65_535)) throw new Error(`${name} is ${JSON.stringify(text)}, which is no TCP port.`);
  return port;
}

/** A port that is taken, or that the system keeps for itself, is one to pass over. */
function tryPort(server: Server, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const failed = () => resolve(false);
    server.once("error", failed);
    server.listen({ host: LOOPBACK, port, exclusive: true }, () => {
      server.off("error", failed);
      resolve(true);
    });
  });
}
