import { JsonNumber, type JsonObject, type JsonValue } from "../../openai/index.ts";

/**
 * What the states of mkdev-me/openai's `openai_response`, and of its `openai_model_response` of 1.x, have in another
 * form. Forms that its request had alone (tools, the form of the answer, prompt templates) are taken from the
 * configuration.
 */
export function foreignResponse(state: JsonObject): Readonly<Record<string, JsonValue>> {
  // 1.x sent 0.7 where nothing was given, and kept what the API chose of the rest.
  const usual = state.has("preserve_on_change") ? ["1", "0.7"] : ["1"];
  const effort = state.get("reasoning_effort") ?? null;
  return {
    temperature: unless(usual, state.get("temperature")),
    top_p: unless(["1"], state.get("top_p")),
    top_logprobs: unless(["0"], state.get("top_logprobs")),
    parallel_tool_calls: state.get("parallel_tool_calls") === false ? false : null,
    reasoning: effort === null || effort === "" ? null : new Map([["effort", effort]]),
    output: null,
    text: null,
    tools_json: null,
    prompt_json: null,
  };
}

/** Null for a number that is written where none was given. */
function unless(usual: readonly string[], value: JsonValue | undefined): JsonValue {
  const isUsual = value instanceof JsonNumber && usual.some((each) => Number(each) === Number(value.text));
  return isUsual ? null : (value ?? null);
}
