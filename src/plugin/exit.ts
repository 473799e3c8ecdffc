import { writeStderr } from "./log.ts";

/**
 * Makes the function that ends the process in order: first what the program wants done, then exit,
 * whose listeners remove the socket. Without waiting for anything: the host waits for the process,
 * and starts the next one only then.
 */
export function makeStop(onStop: (() => void) | undefined): () => void {
  return () => {
    try {
      onStop?.();
    } finally {
      process.exit(0);
    }
  };
}

/** Ends a start that failed before the handshake. The level makes it an error in the host's log. */
export function failStart(error: unknown): never {
  const message = error instanceof Error ? error.message : String(error);
  writeStderr(`[ERROR] ${message}\n`);
  process.exit(1);
}
