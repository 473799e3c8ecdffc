import type { Config } from "../../framework/index.ts";
import type { JsonObject, JsonValue } from "../../openai/index.ts";
import { given } from "./request-members.ts";
import type { messageKind } from "./resource-messages.ts";

/** A message as written; `messages_wo` has the same shape. */
export type Message = Config<ReturnType<typeof messageKind>["attributes"]>;
type Part = NonNullable<Message["content_parts"]>[number];
type ToolCall = NonNullable<Message["tool_calls"]>[number];

/** The messages of a create request; members that are not set are left out. */
export function requestMessages(messages: readonly Message[]): readonly JsonObject[] {
  return messages.map(requestMessage);
}

/**
 * Every text in messages that somebody may want to hide. Roles and types are the API's words: hiding them would
 * take them out of its errors.
 */
export function textsOf(messages: readonly Message[]): string[] {
  const texts: string[] = [];
  const collect = (value: unknown, name = "") => {
    if (typeof value === "string") {
      if (name !== "role" && name !== "type") texts.push(value);
    } else if (typeof value === "object" && value !== null) {
      for (const [key, member] of Object.entries(value)) collect(member, key);
    }
  };
  collect(messages);
  return texts;
}

function requestMessage(message: Message): JsonObject {
  return given({
    role: message.role,
    content: message.content_parts?.map(requestPart) ?? message.content,
    name: message.name,
    refusal: message.refusal,
    tool_call_id: message.tool_call_id,
    tool_calls: message.tool_calls?.map(requestToolCall) ?? null,
  });
}

function requestPart({ type, text, image_url, input_audio, file }: Part): JsonObject {
  return given({
    type,
    text,
    image_url: strings(image_url),
    input_audio: strings(input_audio),
    file: strings(file),
  });
}

function requestToolCall({ id, type, function: called, custom }: ToolCall): JsonObject {
  return given({ id, type, function: strings(called), custom: strings(custom) });
}

/** An object whose members are all texts; null for null. */
function strings(object: { readonly [name: string]: string | null } | null): JsonValue {
  return object === null ? null : given(object);
}
