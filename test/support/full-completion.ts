import type { State } from "../../src/framework/index.ts";
import { type JsonValue, parseJson } from "../../src/openai/index.ts";
import type { Reading } from "../../src/provider/api/declaration.ts";
import { readAttributes } from "../../src/provider/api/wire.ts";
import { completionBody } from "../../src/provider/chat-completion/completion.ts";
import {
  type CompletionAttributes,
  completionAttributes,
} from "../../src/provider/chat-completion/completion-attributes.ts";
import {
  type AnswerState,
  answerAttributes,
} from "../../src/provider/chat-completion/resource-attributes.ts";

export type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json };
export type Step = string | number;

/** A value somewhere in a body, with the way to it. */
export interface Place {
  readonly path: readonly Step[];
  readonly value: Json;
}

const token = (text: string, bytes: readonly number[]) => ({ token: text, logprob: -0.5, bytes });

/** A chat completion with a value in every field that has an attribute, and in some that have none. */
export const fullBody = {
  object: "chat.completion",
  id: "chatcmpl-full",
  model: "small-2026-01-01",
  created: 1770000000,
  request_id: "req_1",
  tool_choice: { type: "function", function: { name: "forecast" } },
  usage: {
    prompt_tokens: 11,
    completion_tokens: 7,
    total_tokens: 18,
    prompt_tokens_details: {
      cached_tokens: 1,
      audio_tokens: 2,
      text_tokens: 3,
      image_tokens: 4,
      cache_write_tokens: 5,
    },
    completion_tokens_details: {
      reasoning_tokens: 1,
      audio_tokens: 2,
      accepted_prediction_tokens: 3,
      rejected_prediction_tokens: 4,
      text_tokens: 5,
    },
  },
  seed: 12345,
  top_p: 0.9,
  temperature: 0.7,
  presence_penalty: 0.1,
  frequency_penalty: -0.1,
  system_fingerprint: "fp_1",
  input_user: "user-1",
  service_tier: "default",
  tools: [{ type: "function", function: { name: "forecast", parameters: { type: "object" } } }],
  metadata: { team: "platform" },
  choices: [
    {
      index: 0,
      finish_reason: "tool_calls",
      logprobs: {
        content: [{ ...token("a", [97]), top_logprobs: [token("b", [98])] }],
        refusal: [{ ...token("c", [99]), top_logprobs: [token("d", [100])] }],
      },
      message: {
        role: "assistant",
        content: "Hello.",
        name: "gateway",
        refusal: "No.",
        function_call: { name: "forecast", arguments: "{}" },
        tool_calls: [
          {
            id: "call_1",
            type: "function",
            function: { name: "forecast", arguments: "{}" },
            custom: { name: "shell", input: "ls" },
          },
        ],
        annotations: [
          {
            type: "url_citation",
            url_citation: { start_index: 0, end_index: 5, url: "https://example.com", title: "Example" },
          },
        ],
        audio: { id: "audio_1", data: "UklGRg==", transcript: "Hello.", expires_at: 1770003600 },
      },
    },
  ],
  response_format: { type: "text" },
  moderation: { input: { type: "moderation_results" } },
} satisfies Json;

export type CompletionState = State<CompletionAttributes>;

/** The state of a JSON value. @throws ShapeError for a body that is not a chat completion. */
export function completionState(json: JsonValue, reading: Reading = {}): CompletionState {
  return readAttributes(completionAttributes, completionBody(json, reading));
}

/** The state of a body, given as a value or, for exact numbers, as JSON text. Throws where anything is not as described. */
export function stateOf(body: Json | { readonly text: string }): CompletionState {
  return completionState(jsonOf(body));
}

/** What the resource keeps of a body. */
export function answerOf(body: Json): AnswerState {
  return readAttributes(answerAttributes, completionBody(jsonOf(body)));
}

/** The state of a body in which not everything is as described, and what is reported of that. */
export function readingOf(body: Json | { readonly text: string }, id?: string) {
  const reported = new Set<string>();
  const report = ({ message }: Error) => void reported.add(message);
  const state = completionState(jsonOf(body), { report, ...(id === undefined ? {} : { id }) });
  return { state, reported: [...reported] };
}

function jsonOf(body: Json | { readonly text: string }): JsonValue {
  const isText = body instanceof Object && "text" in body && typeof body.text === "string";
  return parseJson(isText ? String(body.text) : JSON.stringify(body));
}

/** The body with another value in one place. */
export function withValue(body: Json, path: readonly Step[], value: Json): Json {
  const [step, ...rest] = path;
  if (step === undefined) return value;
  if (Array.isArray(body)) {
    return body.map((element, index) => (index === step ? withValue(element, rest, value) : element));
  }
  const members = body instanceof Object ? Object.entries(body) : [];
  const old = members.find(([name]) => name === step)?.[1] ?? null;
  return Object.fromEntries([...members, [String(step), withValue(old, rest, value)]]);
}

/** Every value of a body with its path: objects and lists too, but not the body itself. */
export function places(body: Json, path: readonly Step[] = []): Place[] {
  const steps: [Step, Json][] = Array.isArray(body)
    ? [...body.entries()]
    : body instanceof Object
      ? Object.entries(body)
      : [];
  return steps.flatMap(([step, value]) => [
    { path: [...path, step], value },
    ...places(value, [...path, step]),
  ]);
}

/** `choices[0].message`, as messages write it. */
export function pathText(path: readonly Step[]): string {
  return path
    .map((step) => (typeof step === "number" ? `[${step}]` : `.${step}`))
    .join("")
    .slice(1);
}
