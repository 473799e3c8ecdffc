import { list, map, nested, number, object, string, types } from "../../framework/index.ts";

/*
 * The attributes of a chat completion, as every object of this provider that holds one has them. The
 * shape of `choices` down to `function`, lists of one included, is that of the documentation page
 * which this provider's users know; everything else is typed as the API has it.
 */

const topLogprob = nested({
  token: string({ computed: true, description: "The token." }),
  logprob: number({
    computed: true,
    description: "The log probability of the token; `-9999.0` stands for a very unlikely one.",
  }),
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
  name: string({ computed: true, description: "The name of the function to call." }),
  arguments: string({
    computed: true,
    description:
      "The arguments to call the function with, as JSON text written by the model: it may be invalid.",
  }),
});

const customToolCall = nested({
  name: string({ computed: true, description: "The name of the custom tool." }),
  input: string({ computed: true, description: "The input for the custom tool, as the model wrote it." }),
});

const toolCall = nested({
  id: string({ computed: true, description: "The ID of the tool call." }),
  type: string({ computed: true, description: "`function` or `custom`." }),
  function: list(functionCall, {
    computed: true,
    description: "The function to call: one element where `type` is `function`, else none.",
  }),
  custom: list(customToolCall, {
    computed: true,
    description: "The custom tool to call: one element where `type` is `custom`, else none.",
  }),
});

const urlCitation = nested({
  start_index: number({
    computed: true,
    description: "Where in the content the citation begins, in characters.",
  }),
  end_index: number({
    computed: true,
    description: "Where in the content the citation ends, in characters.",
  }),
  url: string({ computed: true, description: "The URL of the web page." }),
  title: string({ computed: true, description: "The title of the web page." }),
});

const annotation = nested({
  type: string({ computed: true, description: "The type of the annotation: `url_citation`." }),
  url_citation: object(urlCitation, { computed: true, description: "A web page that the answer cites." }),
});

const audio = nested({
  id: string({ computed: true, description: "The ID of the audio answer." }),
  data: string({
    computed: true,
    description: "The audio, Base64-encoded, in the format that was asked for.",
  }),
  transcript: string({ computed: true, description: "What the audio says." }),
  expires_at: number({
    computed: true,
    description: "The Unix timestamp (in seconds) until which the audio can be referred to by its ID.",
  }),
});

const message = nested({
  role: string({
    computed: true,
    description: 'The role of the message\'s author, typically `"assistant"`.',
  }),
  content: string({
    computed: true,
    description:
      "The text of the message. Null, and not an empty string, where the model answered with a tool call, " +
      "a refusal or audio instead.",
  }),
  content_parts_json: string({
    computed: true,
    description:
      "The content as JSON text where the API sent it as a list of parts, as some gateways do; `content` " +
      "then joins the parts of text. Null otherwise.",
  }),
  name: string({ computed: true, description: "The name of the message's author, if it has one." }),
  refusal: string({ computed: true, description: "The refusal that the model answered with, if it did." }),
  function_call: list(functionCall, {
    computed: true,
    description: "The function call that the model asks for, in the API's older form: one element or none.",
  }),
  tool_calls: list(toolCall, { computed: true, description: "The tool calls that the model asks for." }),
  annotations: list(annotation, {
    computed: true,
    description: "Annotations of the message, for example the web pages it cites.",
  }),
  audio: object(audio, { computed: true, description: "The audio that the model answered with, if it did." }),
});

const choice = nested({
  index: number({ computed: true, description: "The index of the choice among the choices." }),
  finish_reason: string({
    computed: true,
    description:
      "Why the model stopped: `stop`, `length`, `tool_calls`, `content_filter`, `function_call`, or what a " +
      "gateway calls it.",
  }),
  logprobs: object(logprobs, { computed: true, description: "Log probabilities of the choice's tokens." }),
  message: list(message, { computed: true, description: "The message of the choice: always one element." }),
});

const usage = nested({
  prompt_tokens: number({ computed: true, description: "Number of tokens in the prompt." }),
  completion_tokens: number({ computed: true, description: "Number of tokens in the completion." }),
  total_tokens: number({ computed: true, description: "Total number of tokens used." }),
});

