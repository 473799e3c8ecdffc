import { isArray, isObject, type Json, type JsonObject } from "./json.ts";

/** Azure OpenAI's form of the stored view: other keys, no finish_reason, and no `object` in lists. */
export function azureView(view: JsonObject, place: "alone" | "listed"): JsonObject {
  const usage = isObject(view.usage) ? view.usage : {};
  return {
    id: view.id,
    choices: isArray(view.choices) ? view.choices.map(azureChoice) : [],
    created: view.created,
    model: view.model,
    object: place === "alone" ? "chat.completion" : null,
    service_tier: null,
    system_fingerprint: view.system_fingerprint,
    usage: {
      completion_tokens: usage.completion_tokens,
      prompt_tokens: usage.prompt_tokens,
      total_tokens: usage.total_tokens,
      completion_tokens_details: null,
      prompt_tokens_details: null,
    },
    request_id: view.request_id,
    seed: view.seed,
    top_p: view.top_p,
    temperature: view.temperature,
    presence_penalty: view.presence_penalty,
    frequency_penalty: view.frequency_penalty,
    metadata: view.metadata,
  };
}

/** Azure's form of an input message: the assistant's keys, but neither name nor parts. */
export function azureMessage(message: JsonObject): JsonObject {
  return {
    content: message.content,
    refusal: null,
    role: message.role,
    audio: null,
    function_call: null,
    tool_calls: null,
    id: message.id,
  };
}

function azureChoice(choice: Json): Json {
  if (!isObject(choice)) return choice;
  const message = isObject(choice.message) ? choice.message : {};
  return {
    finish_reason: null,
    index: choice.index,
    logprobs: null,
    message: {
      content: message.content ?? null,
      refusal: null,
      role: message.role,
      audio: null,
      function_call: message.function_call ?? null,
      tool_calls: message.tool_calls ?? null,
    },
  };
}
