import { inspect } from "node:util";
import { writeStderr } from "./log.ts";

/** What a Go program exits with after a panic. */
const PANIC_EXIT_CODE = 2;

/**
 * The text of a panic. Terraform shows a plugin's stderr after a failed command only from a line on
 * that starts with "panic: " (terraform/internal/logging/panic.go), so a plain stack would be lost.
 */
export function panicText(error: unknown): string {
  if (!(error instanceof Error)) return `panic: ${inspect(error)}\n`;
  return `panic: ${error.message}\n\n${error.stack ?? String(error)}\n`;
}

/**
 * Ends the process with a panic when an error reaches the top or a rejection is never handled.
 *
 * @param redact takes secrets out of the text
 */
export function panicOnUncaughtErrors(redact: (text: string) => string = (text) => text): void {
  const panic = (error: unknown) => {
    writeStderr(redact(panicText(error)));
    process.exit(PANIC_EXIT_CODE);
  };
  process.on("uncaughtException", panic);
  process.on("unhandledRejection", panic);
}
