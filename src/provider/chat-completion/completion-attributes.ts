import { type Attributes, list, map, nested, type ObjectKind, object, types } from "../../framework/index.ts";
import { count, text, timestamp } from "../api/arguments.ts";
import type { Body } from "../api/body.ts";
import { readAttributePieces, readAttributes, readObjectPieces, wired } from "../api/wire.ts";

/*
 * The attributes of a chat completion, as every object of this provider that holds one has them. The
 * shape of `choices` down to `function`, lists of one included, is that of the documentation page
 * which this provider's users know; everything else is typed as the API has it.
 */

/** A list that is empty, and not null, where the API has nothing. */
function listOrEmpty<const A extends Attributes>(
  member: string,
  element: ObjectKind<A>,
  description: string,
) {
  function* readPieces(parent: Body) {
    const found = parent.get(member);
    return found.isNull ? [] : yield* readObjectPieces(element, found);
  }
  return wired(list(element, { computed: true, description }), { readPieces });
}

/** An object of the API as a list of one, or of none. */
function listOfOne<const A extends Attributes>(member: string, element: ObjectKind<A>, description: string) {
  const read = (parent: Body) => {
    const found = parent.get(member);
    if (found.isNull) return [];
    const value = found.object((object) => readAttributes(element.attributes, object));
    return value === null ? null : [value];
  };
  return wired(list(element, { computed: true, description }), { read });
}

/** Details of the usage, which stand beside it: `usage` itself stays a map of three numbers. */
function usageDetails<const A extends Attributes>(
  member: string,
  details: ObjectKind<A>,
  description: string,
) {
  const read = (completion: Body) =>
    completion
      .get("usage")
      .get(member)
      .object((object) => readAttributes(details.attributes, object));
  return wired(object(details, { computed: true, description }), { read });
}

/** Any JSON of the request, as text. */
function jsonText(what: string, none: string) {
  return wired(text(`${what} as JSON text, as received${none}`), { json: true });
}

/** The text of a content, which some gateways send as parts: then that of the parts, joined. */
export function contentText(message: Body): string | null {
  const content = message.get("content");
  return content.isArray ? joinedText(content) : content.string();
}

/** The text of a content that came as parts; null where no part has any. Thoughts and the like are no answer. */
function joinedText(parts: Body): string | null {
  const texts = parts.objects((part) => {
    const type = part.get("type").string() ?? "text";
    return type === "text" || type === "output_text" ? part.get("text").string() : null;
  });
  const there = (texts ?? []).filter((each) => each !== null);
  return there.length === 0 ? null : there.join("");
}

const topLogprob = nested({
  token: text("The token."),
  logprob: count("The log probability of the token; `-9999.0` stands for a very unlikely one."),
  bytes: list(types.number, {
    computed: true,
    description: "The token's UTF-8 bytes; null where it has none.",
  }),
});

const tokenLogprob = nested({
  ...topLogprob.attributes,
  top_logprobs: list(topLogprob, {
    computed: true,
    description: "The likeliest tokens at this position, with their log probabilities.",
  }),
});

const logprobs = nested({
  content: list(tokenLogprob, {
    computed: true,
    description: "Tokens of the message's content with their log probabilities.",
  }),
  refusal: list(tokenLogprob, {
    computed: true,
    description: "Tokens of the message's refusal with their log probabilities.",
  }),
});

const functionCall = nested({
  name: text("The name of the function to call."),
  arguments: text(
    "The arguments to call the function with, as JSON text written by the model: it may be invalid.",
  ),
});

const customToolCall = nested({
  name: text("The name of the custom tool."),
  input: text("The input for the custom tool, as the model wrote it."),
});

const toolCall = nested({
  id: text("The ID of the tool call."),
  type: text("`function` or `custom`."),
  function: listOfOne(
    "function",
    functionCall,
    "The function to call: one element where `type` is `function`, else none.",
  ),
  custom: listOfOne(
    "custom",
    customToolCall,
    "The custom tool to call: one element where `type` is `custom`, else none.",
  ),
});

const urlCitation = nested({
  start_index: count("Where in the content the citation begins, in characters."),
  end_index: count("Where in the content the citation ends, in characters."),
  url: text("The URL of the web page."),
  title: text("The title of the web page."),
});

const annotation = nested({
  type: text("The type of the annotation: `url_citation`."),
  url_citation: object(urlCitation, { computed: true, description: "A web page that the answer cites." }),
});

const audio = nested({
  id: text("The ID of the audio answer."),
  data: text("The audio, Base64-encoded, in the format that was asked for."),
  transcript: text("What the audio says."),
  expires_at: timestamp("until which the audio can be referred to by its ID"),
});

