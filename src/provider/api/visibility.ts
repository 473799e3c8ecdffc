import type { Logger, PrivateState } from "../../framework/index.ts";
import { monotonicNow, type OpenAI, OpenAIError, type OperationOptions } from "../../openai/index.ts";

/** How long the API may answer 404 for what it has just created: reads were seen to lag by up to 6 s. */
export const appearsWithinMs = 15_000;

/** Since when something is unseen: the object itself, or a key that was made for it. */
type Unseen = "unseen_since" | "key_unseen_since";

/** Remembers that an object was created now, and not read yet. */
export function markUnseen(kept: PrivateState, what: Unseen = "unseen_since"): void {
  kept.set(what, String(Date.now()));
}

export function markSeen(kept: PrivateState, what: Unseen = "unseen_since"): void {
  kept.set(what, undefined);
}

/** Milliseconds for which a 404 may only mean that the object is not visible yet; 0 where it is gone. */
export function mayAppearFor(kept: PrivateState, what: Unseen = "unseen_since"): number {
  const since = Number(kept.get(what) ?? Number.NaN);
  const age = Date.now() - since;
  // A clock that was set back says nothing.
  return age >= 0 && age < appearsWithinMs ? appearsWithinMs - age : 0;
}

export interface Wait {
  /** Milliseconds for everything. */
  readonly timeoutMs: number;
  /** Whose requests may wait for their turn, which is no part of the time. */
  readonly openai?: Pick<OpenAI, "waitedMs">;
  /** Milliseconds for which a 404 is not believed yet. */
  readonly waitMs: number;
  /** Before it is asked again; unset means 500 ms. */
  readonly firstPauseMs?: number;
  readonly signal: AbortSignal;
  readonly log: Logger;
}

/** With what is left of the time, in milliseconds. */
export type TimedOptions = OperationOptions & { readonly timeoutMs: number };

/** The first pause before asking again for an object that is not there yet, and the longest. */
const usualFirstPauseMs = 500;
const longestPauseMs = 4_000;

/**
 * Reads, and keeps asking while the object may only not be visible yet.
 *
 * @param read Gets the signal, and what is left of the time.
 * @throws what `read` throws; `not_found` once the wait is over.
 */
export async function untilVisible<T>(
  read: (options: TimedOptions) => Promise<T>,
  { timeoutMs, waitMs, firstPauseMs = usualFirstPauseMs, signal, log, openai }: Wait,
): Promise<T> {
  const started = monotonicNow();
  const queuedBefore = openai?.waitedMs ?? 0;
  const queued = () => (openai?.waitedMs ?? 0) - queuedBefore;
  const age = () => monotonicNow() - started;
  const timeLeft = () => Math.max(timeoutMs + queued() - age(), 1);
  for (let pause = firstPauseMs; ; pause = Math.min(pause * 1.5, longestPauseMs)) {
    try {
      return await read({ signal, timeoutMs: timeLeft(), fresh: pause > firstPauseMs });
    } catch (thrown) {
      const mayAppear = thrown instanceof OpenAIError && isNotThereYet(thrown);
      const left = Math.min(waitMs - age(), timeLeft() - 1);
      if (!mayAppear || left <= 0) throw thrown;
      log.log("debug", "Not there yet", { wait_left_ms: Math.round(left) });
      // Where Terraform gives up meanwhile, the next attempt says so without a request.
      await sleep(Math.min(pause, left), signal);
    }
  }
}

/**
 * Whether an error may only mean that the object is not visible yet: a 404 may, but not 410, Gone, nor one about the
 * model.
 */
export function isNotThereYet(error: OpenAIError): boolean {
  return error.kind === "not_found" && error.status !== 410 && error.api?.code !== "model_not_found";
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
