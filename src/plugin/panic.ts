import { inspect } from "node:util";
import { writeStderr } from "./log.ts";

/** What a Go program exits with after a panic. */
const PANIC_EXIT_CODE = 2;

const TIME_TO_READ_MS = 100;

/**
 * The text of a panic. Terraform shows a plugin's stderr after a failed command only from a line on
 * that starts with "panic: " (terraform/internal/logging/panic.go), so a plain stack would be lost.
 */
export function panicText(error: unknown): string {
  if (!(error instanceof Error)) return `panic: ${inspect(error)}\n`;
  return `panic: ${error.message}\n\n${error.stack ?? String(error)}\n`;
}

/** What takes secrets out of the text of a panic; a promise where that has to be loaded first. */
export type Redact = (text: string) => string | Promise<string>;

/** Where a text cannot be cleaned, nothing of it may be shown. */
const hiddenText =
  "panic: the text of an error is not shown, because what removes secrets from it does not run; the installation may be damaged\n";

/**
 * Ends the process with a panic when an error reaches the top or a rejection is never handled. Of several errors the
 * first is shown.
 */
export function panicOnUncaughtErrors(redact: Redact = (text) => text): void {
  let begun = false;
  const panic = async (error: unknown) => {
    if (begun) return;
    begun = true;
    // For an end that comes before the text is clean.
    process.exitCode = PANIC_EXIT_CODE;
    writeStderr(await redactedOr(hiddenText, redact, error));
    // Terraform may end on the lost connection before it has read stderr: it gets that long to read.
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, TIME_TO_READ_MS);
    process.exit(PANIC_EXIT_CODE);
  };
  process.on("uncaughtException", panic);
  process.on("unhandledRejection", panic);
}

async function redactedOr(hidden: string, redact: Redact, error: unknown): Promise<string> {
  try {
    return await redact(panicText(error));
  } catch (why) {
    // What loads the scripts says which is damaged, and what to do (scripts/release/start.cjs): no text of others.
    const damaged = why instanceof Error && why.name === "InstallationError";
    return damaged ? `panic: ${why.message}\n` : hidden;
  }
}
