import { writeSync } from "node:fs";
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
  writeStderr(`[ERROR] ${messageOf(error)}\n`);
  process.exit(1);
}

/**
 * The same for a host, which shows its user the first line of stdout in the place of the handshake
 * line (go-plugin/client.go, Start), and of stderr nothing.
 */
export function failHostStart(error: unknown): never {
  try {
    writeSync(1, `${messageOf(error).replaceAll(/\s*\n\s*/g, " ")}\n`);
  } catch {
    // The host has gone.
  }
  failStart(error);
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
