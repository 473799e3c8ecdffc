import type { Diagnostics, PrivateState } from "../../framework/index.ts";
import { OpenAIError } from "../../openai/index.ts";
import { inWords } from "../duration.ts";
import { explain } from "../explain/explain.ts";
import type { Access } from "../openai-provider.ts";
import { type AbsenceSubject, absenceOf } from "./absence.ts";
import { recordSeen } from "./completion-record.ts";
import { keptAnswer } from "./kept-answer.ts";
import { completionIn } from "./read.ts";
import type { ResourceState } from "./resource-attributes.ts";
import type { CompletionState } from "./state.ts";
import { answerOf, storedOf } from "./stored.ts";
import { completionTopic } from "./topic.ts";
import { isNotThereYet, untilVisible, type Wait } from "./until-visible.ts";

/** What a read tells, over what was known before. Arguments stay; metadata is the caller's business. */
export function refreshed(state: ResourceState, completion: CompletionState): ResourceState {
  return { ...state, ...keptAnswer(state, answerOf(completion)), stored: storedOf(completion) };
}

/**
 * Waits until a completion that was just created can be read, and adds what the read tells. Where it
 * cannot, that is a warning, whatever the reason: an error would taint what has been paid for.
 */
export async function untilReadable(
  access: Access,
  state: ResourceState,
  wait: Wait,
  { diagnostics, kept }: { readonly diagnostics: Diagnostics; readonly kept: PrivateState },
): Promise<ResourceState> {
  try {
    const { chatCompletions } = access.openai;
    const response = await untilVisible((options) => chatCompletions.retrieve(state.id, options), wait);
    const completion = completionIn(response, state.id, diagnostics);
    recordSeen(kept, access, response);
    return refreshed(state, completion);
  } catch (thrown) {
    if (!(thrown instanceof OpenAIError)) throw thrown;
    diagnostics.addWarning(
      "Chat completion not readable yet",
      unreadable(thrown, { state, private: kept, access }, wait),
    );
    return state;
  }
}

function unreadable(error: OpenAIError, subject: AbsenceSubject, wait: Wait): string {
  const { access, state } = subject;
  const { id } = state;
  const created = `The completion ${JSON.stringify(id)} was created and is kept in state.`;
  if (error.kind === "aborted") return `${created} Terraform was interrupted before it could be read.`;
  if (isNotThereYet(error) || error.kind === "operation_timeout") {
    return (
      `${created} The API did not let it be read within ${inWords(wait.waitMs)}.\n\n` +
      "The organization may keep nothing (zero data retention), or the project may not allow storing; then it can never be " +
      "read, updated or deleted. It is not created again for that, because it would be paid for again. What the API " +
      'answered is in state; "stored" has only what the answer says.'
    );
  }
  if (absenceOf(error, subject) !== undefined) {
    return (
      `${created} ${access.baseUrl} does not let it be read (${apiWords(error)}): it seems to store no completions, as most ` +
      "gateways and local servers.\n\n" +
      "Then it can never be read, updated or deleted. It is not created again for that, because it would be paid for again. " +
      'What the API answered is in state; "stored" has only what the answer says.'
    );
  }
  const why = explain(error, { access, topic: completionTopic, id, object: "resource" });
  return `${created} Reading it failed: ${why.summary}.\n\n${why.detail}`;
}

/** What the API answered, in brief. */
function apiWords({ status, api, failure }: OpenAIError): string {
  const words = api?.message ?? failure.message;
  return status === undefined ? words : `status ${status}: ${words}`;
}
