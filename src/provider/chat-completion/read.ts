import type { Diagnostics } from "../../framework/index.ts";
import { type ObjectResponse, OpenAIError } from "../../openai/index.ts";
import { mapped } from "../api/mapped.ts";
import { explain } from "../explain/explain.ts";
import type { Subject } from "../explain/subject.ts";
import { Mismatches } from "./mismatches.ts";
import { type CompletionState, completionState } from "./state.ts";
import { completionTopic } from "./topic.ts";
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
): Promise<{ readonly state: CompletionState; readonly response: ObjectResponse } | undefined> {
  const { access, completionId } = subject;
  try {
    const response = await untilVisible(
      (options) => access.openai.chatCompletions.retrieve(completionId, options),
      wait,
    );
    return { state: completionIn(response, completionId, diagnostics), response };
  } catch (thrown) {
    if (!(thrown instanceof OpenAIError)) throw thrown;
    diagnostics.add(
      explain(thrown, { ...subject, topic: completionTopic, id: completionId, waitMs: wait.waitMs }),
    );
    return undefined;
  }
}

/**
 * The completion of an answer. What of it cannot be read is null, with a warning; where it is no completion at
 * all, that is an error of the answer.
 */
export function completionIn(
  response: ObjectResponse,
  id: string,
  diagnostics: Diagnostics,
): CompletionState {
  const mismatches = new Mismatches();
  const report = mismatches.of(response);
  const state = mapped(response, () => completionState(response.body, { report, id }));
  mismatches.warn(diagnostics, `What the API answered for ${JSON.stringify(id)}`);
  return state;
}
