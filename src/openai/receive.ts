import type { Socket } from "node:net";

/** What a proxy says before the tunnel is open fits into this many times over. */
const mostBytes = 65_536;

/** What was read of the bytes that are here, and how many they were. */
export interface Taken<T> {
  readonly value: T;
  readonly length: number;
}

/**
 * Reads from a socket until `take`, which gets all bytes so far, returns a value; undefined asks for more. Bytes
 * beyond are left for who reads next.
 *
 * @throws What `take` throws, the socket's error, and an error of code ECONNRESET where the other side closes first.
 */
export function receive<T>(
  socket: Socket,
  signal: AbortSignal,
  take: (bytes: Buffer) => Taken<T> | undefined,
): Promise<T> {
  return new Promise((resolve, reject) => {
    let bytes = Buffer.alloc(0);
    const settle = (act: () => void) => {
      socket.off("readable", onReadable).off("end", onEnd).off("close", onEnd).off("error", onError);
      signal.removeEventListener("abort", onAbort);
      act();
    };
    const onAbort = () => settle(() => reject(signal.reason));
    const onError = (error: Error) => settle(() => reject(error));
    const onEnd = () => onError(closedEarly());
    const onReadable = () => {
      const chunk: unknown = socket.read();
      if (!Buffer.isBuffer(chunk)) return;
      bytes = Buffer.concat([bytes, chunk]);
      try {
        const taken = take(bytes);
        if (taken === undefined) {
          if (bytes.length > mostBytes) throw new Error("the answer has no end");
          return;
        }
        settle(() => resolve(taken.value));
        if (taken.length < bytes.length) socket.unshift(bytes.subarray(taken.length));
      } catch (error) {
        settle(() => reject(error));
      }
    };
    signal.addEventListener("abort", onAbort);
    socket.on("readable", onReadable).on("end", onEnd).on("close", onEnd).on("error", onError);
    if (signal.aborted) onAbort();
    else if (socket.destroyed) onEnd();
  });
}

/** The other side hung up, as Node reports it of a connection that is reset. */
export function closedEarly(): Error {
  return Object.assign(new Error("the connection was closed"), { code: "ECONNRESET" });
}
