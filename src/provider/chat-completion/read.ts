import type { Diagnostics } from "../../framework/index.ts";
import { type ApiResponse, OpenAIError, unexpectedShape } from "../../openai/index.ts";
import { explain } from "../explain.ts";
import type { Subject } from "../subject.ts";
import { ShapeError } from "./body.ts";
import { type CompletionState, completionState } from "./state.ts";
import { untilVisible, type Wait } from "./until-visible.ts";

/** Which completion, and whose read it is. */
export interface CompletionSubject extends Pick<Subject, "access" | "operation" | "object"> {
  readonly completionId: string;
}

/**
 * Reads a stored completion, and keeps asking while it may only not be visible yet. Undefined, with an
 * error added, where that fails.
 */
export async function readCompletion(
  subject: CompletionSubject,
  wait: Wait,
  diagnostics: Diagnostics,
): Promise<{ readonly state: CompletionState; readonly text: string } | undefined> {
  const { access, completionId } = subject;
  try {
    const response = await untilVisible(
      (options) => access.openai.chatCompletions.retrieve(completionId, options),
      wait,
    );
    return { state: mapped(response, () => completionState(response.body)), text: response.text };
  } catch (thrown) {
    if (!(thrown instanceof OpenAIError)) throw thrown;
    diagnostics.add(explain(thrown, { ...subject, waitMs: wait.waitMs }));
    return undefined;
  }
}

/** What `map` makes of an answer; a body of another shape is an error of the answer like any other. */
export function mapped<T>(response: ApiResponse, map: () => T): T {
  try {
    return map();
  } catch (thrown) {
    if (!(thrown instanceof ShapeError)) throw thrown;
    throw unexpectedShape(response, thrown.message);
  }
}
