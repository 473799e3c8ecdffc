import type { Diagnostics, Logger } from "../../framework/index.ts";
import { type ApiResponse, OpenAIError, unexpectedShape } from "../../openai/index.ts";
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
  const { diagnostics, completionId, waitMs } = options;
  try {
    const response = await retrieve(access, options);
    return { state: stateOf(response), text: response.text };
  } catch (thrown) {
    if (!(thrown instanceof OpenAIError)) throw thrown;
    diagnostics.add(explain(thrown, { access, completionId, waitMs }));
    return undefined;
  }
}

/** The state of an answer; a body of another shape is an error of the answer like any other. */
function stateOf(response: ApiResponse): CompletionState {
  try {
    return completionState(response.body);
  } catch (thrown) {
    if (!(thrown instanceof ShapeError)) throw thrown;
    throw unexpectedShape(response, thrown.message);
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
      // Where Terraform gives up meanwhile, the next attempt says so without a request.
      await sleep(Math.min(pause, left), signal);
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