const message = nested({
  role: text('The role of the message\'s author, typically `"assistant"`.'),
  content: wired(
    text(
      "The text of the message. Null, and not an empty string, where the model answered with a tool call, " +
        "a refusal or audio instead.",
    ),
    { read: contentText },
  ),
  content_parts_json: wired(
    text(
      "The content as JSON text where the API sent it as a list of parts, as some gateways do; `content` " +
        "then joins the parts of text. Null otherwise.",
    ),
    { read: (message) => (message.get("content").isArray ? message.get("content").json() : null) },
  ),
  name: text("The name of the message's author, if it has one."),
  refusal: text("The refusal that the model answered with, if it did."),
  function_call: listOfOne(
    "function_call",
    functionCall,
    "The function call that the model asks for, in the API's older form: one element or none.",
  ),
  tool_calls: listOrEmpty("tool_calls", toolCall, "The tool calls that the model asks for."),
  annotations: list(annotation, {
    computed: true,
    description: "Annotations of the message, for example the web pages it cites.",
  }),
  audio: object(audio, { computed: true, description: "The audio that the model answered with, if it did." }),
});

const choice = nested({
  index: count("The index of the choice among the choices."),
  finish_reason: text(
    "Why the model stopped: `stop`, `length`, `tool_calls`, `content_filter`, `function_call`, or what a " +
      "gateway calls it.",
  ),
  logprobs: object(logprobs, { computed: true, description: "Log probabilities of the choice's tokens." }),
  message: wired(
    list(message, { computed: true, description: "The message of the choice: always one element." }),
    { readPieces: messagePieces },
  ),
});

/** Its log probabilities and tool calls may be many. */
function* messagePieces(choice: Body) {
  return [yield* readAttributePieces(message.attributes, choice.get("message"))];
}

const usage = nested({
  prompt_tokens: count("Number of tokens in the prompt."),
  completion_tokens: count("Number of tokens in the completion."),
  total_tokens: count("Total number of tokens used."),
});

const promptTokensDetails = nested({
  cached_tokens: count("Tokens of the prompt that came from the cache."),
  audio_tokens: count("Tokens of audio in the prompt."),
  text_tokens: count("Tokens of text in the prompt."),
  image_tokens: count("Tokens of images in the prompt."),
  cache_write_tokens: count("Tokens of the prompt that were written to the cache."),
});

const completionTokensDetails = nested({
  reasoning_tokens: count("Tokens that the model used to reason."),
  audio_tokens: count("Tokens of audio in the completion."),
  accepted_prediction_tokens: count("Tokens of the prediction that appeared in the completion."),
  rejected_prediction_tokens: count(
    "Tokens of the prediction that did not appear in the completion, but are billed.",
  ),
  text_tokens: count("Tokens of text in the completion."),
});

/** What the API says of a chat completion. */
export const completionAttributes = {
  object: wired(text('The object type, which is always `"chat.completion"`.'), {
    read: (completion) => completion.get("object").word("chat.completion"),
  }),
  model: text("The model that answered: the dated version, where the request named an alias."),
  created: timestamp("of when the chat completion was created"),
  choices: listOrEmpty("choices", choice, "The list of completion choices the model generated."),
  usage: object(usage, {
    computed: true,
    description: "Usage statistics of the request; null where the API sent none.",
  }),
  prompt_tokens_details: usageDetails(
    "prompt_tokens_details",
    promptTokensDetails,
    "What the tokens of the prompt were; null where the API does not say.",
  ),
  completion_tokens_details: usageDetails(
    "completion_tokens_details",
    completionTokensDetails,
    "What the tokens of the completion were; null where the API does not say.",
  ),
  metadata: map(types.nullableString, {
    computed: true,
    description: "The metadata of the completion. Empty where it has none; null where the API does not say.",
  }),
  request_id: text("The ID of the request that created the completion."),
  service_tier: text("The service tier that answered, for example `default`."),
  system_fingerprint: text("The fingerprint of the configuration that the model ran with."),
  input_user: text("The end user that the request named, if it did."),
  seed: count("The seed of the sampling, a 64-bit integer, exact to the last digit."),
  temperature: count("The sampling temperature of the request."),
  top_p: count("The nucleus sampling mass of the request."),
  presence_penalty: count("The presence penalty of the request."),
  frequency_penalty: count("The frequency penalty of the request."),
  tools_json: jsonText("The tools of the request", ", for `jsondecode`; null without any."),
  tool_choice_json: jsonText("The tool choice of the request", "; null without one."),
  response_format_json: jsonText("The response format of the request", "; null without one."),
  moderation_json: jsonText("The moderation results", "; null without any."),
};

export type CompletionAttributes = typeof completionAttributes;

/** What the message of a choice has. */
export const answerMessageAttributes = message.attributes;
