import type { Diagnostics } from "../../framework/index.ts";
import type { ApiResponse } from "../../openai/index.ts";
import type { Report } from "./shape-error.ts";

/** As many are named in a warning. */
const mostNamed = 8;

/** What of answers is not as the API describes it: null in state, and reported in one warning. */
export class Mismatches {
  readonly #found = new Set<string>();
  readonly #errors = new Set<string>();

  /** The report of an answer's body; an error that the answer itself contains is noted too. */
  of({ display, api }: ApiResponse): Report {
    if (api !== undefined) this.#errors.add(api.message ?? 'the answer ended with finish_reason = "error"');
    return ({ message }) => this.#found.add(display(message));
  }

  /** Warns of what was found, if anything was. `what` says what was answered, at a sentence's beginning. */
  warn(diagnostics: Diagnostics, what: () => string): void {
    if (this.#errors.size > 0) {
      diagnostics.addWarning(
        "The API answered with an error",
        `${what()} has an error in it. What there is of it is kept, and may be no answer.\n\nThe API said:\n` +
          [...this.#errors].map((text) => `  ${text}`).join("\n"),
      );
    }
    if (this.#found.size === 0) return;
    const named = [...this.#found].slice(0, mostNamed).map((text) => `  - ${text}`);
    const more = this.#found.size - named.length;
    if (more > 0) named.push(`  - and ${more} more`);
    diagnostics.addWarning(
      "Unexpected answer from the API",
      `${what()} is not in everything as the API describes it:\n\n${named.join("\n")}\n\n` +
        "What is named here could not be read, and is null; all else is as it was answered. A gateway may change the " +
        "answers of the API; if this one is OpenAI's own, please report it to the provider's developers.",
    );
  }
}
