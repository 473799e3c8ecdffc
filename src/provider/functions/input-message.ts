import { FunctionError, type State } from "../../framework/index.ts";
import type { JsonObject, JsonValue } from "../../openai/index.ts";
import type { storedMessageAttributes } from "../chat-completion/message-attributes.ts";
import { object } from "./json-object.ts";
import { toolCall } from "./tool-call.ts";

type Message = Omit<State<typeof storedMessageAttributes>, "id">;
type Part = NonNullable<Message["content_parts"]>[number];

/** Which argument of the function the messages are. */
const argument = 0;

/** A message of the request in the API's form; its null members are left out. */
export function inputMessage(message: Message | null, index: number): JsonObject {
  const place = `messages[${index}]`;
  const { role, name, refusal } = message ?? { role: null };
  if (message == null || role === null || role === "")
    throw new FunctionError(`${place} has no role`, argument);
  const calls = (message.tool_calls ?? []).map((call, at) =>
    toolCall(call, `${place}.tool_calls[${at}]`, argument),
  );
  checkWhole(message, place);
  return object({
    role,
    name: name ?? undefined,
    content: contentOf(message, place),
    refusal: refusal ?? undefined,
    tool_calls: calls.length === 0 ? undefined : calls,
    tool_call_id: message.tool_call_id ?? undefined,
  });
}

/** Refuses what OpenAI would: a tool's message that answers no call, and messages that say nothing. */
function checkWhole(message: Message, place: string): void {
  const { role, content, content_parts: parts, refusal, tool_calls: calls, tool_call_id: answered } = message;
  if (role === "tool" && answered === null) {
    throw new FunctionError(
      `${place} is a tool's message without tool_call_id, which OpenAI does not store: a training example needs it. ` +
        "Leave this completion out, or take the messages from where they were written",
      argument,
    );
  }
  const says = content ?? parts ?? refusal ?? (calls?.length ? calls : null);
  if (says !== null) return;
  const stored =
    role === "assistant" ? ", and OpenAI does not store the tool calls that it may have had" : "";
  throw new FunctionError(`${place}, of the role ${JSON.stringify(role)}, has no content${stored}`, argument);
}

/** The parts where there are any, else the text; left out beside tool calls, else null where there is none. */
function contentOf(message: Message, place: string): JsonValue | undefined {
  const { content, content_parts: parts, tool_calls: calls } = message;
  if (parts !== null && parts.length > 0)
    return parts.map((part, at) => partOf(part, `${place}.content_parts[${at}]`));
  if (content === null && (calls?.length ?? 0) > 0) return undefined;
  return content;
}

function partOf(part: Part | null, place: string): JsonObject {
  if (part === null) throw new FunctionError(`${place} is null`, argument);
  const { type } = part;
  switch (type) {
    case "text":
      return object({ type, text: part.text ?? "" });
    case "image_url":
      return object({ type, image_url: members(part.image_url, place, type) });
    case "input_audio":
      return object({ type, input_audio: members(part.input_audio, place, type) });
    case "file":
      return object({ type, file: members(part.file, place, type) });
    default:
      throw new FunctionError(
        `${place} is of the type ${JSON.stringify(type)}, which training examples do not have`,
        argument,
      );
  }
}

function members(
  value: { readonly [name: string]: string | null } | null,
  place: string,
  type: string,
): JsonObject {
  if (value === null) throw new FunctionError(`${place} has no ${type}`, argument);
  const names = Object.keys(value).filter((name) => value[name] !== null);
  // Terraform hands objects out sorted by name, whatever order they were written in.
  return new Map(names.map((name) => [name, value[name] ?? null]));
}
