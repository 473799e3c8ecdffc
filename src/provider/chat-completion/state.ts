import type { State } from "../../framework/index.ts";
import { isJsonArray, isJsonObject, type JsonValue } from "../../openai/index.ts";
import { Body, describe, type Report, refuse, ShapeError, type Tally } from "../api/body.ts";
import type { ChoiceAttributes, CompletionAttributes, MessageAttributes } from "./attributes.ts";

export type CompletionState = State<CompletionAttributes>;
type Choice = State<ChoiceAttributes>;
type Message = State<MessageAttributes>;

/** How an answer is read. */
export interface Reading {
  /** Where in the answer the completion stands; unset means the answer itself. */
  readonly path?: string;
  /** Gets what is of another type; unset means that nothing may be. */
  readonly report?: Report;
  /** Counts what is read of all pages of a list; unset means that this is all. */
  readonly tally?: Tally;
  /** The ID that was asked for: what has it is that completion, in whatever form. */
  readonly id?: string;
}

/**
 * Maps a chat completion to state, for every object of this provider that holds one. Nothing is
 * invented: what the API leaves out or sends as null is null, and only the lists that Terraform
 * configurations index since this data source exists are empty lists instead. A member of another type is
 * reported, and null: nothing else is lost for it.
 *
 * @throws ShapeError for a body that is not a chat completion.
 */
export function completionState(json: JsonValue, reading: Reading = {}): CompletionState {
  const { path = "", report = refuse, id, tally } = reading;
  const strange = notCompletion(json, path);
  if (strange !== undefined) {
    const asked = id !== undefined && isJsonObject(json) && json.get("id") === id;
    (asked ? report : refuse)(strange);
  }
  const body = new Body(json, path, report, tally);
  const usage = body.get("usage");
  return {
    object: body.get("object").word("chat.completion"),
    model: body.get("model").string(),
    created: body.get("created").number(),
    choices: someOrNone(body.get("choices"), choiceState),
    usage: usage.object((counts) => ({
      prompt_tokens: counts.get("prompt_tokens").number(),
      completion_tokens: counts.get("completion_tokens").number(),
      total_tokens: counts.get("total_tokens").number(),
    })),
    prompt_tokens_details: usage.get("prompt_tokens_details").object((counts) => ({
      cached_tokens: counts.get("cached_tokens").number(),
      audio_tokens: counts.get("audio_tokens").number(),
      text_tokens: counts.get("text_tokens").number(),
      image_tokens: counts.get("image_tokens").number(),
      cache_write_tokens: counts.get("cache_write_tokens").number(),
    })),
    completion_tokens_details: usage.get("completion_tokens_details").object((counts) => ({
      reasoning_tokens: counts.get("reasoning_tokens").number(),
      audio_tokens: counts.get("audio_tokens").number(),
      accepted_prediction_tokens: counts.get("accepted_prediction_tokens").number(),
      rejected_prediction_tokens: counts.get("rejected_prediction_tokens").number(),
      text_tokens: counts.get("text_tokens").number(),
    })),
    metadata: body.get("metadata").stringMap(),
    request_id: body.get("request_id").string(),
    service_tier: body.get("service_tier").string(),
    system_fingerprint: body.get("system_fingerprint").string(),
    input_user: body.get("input_user").string(),
    seed: body.get("seed").number(),
    temperature: body.get("temperature").number(),
    top_p: body.get("top_p").number(),
    presence_penalty: body.get("presence_penalty").number(),
    frequency_penalty: body.get("frequency_penalty").number(),
    tools_json: body.get("tools").json(),
    tool_choice_json: body.get("tool_choice").json(),
    response_format_json: body.get("response_format").json(),
    moderation_json: body.get("moderation").json(),
  };
}

/**
 * What has `choices` passes for a completion, whatever a gateway calls it. Anything else that came with status
 * 200 is shown, not turned into a state of nulls.
 */
function notCompletion(json: JsonValue, path: string): ShapeError | undefined {
  if (!isJsonObject(json)) return new ShapeError(path, "a chat completion", describe(json));
  const object = json.get("object") ?? null;
  if (object === "chat.completion" || isJsonArray(json.get("choices"))) return undefined;
  if (object === null) return new ShapeError(path, "a chat completion", describe(json));
  return new ShapeError(path === "" ? "object" : `${path}.object`, '"chat.completion"', describe(object));
}

function choiceState(choice: Body): Choice {
  return {
    index: choice.get("index").number(),
    finish_reason: choice.get("finish_reason").string(),
    logprobs: choice.get("logprobs").object((logprobs) => ({
      content: logprobs.get("content").objects(tokenState),
      refusal: logprobs.get("refusal").objects(tokenState),
    })),
    message: [messageState(choice.get("message"))],
  };
}

function tokenState(token: Body) {
  return { ...topTokenState(token), top_logprobs: token.get("top_logprobs").objects(topTokenState) };
}

function topTokenState(token: Body) {
  return {
    token: token.get("token").string(),
    logprob: token.get("logprob").number(),
    bytes: token.get("bytes").numbers(),
  };
}

function messageState(message: Body): Message {
  const content = message.get("content");
  return {
    role: message.get("role").string(),
    content: content.isArray ? joinedText(content) : content.string(),
    content_parts_json: content.isArray ? content.json() : null,
    name: message.get("name").string(),
    refusal: message.get("refusal").string(),
    function_call: oneOrNone(message.get("function_call"), functionState),
    tool_calls: someOrNone(message.get("tool_calls"), (call) => ({
      id: call.get("id").string(),
      type: call.get("type").string(),
      function: oneOrNone(call.get("function"), functionState),
      custom: oneOrNone(call.get("custom"), (custom) => ({
        name: custom.get("name").string(),
        input: custom.get("input").string(),
      })),
    })),
    annotations: message.get("annotations").objects((annotation) => ({
      type: annotation.get("type").string(),
      url_citation: annotation.get("url_citation").object((citation) => ({
        start_index: citation.get("start_index").number(),
        end_index: citation.get("end_index").number(),
        url: citation.get("url").string(),
        title: citation.get("title").string(),
      })),
    })),
    audio: message.get("audio").object((audio) => ({
      id: audio.get("id").string(),
      data: audio.get("data").string(),
      transcript: audio.get("transcript").string(),
      expires_at: audio.get("expires_at").number(),
    })),
  };
}

function functionState(call: Body) {
  return { name: call.get("name").string(), arguments: call.get("arguments").string() };
}

/** The text of a content that came as parts; null where no part has any. Thoughts and the like are no answer. */
export function joinedText(parts: Body): string | null {
  const texts = parts.objects((part) => {
    const type = part.get("type").string() ?? "text";
    return type === "text" || type === "output_text" ? part.get("text").string() : null;
  });
  const there = (texts ?? []).filter((text) => text !== null);
  return there.length === 0 ? null : there.join("");
}

/** A list that is empty where the API has nothing; null where it is not as described. */
function someOrNone<T>(list: Body, read: (element: Body) => T): T[] | null {
  return list.isNull ? [] : list.objects(read);
}

/** An object as a list of one, in the same way. */
function oneOrNone<T>(object: Body, read: (object: Body) => T): T[] | null {
  if (object.isNull) return [];
  const value = object.object(read);
  return value === null ? null : [value];
}
