import type { Diagnostics, PrivateState } from "../../framework/index.ts";
import { OpenAIError } from "../../openai/index.ts";
import { inWords } from "../duration.ts";
import { explain } from "../explain.ts";
import type { Access } from "../openai-provider.ts";
import { keptAnswer } from "./kept-answer.ts";
import { completionIn } from "./read.ts";
import type { ResourceState } from "./resource-attributes.ts";
import type { CompletionState } from "./state.ts";
import { answerOf, storedOf } from "./stored.ts";
import { untilVisible, type Wait } from "./until-visible.ts";
import { setVisibility } from "./visibility.ts";

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
    const completion = await untilVisible(async (options) => {
      const { id } = state;
      return completionIn(await access.openai.chatCompletions.retrieve(id, options), id, diagnostics);
    }, wait);
    setVisibility(kept, "seen");
    return refreshed(state, completion);
  } catch (thrown) {
    if (!(thrown instanceof OpenAIError)) throw thrown;
    diagnostics.addWarning("Chat completion not readable yet", unreadable(thrown, access, state, wait));
    return state;
  }
}

function unreadable(error: OpenAIError, access: Access, { id }: ResourceState, wait: Wait): string {
  const created = `The completion ${JSON.stringify(id)} was created and is kept in state.`;
  if (error.kind === "aborted") return `${created} Terraform was interrupted before it could be read.`;
  if (error.kind === "not_found" || error.kind === "operation_timeout") {
    return (
      `${created} The API did not let it be read within ${inWords(wait.waitMs)}.\n\n` +
      "The organization may keep nothing (zero data retention), or the project may not allow storing; then it can never be " +
      "read, updated or deleted. It is not created again for that, because it would be paid for again. What the API " +
      'answered is in state; "stored" has only what the answer says.'
    );
  }
  const why = explain(error, { access, completionId: id, object: "resource" });
  return `${created} Reading it failed: ${why.summary}.\n\n${why.detail}`;
}
