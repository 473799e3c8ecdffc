import type { JsonObject, JsonValue } from "../../openai/index.ts";
import { unlessWritten } from "../objects/answer-arguments.ts";

/**
 * What the states of mkdev-me/openai's `openai_response`, and of its `openai_model_response` of 1.x, have in another
 * form. Forms that its request had alone (tools, the form of the answer, prompt templates) are taken from the
 * configuration.
 */
export function foreignResponse(state: JsonObject): Readonly<Record<string, JsonValue>> {
  // 1.x sent 0.7 where nothing was given, and kept what the API chose of the rest.
  const usual = state.has("preserve_on_change") ? [1, 0.7] : [1];
  const effort = state.get("reasoning_effort") ?? null;
  return {
    temperature: unlessWritten(usual, state.get("temperature")),
    top_p: unlessWritten([1], state.get("top_p")),
    top_logprobs: unlessWritten([0], state.get("top_logprobs")),
    parallel_tool_calls: state.get("parallel_tool_calls") === false ? false : null,
    reasoning: effort === null || effort === "" ? null : new Map([["effort", effort]]),
    output: null,
    text: null,
    tools_json: null,
    prompt_json: null,
  };
}
