import {
  isJsonArray,
  isJsonObject,
  type JsonObject,
  type JsonValue,
  stringifyJson,
} from "../../openai/index.ts";
import { unlessWritten } from "../objects/answer-arguments.ts";

/**
 * What the state of mkdev-me/openai's `openai_chat_completion` has in another form: numbers that its 1.x wrote for
 * arguments which were left out, tools with their function in a list of one, and the older functions in place of tools.
 */
export function foreignCompletion(state: JsonObject): Readonly<Record<string, JsonValue>> {
  const tools = toolsOf(state);
  return {
    n: unlessWritten([1], state.get("n")),
    temperature: unlessWritten([1], state.get("temperature")),
    top_p: unlessWritten([1], state.get("top_p")),
    presence_penalty: unlessWritten([0], state.get("presence_penalty")),
    frequency_penalty: unlessWritten([0], state.get("frequency_penalty")),
    max_tokens: unlessWritten([0], state.get("max_tokens")),
    store: state.get("store") === true ? true : null,
    tools,
    tool_choice: tools.length === 0 ? null : toolChoiceOf(state),
    usage: usageOf(state.get("usage") ?? null),
    // That of an earlier build of this provider has it.
    stored: state.get("stored") ?? new Map([["model", state.get("model_used") ?? null]]),
  };
}

function toolsOf(state: JsonObject): JsonValue[] {
  const tools = objectsOf(state.get("tools")).flatMap((tool) => {
    const [called] = objectsOf(tool.get("function"));
    return called === undefined ? [] : [functionTool(called)];
  });
  return tools.length > 0 ? tools : objectsOf(state.get("functions")).map(functionTool);
}

function functionTool(called: JsonObject): JsonValue {
  const { name, description, parameters } = Object.fromEntries(called);
  const renamed = new Map<string, JsonValue>([
    ["name", name ?? null],
    ["description", description ?? null],
    ["parameters_json", parameters ?? null],
  ]);
  return new Map<string, JsonValue>([
    ["type", "function"],
    ["function", renamed],
  ]);
}

/** A word, or JSON text that names a function; the older form names it alone. */
function toolChoiceOf(state: JsonObject): JsonValue {
  const choice = [state.get("tool_choice"), state.get("function_call")].find(
    (each) => typeof each === "string" && each !== "",
  );
  if (typeof choice !== "string" || ["none", "auto", "required"].includes(choice)) return choice ?? null;
  const name = nameIn(choice);
  if (name === undefined) return choice;
  return stringifyJson(
    new Map<string, JsonValue>([
      ["type", "function"],
      ["function", new Map([["name", name]])],
    ]),
  );
}

/** The function that an older choice names; undefined for the JSON text of a newer one. */
function nameIn(choice: string): string | undefined {
  const named = /^\s*\{\s*"name"\s*:\s*"([\w-]+)"\s*\}\s*$/.exec(choice)?.[1];
  return named ?? (/^[\w-]+$/.test(choice) ? choice : undefined);
}

/** No completion has a usage of nothing: it stands for one that the API did not report. */
function usageOf(usage: JsonValue): JsonValue {
  if (!isJsonObject(usage)) return null;
  return [...usage.values()].every((each) => Number(String(each)) === 0) ? null : usage;
}

function objectsOf(value: JsonValue | undefined): JsonObject[] {
  return isJsonArray(value) ? value.filter(isJsonObject) : isJsonObject(value) ? [value] : [];
}
