import { type CalledTools, callsFor } from "./answer-tools.ts";
import type { CreateRequest } from "./create-request.ts";
import type { Identifiers } from "./identifiers.ts";
import { isArray, isObject, type Json, type JsonObject, Literal, numberOf } from "./json.ts";
import { messageText, promptTokens, TRIGGERS, tokensOf, triggered } from "./triggers.ts";

/** What the model answered: the choices of the create view and the tokens they cost. */
export interface Answer {
  readonly choices: readonly JsonObject[];
  readonly usage: JsonObject;
}

/**
 * Answers a request without a model: an echo of the last user message, or what its triggers, tools and
 * formats ask for. The same request always gets the same text. `now` is in seconds.
 */
export function answer(request: CreateRequest, ids: Identifiers, now: number): Answer {
  const count = numberOf(request.body.n) ?? 1;
  const choices = Array.from({ length: count }, (_, index) => choiceFor(request, index, ids, now));
  const prompt = promptTokens(request.messages);
  const completion = choices.reduce((sum, each) => sum + answerTokens(each), 0);
  // Only answers with sound count words and pictures apart.
  const spoken = audioFormat(request) !== undefined;
  return {
    choices,
    usage: {
      prompt_tokens: prompt,
      completion_tokens: completion,
      total_tokens: prompt + completion,
      prompt_tokens_details: {
        cached_tokens: 0,
        audio_tokens: 0,
        ...(spoken ? { text_tokens: prompt, image_tokens: 0 } : {}),
      },
      completion_tokens_details: {
        reasoning_tokens: 0,
        audio_tokens: spoken ? completion : 0,
        accepted_prediction_tokens: 0,
        rejected_prediction_tokens: 0,
        ...(spoken ? { text_tokens: 0 } : {}),
      },
    },
  };
}

function choiceFor(request: CreateRequest, index: number, ids: Identifiers, now: number): JsonObject {
  const { messages, body } = request;
  const text = textFor(request, index);
  const plain = { role: "assistant", content: text, refusal: null, annotations: [] };
  const finished = (message: JsonObject, reason: string): JsonObject => ({
    index,
    message,
    logprobs: body.logprobs === true ? logprobsFor(message, numberOf(body.top_logprobs) ?? 0) : null,
    finish_reason: reason,
  });
  if (triggered(messages, TRIGGERS.refusal)) {
    return finished({ ...plain, content: null, refusal: "I'm sorry, I can't help with that." }, "stop");
  }
  if (triggered(messages, TRIGGERS.contentFilter))
    return finished({ ...plain, content: "" }, "content_filter");
  const calls = callsFor(request, ids);
  if (calls !== undefined) return finished(toolMessage(calls), calls.finishReason);
  const format = audioFormat(request);
  if (format !== undefined) {
    // Answers with sound have no logprobs key at all.
    const message = {
      role: "assistant",
      content: null,
      refusal: null,
      audio: sound(text, ids, now),
      annotations: [],
    };
    return { index, message, finish_reason: "stop" };
  }
  if (body.web_search_options !== undefined) {
    const message = { ...plain, content: `${text} (example.com)`, annotations: [citation(text.length)] };
    return { index, message, finish_reason: "stop" };
  }
  const limit = numberOf(body.max_completion_tokens) ?? numberOf(body.max_tokens);
  const tooLong = limit !== undefined && tokensOf(text) > limit;
  if (!tooLong && !triggered(messages, TRIGGERS.length)) return finished(plain, "stop");
  const kept = [...text].slice(0, (limit ?? 1) * 4).join("");
  return finished({ ...plain, content: kept }, "length");
}

/** The text of the n-th choice; JSON where a JSON format is asked for. */
function textFor(request: CreateRequest, index: number): string {
  const last = [...request.messages].reverse().find((message) => message.role === "user");
  const echo = messageText(last ?? request.messages[request.messages.length - 1]);
  const text = index === 0 ? `You said: ${echo}` : `You said (${index + 1}): ${echo}`;
  const format = request.body.response_format;
  if (!isObject(format)) return text;
  if (format.type === "json_object") return JSON.stringify({ echo: text });
  if (format.type !== "json_schema") return text;
  const { schema } = isObject(format.json_schema) ? format.json_schema : {};
  return JSON.stringify(isObject(schema) ? jsonOf(schema, text) : { echo: text });
}

/** A value of the simple schemas: every text in it is the given one. */
function jsonOf(schema: Json | undefined, text: string): Json {
  if (!isObject(schema)) return text;
  const { type, properties, items } = schema;
  if (type === "object" && isObject(properties)) {
    return Object.fromEntries(Object.entries(properties).map(([name, each]) => [name, jsonOf(each, text)]));
  }
  if (type === "array") return [jsonOf(items, text)];
  if (type === "integer" || type === "number") return 0;
  return type === "boolean" ? false : text;
}

function toolMessage(calls: CalledTools): JsonObject {
  const { tool_calls, function_call } = calls;
  return { role: "assistant", content: null, tool_calls, function_call, refusal: null, annotations: [] };
}

/** The sound format that the request wants its answer in. */
function audioFormat(request: CreateRequest): string | undefined {
  const { modalities, audio } = request.body;
  if (!isArray(modalities) || !modalities.includes("audio")) return undefined;
  return isObject(audio) && typeof audio.format === "string" ? audio.format : "wav";
}

/** Sound of no length: the head of a WAV file. It can be asked for again within an hour. */
function sound(transcript: string, ids: Identifiers, now: number): JsonObject {
  const data = Buffer.from("RIFF\u0024\0\0\0WAVEfmt ", "latin1").toString("base64");
  return { id: ids.audio(), data, expires_at: now + 3600, transcript };
}

function citation(length: number): JsonObject {
  return {
    type: "url_citation",
    url_citation: {
      end_index: length + 14,
      start_index: length + 1,
      title: "An example",
      url: "https://example.com/?utm_source=openai",
    },
  };
}

/** One log probability for every word; of the alternatives the first is the word itself. */
function logprobsFor(message: JsonObject, alternatives: number): JsonObject {
  const tokens = (text: Json | undefined): Json =>
    typeof text === "string"
      ? (text.match(/\s*\S+/g) ?? []).map((word, at) => logprob(word, at, alternatives))
      : null;
  return { content: tokens(message.content), refusal: tokens(message.refusal) };
}

function logprob(token: string, at: number, alternatives: number): JsonObject {
  const entry = (text: string, value: Literal) => ({
    token: text,
    logprob: value,
    bytes: [...Buffer.from(text)],
  });
  const others = Array.from({ length: alternatives }, (_, index) =>
    index === 0 ? entry(token, probability(at)) : entry(` alternative${index}`, new Literal("-9999.0")),
  );
  return { ...entry(token, probability(at)), top_logprobs: others };
}

/** Spellings that a careless reader bends: an exponent, and 17 digits. */
function probability(at: number): Literal {
  return new Literal(at % 2 === 0 ? "-3.128163257315464e-07" : "-0.31062254309654236");
}

function answerTokens(choice: JsonObject): number {
  const message = isObject(choice.message) ? choice.message : {};
  const texts = [message.content, message.refusal].filter((text) => typeof text === "string");
  const words = texts.reduce((sum, text) => sum + tokensOf(text), 0);
  if (isObject(message.audio)) return 12;
  return (
    words + (isArray(message.tool_calls) ? 12 * message.tool_calls.length : message.function_call ? 12 : 0)
  );
}
