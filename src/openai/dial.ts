import { connect, isIP, type Socket } from "node:net";

/** Where a connection leads: a name or an address without brackets, and a port. */
export interface Endpoint {
  readonly host: string;
  readonly port: number;
}

/** RFC 8305's Connection Attempt Delay. Attempts that have begun go on: an address may be slow and the only one. */
const attemptDelayMs = 250;
const keepAliveMs = 60_000;

/** Failures that say something of this machine's routes and nothing of the host. */
const noRoute = new Set(["ENETUNREACH", "EHOSTUNREACH", "EADDRNOTAVAIL", "EAFNOSUPPORT"]);

/**
 * Opens a TCP connection: to every address of the name, of both families in turn, each a moment after the one before
 * or once that has failed. The first that stands is returned, and the others are destroyed.
 *
 * @param addressesOf Looks a name up.
 * @throws Node's error of the attempt that says most. After an abort every socket is destroyed.
 */
export async function dial(
  { host, port }: Endpoint,
  signal: AbortSignal,
  addressesOf: (host: string) => Promise<readonly string[]> = lookUp,
): Promise<Socket> {
  const addresses = isIP(host) === 0 ? inTurn(await addressesOf(host)) : [host];
  signal.throwIfAborted();
  return await new Promise((resolve, reject) => {
    const open = new Set<Socket>();
    const failures: Error[] = [];
    let begun = 0;
    let timer: NodeJS.Timeout | undefined;
    const end = (kept?: Socket) => {
      clearTimeout(timer);
      signal.removeEventListener("abort", onAbort);
      begun = addresses.length;
      for (const socket of open) if (socket !== kept) socket.destroy();
    };
    const onAbort = () => {
      end();
      reject(signal.reason);
    };
    const attempt = () => {
      clearTimeout(timer);
      const socket = connect({ host: addresses[begun], port, noDelay: true });
      socket.setKeepAlive(true, keepAliveMs);
      begun += 1;
      open.add(socket);
      socket.once("connect", () => {
        end(socket);
        resolve(socket);
      });
      // Stays: an error that comes later, while nobody else listens, must not end the process.
      socket.on("error", (error) => {
        if (!open.delete(socket)) return;
        failures.push(error);
        if (begun < addresses.length) attempt();
        else if (open.size === 0) {
          end();
          reject(mostTelling(failures));
        }
      });
      if (begun < addresses.length) timer = setTimeout(attempt, attemptDelayMs);
    };
    signal.addEventListener("abort", onAbort);
    attempt();
  });
}

/** Loads Node's resolver with the first name: a start without a request has no use for it. */
function lookUp(host: string): Promise<readonly string[]> {
  return new Promise((resolve, reject) => {
    process.getBuiltinModule("node:dns").lookup(host, { all: true }, (error, found) => {
      if (error !== null) reject(error);
      else resolve(found.map(({ address }) => address));
    });
  });
}

/** The families in turn, that of the first address first, so that one without a route costs one attempt at a time. */
function inTurn(addresses: readonly string[]): readonly string[] {
  const first = addresses.filter((address) => isIP(address) === isIP(addresses[0] ?? ""));
  const second = addresses.filter((address) => !first.includes(address));
  const length = Math.max(first.length, second.length);
  return Array.from({ length }, (_, index) => [first[index], second[index]])
    .flat()
    .filter((address) => address !== undefined);
}

function mostTelling(failures: readonly Error[]): Error | undefined {
  return failures.find((error) => !("code" in error && noRoute.has(String(error.code)))) ?? failures[0];
}