const promptTokensDetails = nested({
  cached_tokens: number({ computed: true, description: "Tokens of the prompt that came from the cache." }),
  audio_tokens: number({ computed: true, description: "Tokens of audio in the prompt." }),
  text_tokens: number({ computed: true, description: "Tokens of text in the prompt." }),
  image_tokens: number({ computed: true, description: "Tokens of images in the prompt." }),
  cache_write_tokens: number({
    computed: true,
    description: "Tokens of the prompt that were written to the cache.",
  }),
});

const completionTokensDetails = nested({
  reasoning_tokens: number({ computed: true, description: "Tokens that the model used to reason." }),
  audio_tokens: number({ computed: true, description: "Tokens of audio in the completion." }),
  accepted_prediction_tokens: number({
    computed: true,
    description: "Tokens of the prediction that appeared in the completion.",
  }),
  rejected_prediction_tokens: number({
    computed: true,
    description: "Tokens of the prediction that did not appear in the completion, but are billed.",
  }),
  text_tokens: number({ computed: true, description: "Tokens of text in the completion." }),
});

/** What the API says of a chat completion; see `completionState` for the mapping. */
export const completionAttributes = {
  object: string({ computed: true, description: 'The object type, which is always `"chat.completion"`.' }),
  model: string({
    computed: true,
    description: "The model that answered: the dated version, where the request named an alias.",
  }),
  created: number({
    computed: true,
    description: "The Unix timestamp (in seconds) of when the chat completion was created.",
  }),
  choices: list(choice, {
    computed: true,
    description: "The list of completion choices the model generated.",
  }),
  usage: object(usage, {
    computed: true,
    description: "Usage statistics of the request; null where the API sent none.",
  }),
  prompt_tokens_details: object(promptTokensDetails, {
    computed: true,
    description: "What the tokens of the prompt were; null where the API does not say.",
  }),
  completion_tokens_details: object(completionTokensDetails, {
    computed: true,
    description: "What the tokens of the completion were; null where the API does not say.",
  }),
  metadata: map(types.nullableString, {
    computed: true,
    description: "The metadata of the completion. Empty where it has none; null where the API does not say.",
  }),
  request_id: string({ computed: true, description: "The ID of the request that created the completion." }),
  service_tier: string({
    computed: true,
    description: "The service tier that answered, for example `default`.",
  }),
  system_fingerprint: string({
    computed: true,
    description: "The fingerprint of the configuration that the model ran with.",
  }),
  input_user: string({ computed: true, description: "The end user that the request named, if it did." }),
  seed: number({
    computed: true,
    description: "The seed of the sampling, a 64-bit integer, exact to the last digit.",
  }),
  temperature: number({ computed: true, description: "The sampling temperature of the request." }),
  top_p: number({ computed: true, description: "The nucleus sampling mass of the request." }),
  presence_penalty: number({ computed: true, description: "The presence penalty of the request." }),
  frequency_penalty: number({ computed: true, description: "The frequency penalty of the request." }),
  tools_json: string({
    computed: true,
    description: "The tools of the request as JSON text, as received, for `jsondecode`; null without any.",
  }),
  tool_choice_json: string({
    computed: true,
    description: "The tool choice of the request as JSON text, as received; null without one.",
  }),
  response_format_json: string({
    computed: true,
    description: "The response format of the request as JSON text, as received; null without one.",
  }),
  moderation_json: string({
    computed: true,
    description: "The moderation results as JSON text, as received; null without any.",
  }),
};

/** The whole answer, beside the attributes of it. */
export const responseJsonAttribute = string({
  computed: true,
  description:
    "The API's answer as received, for `jsondecode`: fields that have no attribute here are in it.",
});

export type CompletionAttributes = typeof completionAttributes;
export type ChoiceAttributes = (typeof choice)["attributes"];
/** What the message of a choice has. */
export const messageAttributes = message.attributes;

export type MessageAttributes = (typeof message)["attributes"];
