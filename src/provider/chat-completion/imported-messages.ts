import type { InputMessage } from "../chat-completion-messages/state.ts";
import type { Message } from "./request-messages.ts";
import { singleText } from "./same-messages.ts";
import type { CompletionState } from "./state.ts";

type Part = NonNullable<Message["content_parts"]>[number];
type StoredPart = NonNullable<InputMessage["content_parts"]>[number];
type StoredCall = NonNullable<InputMessage["tool_calls"]>[number];
type Choices = CompletionState["choices"];
type Answer = NonNullable<NonNullable<Choices>[number]["message"]>[number];

/**
 * Stored messages as the argument that they were; null without any. What the API does not tell is null, and so
 * is "" where it can only mean that. Some APIs list the answer after its prompt: it is left out.
 */
export function importedMessages(stored: readonly InputMessage[], choices: Choices): Message[] | null {
  const messages = withoutAnswer(stored, choices).map(importedMessage);
  return messages.length === 0 ? null : messages;
}

function withoutAnswer(stored: readonly InputMessage[], choices: Choices): readonly InputMessage[] {
  const answers = (choices ?? []).flatMap(({ message }) => message ?? []);
  let end = stored.length;
  for (; end > 0; end -= 1) {
    const message = stored[end - 1];
    const index = answers.findIndex((answer) => message !== undefined && isAnswer(message, answer));
    if (index < 0) break;
    answers.splice(index, 1);
  }
  return stored.slice(0, end);
}

function isAnswer(message: InputMessage, answer: Answer): boolean {
  if (message.role !== "assistant") return false;
  const calls = (answer.tool_calls ?? []).map(({ function: called, custom }) =>
    JSON.stringify([called?.[0] ?? null, custom?.[0] ?? null]),
  );
  const told = (message.tool_calls ?? []).map(({ function: called, custom }) =>
    JSON.stringify([named(called), named(custom)]),
  );
  const said = [message.content, message.refusal].map((text) => text?.trim() || null);
  const answered = [answer.content, answer.refusal].map((text) => text?.trim() || null);
  // The stored view of an answer has no refusal, which the list may have.
  const sameText = said[0] === answered[0] && (said[1] === answered[1] || answered[1] === null);
  const empty = said.every((text) => text === null) && told.length === 0;
  return sameText && !empty && JSON.stringify(told) === JSON.stringify(calls);
}

/** A function or custom tool that is called; one of empty texts is none. */
function named<T extends { readonly name: string | null }>(called: T | null): T | null {
  return called === null || !called.name ? null : called;
}

function importedMessage(message: InputMessage): Message {
  const { role, content, content_parts, name, refusal, tool_call_id, tool_calls } = message;
  const parts = (content_parts ?? []).map(importedPart);
  const calls = (tool_calls ?? []).map(importedCall);
  const text = singleText(parts);
  const others = parts.length > 0 || calls.length > 0 || orNull(refusal) !== null;
  return {
    role: role ?? "",
    // The API tells a content of parts twice, the second time as their joined texts.
    content: text ?? (others && parts.length === 0 ? orNull(content) : parts.length === 0 ? content : null),
    content_parts: parts.length === 0 || text !== null ? null : parts,
    name: orNull(name),
    refusal: orNull(refusal),
    tool_call_id: orNull(tool_call_id),
    tool_calls: calls.length === 0 ? null : calls,
    function_call: null,
    audio: null,
  };
}

function importedPart({ type, text, image_url, input_audio, file }: StoredPart): Part {
  const image = orNull(image_url?.url);
  const audio = orNull(input_audio?.data);
  const kind = orNull(type) ?? "text";
  const { file_id, filename, file_data } = file ?? {};
  const [id, data] = [orNull(file_id), orNull(file_data)];
  return {
    type: kind,
    text: kind === "text" ? text : orNull(text),
    image_url: image === null ? null : { url: image, detail: orNull(image_url?.detail) },
    input_audio: audio === null ? null : { data: audio, format: input_audio?.format ?? "" },
    file: id === null && data === null ? null : { file_id: id, filename: orNull(filename), file_data: data },
  };
}

function importedCall({ id, type, function: called, custom }: StoredCall) {
  const [of, tool] = [named(called), named(custom)];
  return {
    id: id ?? "",
    type: orNull(type) ?? "function",
    function: of === null ? null : { name: of.name ?? "", arguments: of.arguments ?? "" },
    custom: tool === null ? null : { name: tool.name ?? "", input: tool.input ?? "" },
  };
}

/** What an API writes as "" where it has nothing. */
function orNull(text: string | null | undefined): string | null {
  return text === undefined || text === "" ? null : text;
}
