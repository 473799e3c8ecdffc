import type { Config } from "../../framework/index.ts";
import { isJsonObject, type JsonObject, type JsonValue } from "../../openai/index.ts";
import { exact, given, parsed, wordOrObject } from "./request-members.ts";
import { requestMessages } from "./request-messages.ts";
import type { ResourceAttributes } from "./resource-attributes.ts";

type Arguments = Config<ResourceAttributes>;

/**
 * The body of a create request: what the arguments say and no more, numbers exact; `store`, without which the
 * completion would not be kept, and `stream`, without which some would not come whole. Write-only messages come with `config` alone.
 */
export function requestBody(config: Arguments): JsonObject {
  const extra = parsed(config.extra_body_json);
  return new Map([
    ...given({
      model: config.model,
      messages: requestMessages(config.messages ?? config.messages_wo ?? []),
      store: true,
      // Some gateways stream unless they are told not to.
      stream: false,
      metadata: config.metadata,
    }),
    ...parameters(config),
    ...(isJsonObject(extra) ? extra : []),
  ]);
}

function parameters(config: Arguments): JsonObject {
  return given({
    tools: config.tools?.map(requestTool) ?? null,
    tool_choice: wordOrObject(config.tool_choice),
    parallel_tool_calls: config.parallel_tool_calls,
    response_format: parsed(config.response_format_json),
    modalities: config.modalities,
    audio:
      config.audio === null
        ? null
        : given({ voice: wordOrObject(config.audio.voice), format: config.audio.format }),
    prediction: parsed(config.prediction_json),
    web_search_options: parsed(config.web_search_options_json),
    moderation: parsed(config.moderation_json),
    max_completion_tokens: exact(config.max_completion_tokens),
    max_tokens: exact(config.max_tokens),
    n: exact(config.n),
    temperature: exact(config.temperature),
    top_p: exact(config.top_p),
    presence_penalty: exact(config.presence_penalty),
    frequency_penalty: exact(config.frequency_penalty),
    seed: exact(config.seed),
    stop: config.stop,
    logit_bias: logitBias(config.logit_bias),
    logprobs: config.logprobs,
    top_logprobs: exact(config.top_logprobs),
    reasoning_effort: config.reasoning_effort,
    verbosity: config.verbosity,
    service_tier: config.service_tier,
    user: config.user,
    safety_identifier: config.safety_identifier,
    prompt_cache_key: config.prompt_cache_key,
    prompt_cache_retention: config.prompt_cache_retention,
    prompt_cache_options: parsed(config.prompt_cache_options_json),
  });
}

function logitBias(biases: Arguments["logit_bias"]): JsonValue {
  return biases === null ? null : new Map([...biases].map(([token, bias]) => [token, exact(bias)]));
}

function requestTool(tool: NonNullable<Arguments["tools"]>[number]): JsonObject {
  const { function: called, custom } = tool;
  return given({
    type: tool.type,
    function:
      called === null
        ? null
        : given({
            name: called.name,
            description: called.description,
            parameters: parsed(called.parameters_json),
            strict: called.strict,
          }),
    custom:
      custom === null
        ? null
        : given({
            name: custom.name,
            description: custom.description,
            format: parsed(custom.format_json),
          }),
  });
}
