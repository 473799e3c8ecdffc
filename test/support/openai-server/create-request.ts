import { parameterError, unsupportedValue, wrongType } from "./create-parameters.ts";
import { type APIError, invalid } from "./errors.ts";
import { isArray, isObject, type Json, type JsonObject } from "./json.ts";
import { metadataError } from "./metadata.ts";

/** A create request whose parameters have been checked. */
export interface CreateRequest {
  readonly model: string;
  readonly messages: readonly JsonObject[];
  readonly store: boolean;
  /** The whole body; members that are null were removed. */
  readonly body: JsonObject;
}

const ROLES = ["developer", "system", "user", "assistant", "tool", "function"];

/** The checked request, or the error that the API answers before anything is paid for. */
export function readCreateRequest(json: Json): CreateRequest | APIError {
  if (!isObject(json)) return wrongType("body", "an object", json);
  const error = parameterError(json);
  if (error !== undefined) return error;
  const given = Object.entries(json).filter(([, value]) => value !== null && value !== undefined);
  const body: JsonObject = Object.fromEntries(given);
  const { model, messages } = body;
  if (typeof model !== "string" || model === "") return invalid("you must provide a model parameter");
  if (messages === undefined) return missing("messages");
  if (!isArray(messages)) return wrongType("messages", "an array of objects", messages);
  if (messages.length === 0) {
    return invalid(
      "Invalid 'messages': empty array. Expected an array with minimum length 1, but got an empty array instead.",
      "messages",
      "empty_array",
    );
  }
  const checked: JsonObject[] = [];
  for (const [index, message] of messages.entries()) {
    if (!isObject(message)) return wrongType(`messages[${index}]`, "an object", message);
    const wrong = messageError(message, index, messages[index - 1]);
    if (wrong !== undefined) return wrong;
    checked.push(message);
  }
  const wrong = combinationError(body);
  return wrong ?? { model, messages: checked, store: body.store === true, body };
}

function messageError(message: JsonObject, index: number, previous: Json | undefined): APIError | undefined {
  const path = `messages[${index}]`;
  const { role, content } = message;
  if (role === undefined) return missing(`${path}.role`);
  if (typeof role !== "string") return wrongType(`${path}.role`, "a string", role);
  if (!ROLES.includes(role)) return unsupportedValue(`${path}.role`, role, ROLES);
  if (role === "tool") {
    if (typeof message.tool_call_id !== "string") return missing(`${path}.tool_call_id`);
    const answered = isObject(previous) && (previous.role === "tool" || isArray(previous.tool_calls));
    if (!answered) {
      return invalid(
        "Invalid parameter: messages with role 'tool' must be a response to a preceding message with 'tool_calls'.",
        `${path}.role`,
      );
    }
  }
  if (typeof content === "string" || isArray(content)) return undefined;
  const instead = ["tool_calls", "function_call", "refusal", "audio"].some((name) => message[name] != null);
  if (role === "assistant" && instead && content == null) return undefined;
  if (content == null) {
    const message = `Invalid value for 'content': expected a string, got null.`;
    return invalid(message, `${path}.content`);
  }
  return wrongType(`${path}.content`, "a string or an array of objects", content);
}

/** Parameters that need, or exclude, one another. */
function combinationError(body: JsonObject): APIError | undefined {
  if (body.metadata !== undefined) {
    if (body.store !== true) {
      return invalid("The 'metadata' parameter is only allowed when 'store' is enabled.", "metadata");
    }
    const error = metadataError(body.metadata);
    if (error !== undefined) return error;
  }
  if (body.tool_choice !== undefined && !isArray(body.tools)) {
    return invalid(
      "Invalid value for 'tool_choice': 'tool_choice' is only allowed when 'tools' are specified.",
      "tool_choice",
    );
  }
  if (body.top_logprobs !== undefined && body.logprobs !== true) {
    return invalid(
      "The 'top_logprobs' parameter is only allowed when 'logprobs' is enabled.",
      "top_logprobs",
    );
  }
  if (body.max_tokens !== undefined && body.max_completion_tokens !== undefined) {
    return invalid(
      "Setting 'max_tokens' and 'max_completion_tokens' at the same time is not supported.",
      "max_tokens",
      "invalid_parameter_combination",
    );
  }
  if (body.stream === true) {
    return invalid("This server does not stream answers.", "stream", "unsupported_value");
  }
  return undefined;
}

function missing(name: string): APIError {
  return invalid(`Missing required parameter: '${name}'.`, name, "missing_required_parameter");
}
