import type { ExactNumber, Logger, PrivateState } from "../../framework/index.ts";
import { monotonicNow, OpenAIError, type OperationOptions } from "../../openai/index.ts";
import { ageOf, mayAppearFor } from "./completion-record.ts";

export interface Wait {
  /** Milliseconds for everything. */
  readonly timeoutMs: number;
  /** Milliseconds for which a 404 is not believed yet. */
  readonly waitMs: number;
  readonly signal: AbortSignal;
  readonly log: Logger;
}

/** The first pause before asking again for a completion that is not there yet, and the longest. */
const firstPauseMs = 500;
const longestPauseMs = 4_000;

/**
 * Reads, and keeps asking while the completion may only not be visible yet.
 *
 * @param read Gets the signal, and what is left of the time.
 * @throws what `read` throws; `not_found` once the wait is over.
 */
export async function untilVisible<T>(
  read: (options: OperationOptions) => Promise<T>,
  { timeoutMs, waitMs, signal, log }: Wait,
): Promise<T> {
  const started = monotonicNow();
  const spent = () => monotonicNow() - started;
  for (let pause = firstPauseMs; ; pause = Math.min(pause * 1.5, longestPauseMs)) {
    try {
      return await read({ signal, timeoutMs: Math.max(timeoutMs - spent(), 1) });
    } catch (thrown) {
      const mayAppear = thrown instanceof OpenAIError && isNotThereYet(thrown);
      const left = Math.min(waitMs, timeoutMs) - spent();
      if (!mayAppear || left <= 0) throw thrown;
      log.log("debug", "The completion is not there yet", { wait_left_ms: Math.round(left) });
      // Where Terraform gives up meanwhile, the next attempt says so without a request.
      await sleep(Math.min(pause, left), signal);
    }
  }
}

/** Whether an error may only mean that the completion is not visible yet: a 404 may, but not 410, Gone. */
export function isNotThereYet(error: OpenAIError): boolean {
  return error.kind === "not_found" && error.status !== 410;
}

/** A change of a completion that may have been created a moment ago. */
interface Change {
  readonly state: { readonly created: ExactNumber | null };
  readonly private: PrivateState;
  readonly timeLeft: () => number;
  readonly signal: AbortSignal;
  readonly log: Logger;
}

/** Changes a completion, and tries again while it may only not be visible yet. Throws as `untilVisible`. */
export async function onceVisible<T>(
  change: (options: OperationOptions) => Promise<T>,
  { state, private: kept, timeLeft, signal, log }: Change,
): Promise<T> {
  try {
    return await change({ signal, timeoutMs: timeLeft() });
  } catch (thrown) {
    if (!(thrown instanceof OpenAIError) || !isNotThereYet(thrown)) throw thrown;
    const waitMs = mayAppearFor(ageOf(kept, state.created, thrown.failure.date), kept);
    if (waitMs === 0) throw thrown;
    return untilVisible(change, { waitMs, timeoutMs: timeLeft(), signal, log });
  }
}

/** Resolves after the time, or when the signal aborts. */
export function sleep(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      signal.removeEventListener("abort", done);
      resolve();
    };
    const timer = setTimeout(done, milliseconds);
    signal.addEventListener("abort", done);
    if (signal.aborted) done();
  });
}
