import { writeSync } from "node:fs";

export type LogLevel = "trace" | "debug" | "info" | "warn" | "error";

/** Takes one message; where it goes and in which form is the caller's business. */
export type Log = (level: LogLevel, message: string) => void;

/**
 * Lines for a host without any other logger: go-plugin reads a level in brackets at the start of a
 * stderr line (go-plugin/client.go, logStderr).
 */
export const stderrLog: Log = (level, message) => {
  for (const line of message.split("\n")) writeStderr(`[${level.toUpperCase()}] ${line}\n`);
};

/** Writes to stderr at once and whole, even when the process is about to end; a closed stderr is no error. */
export function writeStderr(text: string): void {
  try {
    writeSync(2, text);
  } catch {
    // Nobody reads any more (EPIPE) or the pipe is full (EAGAIN): nothing is left to report to.
  }
}
