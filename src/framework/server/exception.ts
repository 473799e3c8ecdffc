import { CtyError } from "../../cty/index.ts";
import { bugDiagnostic, type Diagnostic, Diagnostics } from "../diagnostic.ts";
import type { CallContext } from "./provider-server.ts";
import { cancelled, StoppedError } from "./stop.ts";

/**
 * Calls a function of an author's. What it throws is added to `diagnostics`, which are then the result:
 * the response can still say what there is.
 */
export async function attempt<T>(
  run: () => Promise<T>,
  diagnostics: Diagnostics,
  context: CallContext,
): Promise<T | Diagnostics> {
  try {
    return await run();
  } catch (thrown) {
    return diagnostics.add(exceptionDiagnostic(thrown, context));
  }
}

/**
 * What an author's function ended with, if it was no value: its diagnostics join the call's. Without an
 * error among them that is a mistake, of which `what` says whose.
 */
export function failedWithoutError(
  result: Diagnostics | null | undefined,
  diagnostics: Diagnostics,
  what: string,
): Diagnostics {
  if (result instanceof Diagnostics && result !== diagnostics) diagnostics.append(result);
  return diagnostics.hasError ? diagnostics : diagnostics.add(bugDiagnostic(what));
}

/** The diagnostic for an exception: that it is a bug. The stack is logged, and never shown. */
export function exceptionDiagnostic(thrown: unknown, { signal, log }: CallContext): Diagnostic {
  if (thrown instanceof StoppedError) return thrown.diagnostic;
  if (signal.aborted) return cancelled;
  log.log("error", "Unexpected exception", { error: messageOf(thrown) });
  log.log("debug", "Stack of the unexpected exception", {
    stack: thrown instanceof Error ? beginning(thrown.stack ?? "") : "",
  });
  if (thrown instanceof Error && thrown.name === "InstallationError") {
    return { severity: "error", summary: "Damaged installation", detail: thrown.message };
  }
  if (thrown instanceof CtyError) {
    return bugDiagnostic(`A value does not fit its schema: ${beginning(thrown.message)}.`, thrown.path);
  }
  return bugDiagnostic(`The provider failed unexpectedly: ${messageOf(thrown)}.`);
}

/** Characters of an exception's text that are shown: it may quote what a server sent. */
const longestMessage = 2_000;

/** Anything can be thrown, even what cannot be made a string. */
function messageOf(thrown: unknown): string {
  if (thrown instanceof Error) return beginning(thrown.message);
  return typeof thrown === "string" ? beginning(thrown) : "something that is not an error was thrown";
}

function beginning(text: string): string {
  return text.length <= longestMessage ? text : `${text.slice(0, longestMessage)}…`;
}
