import { format } from "node:util";
import type { Log } from "./log.ts";

/**
 * Keeps stdout for the handshake line. Whatever any code prints with `console` goes to the log, and
 * `process.stdout` leads to stderr from here on: a stray line before the handshake ends the start
 * ("Unrecognized remote plugin message"), one after it is dropped by the host or, beyond 64 KiB,
 * stops its reader for good (go-plugin/client.go, Start). Go plugins redirect both streams into
 * GRPCStdio for the same reason.
 *
 * A reader who goes away is no error on either stream. The streams are made only when used, since
 * making one costs about a millisecond of every start.
 */
export function keepStdoutSilent(log: Log): void {
  const methods = {
    log: "debug",
    debug: "debug",
    info: "info",
    warn: "warn",
    error: "error",
    trace: "debug",
  } as const;
  for (const [method, level] of Object.entries(methods)) {
    Object.defineProperty(console, method, {
      configurable: true,
      writable: true,
      value: (...values: unknown[]) => log(level, format(...values)),
    });
  }
  const stderr = lazyStderr();
  Object.defineProperty(process, "stderr", { configurable: true, enumerable: true, get: stderr });
  Object.defineProperty(process, "stdout", { configurable: true, enumerable: true, get: stderr });
}

function lazyStderr(): () => NodeJS.WriteStream {
  const descriptor = Object.getOwnPropertyDescriptor(process, "stderr");
  let stream: NodeJS.WriteStream | undefined;
  return () => {
    if (stream === undefined) {
      const made: NodeJS.WriteStream = descriptor?.get?.call(process) ?? descriptor?.value;
      made.on("error", () => {});
      stream = made;
    }
    return stream;
  };
}
