import type { Diagnostic } from "../diagnostic.ts";

/** What ends a call after StopProvider. Terraform does not show it for a call that it cancelled itself. */
export const cancelled: Diagnostic = {
  severity: "error",
  summary: "Operation cancelled",
  detail: "Terraform stopped the provider before the operation was done.",
};

/** Ends the framework's own work on a result, with the diagnostic that says why. */
export class StoppedError extends Error {
  readonly diagnostic: Diagnostic;

  constructor(diagnostic: Diagnostic) {
    super(diagnostic.summary);
    this.diagnostic = diagnostic;
  }
}

/** Whether a call goes on: until it is cancelled, or the time is over that its author gives it. */
export class Stop {
  readonly #signal: AbortSignal;
  readonly #began = process.hrtime();
  #ms = Number.POSITIVE_INFINITY;
  #exceeded = cancelled;

  constructor(signal: AbortSignal) {
    this.#signal = signal;
  }

  /** The call may take so long from its beginning. */
  readonly limit = (ms: number, exceeded: Diagnostic): void => {
    this.#ms = ms;
    this.#exceeded = exceeded;
  };

  /** For work in pieces. Throws StoppedError where the call is to end. */
  readonly check = (): void => {
    if (this.#signal.aborted) throw new StoppedError(cancelled);
    const [seconds, nanoseconds] = process.hrtime(this.#began);
    if (seconds * 1e3 + nanoseconds / 1e6 > this.#ms) throw new StoppedError(this.#exceeded);
  };
}
