import type { CreateRequest } from "./create-request.ts";
import type { Identifiers } from "./identifiers.ts";
import { isArray, isObject, type Json, type JsonObject } from "./json.ts";
import { messageText, TRIGGERS, triggered } from "./triggers.ts";

/** Calls in the create view; one of the two members is set. */
export interface CalledTools {
  readonly tool_calls?: readonly JsonObject[];
  readonly function_call?: JsonObject;
  readonly finishReason: string;
}

/** The tools that the answer calls, or undefined when it is text. */
export function callsFor(request: CreateRequest, ids: Identifiers): CalledTools | undefined {
  const { messages, body } = request;
  const tools = (isArray(body.tools) ? body.tools : []).filter(isObject);
  const [first] = tools;
  if (first === undefined) return legacyCall(request);
  const wanted = triggered(messages, TRIGGERS.tool);
  const all = triggered(messages, TRIGGERS.parallelTools) && body.parallel_tool_calls !== false;
  const call = (called: readonly JsonObject[], finishReason: string): CalledTools => ({
    tool_calls: called.map((tool) => callOf(tool, request, ids)),
    finishReason,
  });
  const choice = body.tool_choice ?? "auto";
  if (choice === "none") return undefined;
  if (choice === "required") return call(all ? tools : [first], "tool_calls");
  if (isObject(choice) && choice.type === "allowed_tools") {
    const allowed = isObject(choice.allowed_tools) ? choice.allowed_tools : {};
    const names = (isArray(allowed.tools) ? allowed.tools : []).map(nameOf);
    const tool = tools.find((each) => names.includes(nameOf(each)));
    return tool !== undefined && (allowed.mode === "required" || wanted)
      ? call([tool], "tool_calls")
      : undefined;
  }
  if (isObject(choice)) {
    // A tool that is forced by name is called with the finish_reason stop.
    const tool = tools.find((each) => nameOf(each) === nameOf(choice));
    return tool === undefined ? undefined : call([tool], "stop");
  }
  if (all) return call(tools, "tool_calls");
  return wanted ? call([first], "tool_calls") : undefined;
}

/** A tool as the store writes it: parameters before the description and the name. */
export function storedTool(tool: Json): Json {
  if (!isObject(tool) || !isObject(tool.function)) return tool;
  const { parameters, description, name, ...rest } = tool.function;
  return { type: tool.type, function: { parameters, description, name, ...rest } };
}

function callOf(tool: JsonObject, request: CreateRequest, ids: Identifiers): JsonObject {
  const name = nameOf(tool);
  if (isObject(tool.custom))
    return { id: ids.toolCall(), type: "custom", custom: { name, input: lastText(request) } };
  const parameters = isObject(tool.function) ? tool.function.parameters : undefined;
  return {
    id: ids.toolCall(),
    type: "function",
    function: { name, arguments: argumentsFor(parameters, request) },
  };
}

/** The deprecated form: `functions` with a `function_call` that names one. */
function legacyCall(request: CreateRequest): CalledTools | undefined {
  const functions = (isArray(request.body.functions) ? request.body.functions : []).filter(isObject);
  const choice = request.body.function_call;
  const named = isObject(choice) ? functions.find((each) => each.name === choice.name) : undefined;
  const called =
    named ?? (triggered(request.messages, TRIGGERS.tool) && choice !== "none" ? functions[0] : undefined);
  if (called === undefined) return undefined;
  return {
    function_call: { name: called.name, arguments: argumentsFor(called.parameters, request) },
    finishReason: "function_call",
  };
}

/** JSON text with a value for every property of the schema: strings echo the user, numbers are 1. */
function argumentsFor(parameters: Json | undefined, request: CreateRequest): string {
  const properties = isObject(parameters) && isObject(parameters.properties) ? parameters.properties : {};
  const entries = Object.entries(properties).map(([name, schema]) => {
    const type = isObject(schema) ? schema.type : undefined;
    if (type === "integer" || type === "number") return [name, 1];
    if (type === "boolean") return [name, true];
    if (type === "array") return [name, []];
    return [name, type === "object" ? {} : lastText(request)];
  });
  return JSON.stringify(Object.fromEntries(entries));
}

function lastText(request: CreateRequest): string {
  return messageText([...request.messages].reverse().find((message) => message.role === "user"));
}

function nameOf(tool: Json | undefined): Json | undefined {
  if (!isObject(tool)) return undefined;
  if (isObject(tool.function)) return tool.function.name;
  return isObject(tool.custom) ? tool.custom.name : undefined;
}
