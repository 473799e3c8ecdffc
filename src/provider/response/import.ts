import type { State } from "../../framework/index.ts";
import {
  isJsonObject,
  type JsonObject,
  type OpenAI,
  type OperationOptions,
  paginate,
} from "../../openai/index.ts";
import { sameJson } from "../json-argument.ts";
import { unlessUsual } from "../objects/answer-arguments.ts";
import type { requestAttributes } from "./arguments.ts";
import { inputOf } from "./input.ts";

type Arguments = State<typeof requestAttributes>;

interface Request {
  readonly openai: OpenAI;
  readonly state: Arguments & { readonly id: string };
  readonly options: () => OperationOptions;
}

/**
 * The arguments of a response that is imported. What is as the API has it where nothing was given, or of which nobody
 * can say whether it was given, is left out: a configuration that sets it adopts it. The input comes from its list.
 *
 * @throws {OpenAIError} where that cannot be read.
 */
export async function importedArguments(request: Request): Promise<Partial<Arguments>> {
  const { state } = request;
  const { text, tools_json: tools, instructions, user } = state;
  const format = text?.format_json ?? null;
  const form = {
    format_json: format === null || sameJson(format, '{"type":"text"}') ? null : format,
    verbosity: text?.verbosity === "medium" ? null : (text?.verbosity ?? null),
  };
  return {
    ...(await importedInput(request)),
    temperature: unlessUsual(1, state.temperature),
    top_p: unlessUsual(1, state.top_p),
    top_logprobs: state.top_logprobs === 0 ? null : state.top_logprobs,
    truncation: state.truncation === "disabled" ? null : state.truncation,
    parallel_tool_calls: state.parallel_tool_calls === true ? null : state.parallel_tool_calls,
    tool_choice: state.tool_choice === "auto" ? null : state.tool_choice,
    background: state.background === true ? true : null,
    tools_json: tools === null || sameJson(tools, "[]") ? null : tools,
    // Those of a prompt template are a list.
    instructions: /^\s*\[/.test(instructions ?? "") ? null : instructions,
    text: form.format_json === null && form.verbosity === null ? null : form,
    user: user || null,
    reasoning: null,
    service_tier: null,
    prompt_cache_retention: null,
    prompt_cache_options_json: null,
    image: null,
    access_programs: null,
    store: null,
  };
}

/** Of a response that goes on from others, the list has their items too. */
async function importedInput({ openai, state, options }: Request) {
  if (state.previous_response_id !== null || state.conversation !== null) return {};
  const items: JsonObject[] = [];
  const path = ["responses", state.id, "input_items"];
  const fetch = ({ after, limit }: { readonly after: string | undefined; readonly limit: number }) => {
    const cursor: [string, string][] = after === undefined ? [] : [["after", after]];
    const query = [["order", "asc"] as const, ...cursor, ["limit", String(limit)] as const];
    return openai.page({ method: "GET", path, query }, options());
  };
  for await (const { data } of paginate(fetch)) items.push(...data.filter(isJsonObject));
  return inputOf(items);
}
