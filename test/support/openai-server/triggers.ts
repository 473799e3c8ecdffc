import { APIError, invalid } from "./errors.ts";
import { isArray, isObject, type JsonObject } from "./json.ts";

/** Words that make the server behave in a special way when any message of a create request holds them. */
export const TRIGGERS = {
  /** 400 context_length_exceeded. */
  contextLength: "trigger:context_length",
  /** 400 invalid_prompt. */
  contentPolicy: "trigger:content_policy",
  /** 500 after the request was carried out and paid for. */
  serverError: "trigger:server_error",
  /** `store: true` is taken for false, as in organizations with zero data retention. */
  unstored: "trigger:unstored",
  /** The answer is a refusal. */
  refusal: "trigger:refusal",
  /** finish_reason is content_filter, the content empty. */
  contentFilter: "trigger:content_filter",
  /** finish_reason is length. */
  length: "trigger:length",
  /** With tools: the first is called. */
  tool: "trigger:tool",
  /** With tools: all are called in parallel. */
  parallelTools: "trigger:parallel_tools",
} as const;

/** Tokens that fit into the context of any model here. */
const CONTEXT = 128_000;

/** The text of a message's content; parts are joined by a space, those without text count as empty. */
export function messageText(message: JsonObject | undefined): string {
  const content = message?.content;
  if (typeof content === "string") return content;
  if (!isArray(content)) return "";
  return content.map((part) => (isObject(part) && typeof part.text === "string" ? part.text : "")).join(" ");
}

/** Whether any message holds the trigger. */
export function triggered(messages: readonly JsonObject[], trigger: string): boolean {
  return messages.some((message) => messageText(message).includes(trigger));
}

/** Tokens of a text: one for every four characters begun. Deterministic, and near enough to the truth. */
export function tokensOf(text: string): number {
  return Math.ceil([...text].length / 4);
}

/** Tokens of the input: three for every message and three more, as the API's own counting goes. */
export function promptTokens(messages: readonly JsonObject[]): number {
  return messages.reduce((sum, message) => sum + 3 + tokensOf(messageText(message)), 3);
}

/** The error that the messages' text asks for, or that their length deserves. Nothing is paid for. */
export function textError(messages: readonly JsonObject[]): APIError | undefined {
  const tokens = promptTokens(messages);
  if (tokens > CONTEXT || triggered(messages, TRIGGERS.contextLength)) {
    const counted = Math.max(tokens, CONTEXT + 1);
    return invalid(
      `This model's maximum context length is ${CONTEXT} tokens. However, your messages resulted in ${counted} tokens. Please reduce the length of the messages.`,
      "messages",
      "context_length_exceeded",
    );
  }
  if (!triggered(messages, TRIGGERS.contentPolicy)) return undefined;
  return new APIError(
    400,
    "Invalid prompt: your prompt was flagged as potentially violating our usage policy. Please try again with a different prompt.",
    { code: "invalid_prompt" },
  );
}
