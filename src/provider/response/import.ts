import { type ExactNumber, type State, terraformNumberText } from "../../framework/index.ts";
import {
  isJsonArray,
  isJsonObject,
  type JsonObject,
  type JsonValue,
  type OpenAI,
  type OperationOptions,
  paginate,
  stringifyJson,
} from "../../openai/index.ts";
import { sameJson } from "../json-argument.ts";
import type { requestAttributes } from "./arguments.ts";

type Arguments = State<typeof requestAttributes>;

interface Request {
  readonly openai: OpenAI;
  readonly state: Arguments & { readonly id: string };
  readonly imported: boolean;
  readonly options: () => OperationOptions;
}

/**
 * The arguments of a response that is imported. What is as the API has it where nothing was given, or of which nobody
 * can say whether it was given, is left out: a configuration that sets it adopts it. The input comes from its list.
 *
 * @throws {OpenAIError} where that cannot be read.
 */
export async function importedArguments(request: Request): Promise<Partial<Arguments>> {
  const { imported, state } = request;
  if (!imported) return {};
  const { text, tools_json: tools, instructions, user } = state;
  const format = text?.format_json ?? null;
  const form = {
    format_json: format === null || sameJson(format, '{"type":"text"}') ? null : format,
    verbosity: text?.verbosity === "medium" ? null : (text?.verbosity ?? null),
  };
  return {
    ...(await importedInput(request)),
    temperature: unless(1, state.temperature),
    top_p: unless(1, state.top_p),
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

function unless(usual: number, value: ExactNumber | null): ExactNumber | null {
  return value === null || Number(terraformNumberText(value)) === usual ? null : value;
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

/** Input items as the argument that they were: one text of a user, or a list of items. */
export function inputOf(items: readonly JsonObject[]): { input: string | null; input_json: string | null } {
  const given = items.map(givenItem);
  const [first] = given;
  const text = first?.get("content");
  if (given.length === 1 && first?.get("role") === "user" && typeof text === "string")
    return { input: text, input_json: null };
  return { input: null, input_json: given.length === 0 ? null : stringifyJson(given) };
}

/** A message without what the API adds: its ID and status, and a list around one text. */
function givenItem(item: JsonObject): JsonObject {
  if (item.get("type") !== "message") return item;
  const members = [...item].filter(([name]) => name !== "id" && name !== "status");
  return new Map(members.map(([name, value]) => [name, name === "content" ? shortest(value) : value]));
}

function shortest(content: JsonValue): JsonValue {
  const part = isJsonArray(content) && content.length === 1 ? content[0] : undefined;
  if (part === undefined || !isJsonObject(part)) return content;
  const text = part.get("text");
  return part.get("type") === "input_text" && part.size === 2 && typeof text === "string" ? text : content;
}

/** Whether JSON texts of input items say the same, in whichever of their forms. */
export function coversInput(written: JsonValue, imported: JsonValue): boolean {
  if (isJsonArray(written) && isJsonArray(imported))
    return (
      written.length === imported.length &&
      written.every((each, index) => coversInput(each, imported[index] ?? null))
    );
  if (!isJsonObject(written) || !isJsonObject(imported))
    return stringifyJson(written) === stringifyJson(imported);
  const [one, other] = [plainItem(written), plainItem(imported)];
  return [...one].every(([name, value]) => coversInput(value, other.get(name) ?? null));
}

function plainItem(item: JsonObject): JsonObject {
  const typed = item.has("role") && !item.has("type") ? new Map([["type", "message"], ...item]) : item;
  return givenItem(typed);
}
