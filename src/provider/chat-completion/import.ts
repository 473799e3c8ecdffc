import type { Attribute, Attributes, Config, State } from "../../framework/index.ts";
import { parseJson } from "../../openai/index.ts";
import { Body } from "../api/body.ts";
import type { MoreRequest } from "../api/declaration.ts";
import { ShapeError } from "../api/shape-error.ts";
import { readAttributes, wireOf } from "../api/wire.ts";
import { unlessUsual } from "../objects/answer-arguments.ts";
import { messageKind, singleText, type storedMessageAttributes } from "./message-attributes.ts";
import { readMessages } from "./messages-read.ts";
import type { AnswerState, ResourceAttributes } from "./resource-attributes.ts";
import { toolKind } from "./tools.ts";

type Message = Config<typeof messageKind.attributes>;
type StoredMessage = State<typeof storedMessageAttributes>;
type Answer = NonNullable<NonNullable<AnswerState["choices"]>[number]["message"]>[number];
type Values = { readonly [name: string]: unknown };

/**
 * The arguments that an answer and its messages report for sure: what differs from its default was given. Those that the API
 * does not report, or of which nobody can say whether they were given or are defaults, are left out.
 */
export async function importedArguments({
  access,
  state: { id, stored, choices },
  options,
  call,
}: MoreRequest<ResourceAttributes>): Promise<Partial<State<ResourceAttributes>>> {
  const about = { access, object: "resource", id } as const;
  const messages = await readMessages(
    about,
    { order: "asc", timeoutMs: options().timeoutMs, waitMs: 0 },
    call,
  );
  if (messages === undefined || stored === null) return {};
  const { tools_json: tools, response_format_json: format } = stored;
  return {
    messages: importedMessages(
      messages.elements.map(({ message }) => message),
      choices,
    ),
    model: stored.model ?? "",
    temperature: unlessUsual(1, stored.temperature),
    top_p: unlessUsual(1, stored.top_p),
    presence_penalty: unlessUsual(0, stored.presence_penalty),
    frequency_penalty: unlessUsual(0, stored.frequency_penalty),
    tools: importedTools(tools),
    tool_choice: importedToolChoice(stored.tool_choice_json, tools),
    response_format_json: /^\s*\{/.test(format ?? "") ? format : null,
    // What was not given is "" to some APIs.
    user: stored.input_user || null,
  };
}

/**
 * Stored messages as the argument that they were; null without any. Some APIs list the answer after its prompt: it
 * is left out.
 */
export function importedMessages(
  stored: readonly StoredMessage[],
  choices: AnswerState["choices"],
): Message[] | null {
  const messages = withoutAnswer(stored, choices).map(importedMessage);
  return messages.length === 0 ? null : messages;
}

function withoutAnswer(
  stored: readonly StoredMessage[],
  choices: AnswerState["choices"],
): readonly StoredMessage[] {
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

function isAnswer(message: StoredMessage, answer: Answer): boolean {
  if (message.role !== "assistant") return false;
  const listed = importedMessage(message).tool_calls ?? [];
  const calls = (answer.tool_calls ?? []).map(({ function: called, custom }) =>
    JSON.stringify([called?.[0] ?? null, custom?.[0] ?? null]),
  );
  const found = listed.map(({ function: called, custom }) => JSON.stringify([called, custom]));
  const said = [message.content, message.refusal].map((text) => text?.trim() || null);
  const answered = [answer.content, answer.refusal].map((text) => text?.trim() || null);
  // The stored view of an answer has no refusal, which the list may have.
  const sameText = said[0] === answered[0] && (said[1] === answered[1] || answered[1] === null);
  const empty = said.every((text) => text === null) && found.length === 0;
  return sameText && !empty && JSON.stringify(found) === JSON.stringify(calls);
}

function importedMessage(stored: StoredMessage): Message {
  const message = given(messageKind.attributes, stored);
  const text = singleText(message.content_parts ?? []);
  if (text !== null) return { ...message, content: text, content_parts: null };
  // The API reports a content of parts twice, the second time as their joined texts.
  if (message.content_parts !== null) return { ...message, content: null };
  const others = message.tool_calls !== null || message.refusal !== null;
  return { ...message, content: others ? message.content : stored.content };
}

/** Tools as the argument that they were. Null for none, and for tools of a shape that the argument cannot hold. */
export function importedTools(text: string | null): Config<typeof toolKind.attributes>[] | null {
  const { attributes } = toolKind;
  try {
    const tools = new Body(parseJson(text ?? "null")).objects((tool) => readAttributes(attributes, tool));
    return tools === null || tools.length === 0 ? null : tools.map((tool) => given(attributes, tool));
  } catch (thrown) {
    if (thrown instanceof ShapeError) return null;
    throw thrown;
  }
}

/** A tool choice as the argument that it was: a word, or JSON text. Null for what is chosen where nothing is said. */
export function importedToolChoice(text: string | null, tools: string | null): string | null {
  if (text === null || importedTools(tools) === null) return null;
  const value = parseJson(text);
  if (typeof value === "string") return value === "" || value === "auto" ? null : value;
  return text;
}

/**
 * What was given of an object, where an API reports it. Some write "", false, {} or [] where they have nothing. An
 * object that names no type has that of the member that it has.
 */
function given<A extends Attributes>(attributes: A, reported: Values): Config<A>;
function given(attributes: Attributes, reported: Values): Values {
  const members = Object.keys(attributes).filter((name) => attributes[name]?.mode === "optional");
  const values: Record<string, unknown> = {};
  for (const [name, attribute] of Object.entries(attributes)) {
    values[name] = givenValue(attribute, reported[name] ?? null);
  }
  if (!Object.hasOwn(attributes, "type")) return values;
  const type = String(values.type || (members.find((name) => values[name] !== null) ?? members[0]));
  // A part of text may be empty.
  return typeof reported[type] === "string"
    ? { ...values, type, [type]: reported[type] }
    : { ...values, type };
}

function givenValue(attribute: Attribute, value: unknown): unknown {
  const { kind, mode } = attribute;
  if (mode === "required") return value ?? "";
  if (kind.kind === "list" && kind.element.kind === "object") {
    const { attributes } = kind.element;
    const elements = Array.isArray(value) ? value.map((each: Values) => given(attributes, each)) : [];
    return elements.length === 0 ? null : elements;
  }
  if (kind.kind === "object" && value !== null) {
    const object = given(kind.attributes, value as Values);
    // What has nothing, or not the member that comes first, is none: a function without a name.
    const [first = ""] = Object.keys(kind.attributes).filter(
      (name) => kind.attributes[name]?.mode === "required",
    );
    const isNone = first === "" ? Object.values(object).every((each) => each === null) : object[first] === "";
    return isNone ? null : object;
  }
  const isEmpty = wireOf(attribute).json === true && /^\s*\{\s*\}\s*$/.test(String(value));
  return value === "" || value === false || isEmpty ? null : value;
}
