import type { AnswerState, StoredState } from "./resource-attributes.ts";
import type { CompletionState } from "./state.ts";

/** What of a completion is kept as its answer. */
export function answerOf(completion: CompletionState): AnswerState {
  const { object, created, choices, usage, prompt_tokens_details, completion_tokens_details } = completion;
  return {
    object,
    created,
    choices,
    usage,
    prompt_tokens_details,
    completion_tokens_details,
    request_id: completion.request_id,
    system_fingerprint: completion.system_fingerprint,
    moderation_results_json: completion.moderation_json,
  };
}

/** What of a completion tells of its request. */
export function storedOf(completion: CompletionState): StoredState {
  return {
    model: completion.model,
    service_tier: completion.service_tier,
    seed: completion.seed,
    temperature: completion.temperature,
    top_p: completion.top_p,
    presence_penalty: completion.presence_penalty,
    frequency_penalty: completion.frequency_penalty,
    metadata: completion.metadata,
    tools_json: completion.tools_json,
    tool_choice_json: completion.tool_choice_json,
    response_format_json: completion.response_format_json,
    input_user: completion.input_user,
  };
}
