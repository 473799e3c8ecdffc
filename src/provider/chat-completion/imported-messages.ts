import type { InputMessage } from "../chat-completion-messages/state.ts";
import type { Message } from "./request-messages.ts";

type Part = NonNullable<Message["content_parts"]>[number];
type StoredPart = NonNullable<InputMessage["content_parts"]>[number];

/** A stored input message as the argument that it was; what the API does not tell is null. */
export function importedMessage(message: InputMessage): Message {
  const { role, content, content_parts, name, refusal, tool_call_id, tool_calls } = message;
  const parts = content_parts === null || content_parts.length === 0 ? null : content_parts;
  return {
    role: role ?? "",
    // The API tells a content of parts twice, the second time as their joined texts.
    content: parts === null ? content : null,
    content_parts: parts?.map(importedPart) ?? null,
    name,
    refusal,
    tool_call_id,
    tool_calls: tool_calls === null || tool_calls.length === 0 ? null : tool_calls.map(importedCall),
  };
}

function importedPart({ type, text, image_url, input_audio, file }: StoredPart): Part {
  return {
    type: type ?? "text",
    text,
    image_url: image_url === null ? null : { url: image_url.url ?? "", detail: image_url.detail },
    input_audio:
      input_audio === null ? null : { data: input_audio.data ?? "", format: input_audio.format ?? "" },
    file,
  };
}

function importedCall(call: NonNullable<InputMessage["tool_calls"]>[number]) {
  const { id, type, function: called, custom } = call;
  return {
    id: id ?? "",
    type: type ?? "function",
    function: called === null ? null : { name: called.name ?? "", arguments: called.arguments ?? "" },
    custom: custom === null ? null : { name: custom.name ?? "", input: custom.input ?? "" },
  };
}
