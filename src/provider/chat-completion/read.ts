import type { Diagnostics, Logger } from "../../framework/index.ts";
import { type ApiResponse, OpenAIError } from "../../openai/index.ts";
import { explain } from "../explain.ts";
import type { Access } from "../openai-provider.ts";
import { ShapeError } from "./body.ts";
import { type CompletionState, completionState } from "./state.ts";

export interface ReadOptions {
  readonly completionId: string;
  /** Milliseconds for everything. */
  readonly timeoutMs: number;
  /** Milliseconds for which a 404 is not believed yet. */
  readonly waitMs: number;
  readonly signal: AbortSignal;
  readonly log: Logger;
  readonly diagnostics: Diagnostics;
}

/** The first pause before asking again for a completion that is not there yet, and the longest. */
const firstPauseMs = 500;
const longestPauseMs = 4_000;

/**
 * Reads a stored completion, and keeps asking while it may only not be visible yet. Undefined, with an
 * error added, where that fails.
 */
export async function readCompletion(
  access: Access,
  options: ReadOptions,
): Promise<{ readonly state: CompletionState; readonly text: string } | undefined> {
  const { diagnostics, completionId } = options;
  try {
    const response = await retrieve(access, options);
    return { state: completionState(response.body), text: response.text };
  } catch (thrown) {
    if (thrown instanceof OpenAIError) {
      diagnostics.add(explain(thrown, { access, completionId, waitMs: options.waitMs }));
    } else if (thrown instanceof ShapeError) {
      diagnostics.addError(
        "Unexpected answer from the API",
        `${access.baseUrl} answered the request for ${completionId}, but not with a chat completion as the API ` +
          `describes it: ${thrown.message}.\n\n` +
          "Is base_url right? A gateway may change the answers of the API; if this one is right, and OpenAI's own, " +
          "please report it to the provider's developers.",
      );
    } else {
      throw thrown;
    }
    return undefined;
  }
}

async function retrieve(access: Access, options: ReadOptions): Promise<ApiResponse> {
  const { completionId, timeoutMs, waitMs, signal, log } = options;
  const started = performance.now();
  const spent = () => performance.now() - started;
  for (let pause = firstPauseMs; ; pause = Math.min(pause * 1.5, longestPauseMs)) {
    try {
      return await access.openai.chatCompletions.retrieve(completionId, {
        signal,
        timeoutMs: Math.max(timeoutMs - spent(), 1),
      });
    } catch (thrown) {
      const mayAppear = thrown instanceof OpenAIError && thrown.kind === "not_found";
      const left = Math.min(waitMs, timeoutMs) - spent();
      if (!mayAppear || left <= 0) throw thrown;
      log.log("debug", "The completion is not there yet", { wait_left_ms: Math.round(left) });
      await sleep(Math.min(pause, left), signal);
      if (signal.aborted) throw thrown;
    }
  }
}

/** Resolves after the time, or when the signal aborts. */
function sleep(milliseconds: number, signal: AbortSignal): Promise<void> {
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
