import {
  bool,
  type ExactNumber,
  integer,
  list,
  map,
  nested,
  notBlank,
  number,
  object,
  oneOf,
  type Problem,
  quote,
  string,
  terraformNumberText,
  types,
  type Validator,
} from "../../framework/index.ts";
import { json, wired } from "../api/wire.ts";
import { atLeast, between, int64, notEmpty } from "../argument-validators.ts";
import {
  accountArguments,
  moderationJson,
  reasoningEffort,
  samplingArguments,
  toolChoice,
  verbosity,
  wordOrObject,
  words,
} from "../objects/answer-arguments.ts";
import { toolKind } from "./tools.ts";

/** Biases from -100 to 100 by token ID. */
function logitBias(): Validator<ReadonlyMap<string, ExactNumber>> {
  return {
    description: "must have token IDs as keys, and numbers from -100 to 100 as values",
    validate(biases): Problem | undefined {
      for (const [token, bias] of biases) {
        if (!/^\d+$/.test(token)) {
          return {
            detail: `A key must be a token's ID: a whole number, for example "50256".`,
            given: quote(token),
          };
        }
        const value = Number(terraformNumberText(bias));
        if (value < -100 || value > 100) {
          return {
            detail: "A bias must be from -100 to 100.",
            given: terraformNumberText(bias),
            at: [token],
          };
        }
      }
      return undefined;
    },
  };
}

/** The API's parameters for sampling and length. */
const lengthArguments = {
  max_completion_tokens: integer({
    optional: true,
    validate: [atLeast(1)],
    description: "The most tokens that the answer may have, those of reasoning included.",
  }),
  max_tokens: integer({
    optional: true,
    validate: [atLeast(1)],
    description:
      "The older name of `max_completion_tokens`, for models and gateways that know no other. Only one can be set.",
  }),
  n: integer({
    optional: true,
    validate: [between(1, 128)],
    description: "How many choices to generate, from 1 to 128. Each is paid for.",
  }),
  ...samplingArguments,
  presence_penalty: number({
    optional: true,
    validate: [between(-2, 2)],
    description: "From -2 to 2: above 0, tokens that were there before become less likely.",
  }),
  frequency_penalty: number({
    optional: true,
    validate: [between(-2, 2)],
    description: "From -2 to 2: above 0, tokens become less likely the more often they were there.",
  }),
  seed: number({
    optional: true,
    validate: [int64()],
    description: "A whole number of 64 bits: the same seed tends to give the same answer.",
  }),
  stop: list(types.string, {
    optional: true,
    validate: [notEmpty(4)],
    description: 'A list of one to four texts at which the answer ends, a list also for one: `["END"]`.',
  }),
  logit_bias: map(types.number, {
    optional: true,
    validate: [logitBias()],
    description: "How much likelier tokens become, by token ID: from -100 (never) to 100 (always).",
  }),
  logprobs: bool({
    optional: true,
    description: "Whether to answer with log probabilities. Only the create answer has them.",
  }),
  top_logprobs: integer({
    optional: true,
    validate: [between(0, 20)],
    description: "How many likeliest tokens to give at each position, from 0 to 20. Needs `logprobs = true`.",
  }),
};

/** Tools, and the form of the answer. */
const formArguments = {
  tools: list(toolKind, {
    optional: true,
    validate: [notEmpty()],
    description: "The tools that the model may call.",
  }),
  tool_choice: wired(
    string({
      ...toolChoice('{ type = "function", function = { name = "get_weather" } }'),
      description:
        "Which tool to call: `none`, `auto`, `required`, or JSON text that names one. Needs `tools`.",
    }),
    { write: wordOrObject },
  ),
  parallel_tool_calls: bool({
    optional: true,
    description: "Whether several tools may be called at once. Needs `tools`.",
  }),
  response_format_json: json({
    optional: true,
    description:
      'The form of the answer as JSON text, for example `jsonencode({ type = "json_object" })` or a JSON Schema.',
  }),
  modalities: list(types.string, {
    optional: true,
    validate: [notEmpty()],
    description: '`["text"]`, or `["text", "audio"]` with `audio`.',
  }),
  audio: object(
    nested({
      voice: wired(
        string({
          required: true,
          validate: [notBlank()],
          description: 'The voice: a name, or JSON text such as `jsonencode({ id = "voice_1" })`.',
        }),
        { write: wordOrObject },
      ),
      format: string({
        required: true,
        validate: [oneOf("wav", "aac", "mp3", "flac", "opus", "pcm16")],
        description: "The format of the audio: `wav`, `aac`, `mp3`, `flac`, `opus` or `pcm16`.",
      }),
    }),
    { optional: true, description: "The sound of an answer in audio." },
  ),
  prediction_json: json({
    optional: true,
    description: "What most of the answer is known to be, as JSON text: it comes faster then.",
  }),
  web_search_options_json: json({ optional: true, description: "Options of the web search, as JSON text." }),
  moderation_json: moderationJson(),
  reasoning_effort: reasoningEffort(),
  verbosity: verbosity(),
};

/** Accounting, caching, and what has no argument yet. */
const otherArguments = {
  service_tier: string({
    ...words,
    description:
      "The service tier to ask for: `auto`, `default`, `flex`, `scale`, `priority` or `fast`. Which one answered is in " +
      "`stored`.",
  }),
  ...accountArguments,
  extra_body_json: wired(
    json({
      optional: true,
      description:
        "Parameters of the API that have no argument here, as JSON text of an object. One that repeats an argument is an " +
        "error.",
    }),
    { local: true, extra: true },
  ),
};

/** What is sent, besides `model`, the messages and `metadata`. Changing any of it replaces the completion. */
export const parameterArguments = { ...lengthArguments, ...formArguments, ...otherArguments };
