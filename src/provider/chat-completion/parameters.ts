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
  requiresReplace,
  string,
  terraformNumberText,
  types,
  type Validator,
} from "../../framework/index.ts";
import { type JsonValue, parseJson } from "../../openai/index.ts";
import { json, local, wired } from "../api/wire.ts";
import { atLeast, atMostCharacters, between, int64, notEmpty } from "../argument-validators.ts";
import { jsonObjectProblem, sameJsonValue } from "../json-argument.ts";
import { toolKind } from "./tools.ts";

const replaces = { optional: true, plan: [requiresReplace()] } as const;
const words = { ...replaces, validate: [notBlank()] } as const;

/** A word, or JSON text of an object. */
function wordOrObject(value: unknown): JsonValue {
  const text = String(value);
  return /^\s*\{/.test(text) ? parseJson(text) : text;
}

/** `none`, `auto`, `required`, or JSON text of an object that names a tool. */
function toolChoice(): Validator<string> {
  const detail =
    'The value must be "none", "auto" or "required", or JSON text that names a tool, for example ' +
    'jsonencode({ type = "function", function = { name = "get_weather" } }).';
  return {
    description: 'must be `"none"`, `"auto"`, `"required"`, or JSON text of an object',
    validate(value): Problem | undefined {
      if (["none", "auto", "required"].includes(value)) return undefined;
      const problem = /^\s*[[{"]/.test(value) ? jsonObjectProblem(value) : { detail };
      return problem === undefined ? undefined : { ...problem, given: problem.given ?? quote(value) };
    },
  };
}

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
const samplingArguments = {
  max_completion_tokens: integer({
    ...replaces,
    validate: [atLeast(1)],
    description: "The most tokens that the answer may have, those of reasoning included.",
  }),
  max_tokens: integer({
    ...replaces,
    validate: [atLeast(1)],
    description:
      "The older name of `max_completion_tokens`, for models and gateways that know no other. Only one can be set.",
  }),
  n: integer({
    ...replaces,
    validate: [between(1, 128)],
    description: "How many choices to generate, from 1 to 128. Each is paid for.",
  }),
  temperature: number({
    ...replaces,
    validate: [between(0, 2)],
    description: "The sampling temperature, from 0 to 2.",
  }),
  top_p: number({
    ...replaces,
    validate: [between(0, 1)],
    description: "The nucleus sampling mass, from 0 to 1.",
  }),
  presence_penalty: number({
    ...replaces,
    validate: [between(-2, 2)],
    description: "From -2 to 2: above 0, tokens that were there before become less likely.",
  }),
  frequency_penalty: number({
    ...replaces,
    validate: [between(-2, 2)],
    description: "From -2 to 2: above 0, tokens become less likely the more often they were there.",
  }),
  seed: number({
    ...replaces,
    validate: [int64()],
    description: "A whole number of 64 bits: the same seed tends to give the same answer.",
  }),
  stop: list(types.string, {
    ...replaces,
    validate: [notEmpty(4)],
    description: 'A list of one to four texts at which the answer ends, a list also for one: `["END"]`.',
  }),
  logit_bias: map(types.number, {
    ...replaces,
    validate: [logitBias()],
    description: "How much likelier tokens become, by token ID: from -100 (never) to 100 (always).",
  }),
  logprobs: bool({
    ...replaces,
    description: "Whether to answer with log probabilities. Only the create answer has them.",
  }),
  top_logprobs: integer({
    ...replaces,
    validate: [between(0, 20)],
    description: "How many likeliest tokens to give at each position, from 0 to 20. Needs `logprobs = true`.",
  }),
};

/** Tools, and the form of the answer. */
const formArguments = {
  tools: list(toolKind, {
    ...replaces,
    validate: [notEmpty()],
    description: "The tools that the model may call.",
  }),
  tool_choice: wired(
    string({
      ...replaces,
      equivalent: sameJsonValue,
      validate: [toolChoice()],
      description:
        "Which tool to call: `none`, `auto`, `required`, or JSON text that names one. Needs `tools`.",
    }),
    { write: wordOrObject },
  ),
  parallel_tool_calls: bool({
    ...replaces,
    description: "Whether several tools may be called at once. Needs `tools`.",
  }),
  response_format_json: json({
    ...replaces,
    description:
      'The form of the answer as JSON text, for example `jsonencode({ type = "json_object" })` or a JSON Schema.',
  }),
  modalities: list(types.string, {
    ...replaces,
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
    { ...replaces, description: "The sound of an answer in audio." },
  ),
  prediction_json: json({
    ...replaces,
    description: "What most of the answer is known to be, as JSON text: it comes faster then.",
  }),
  web_search_options_json: json({ ...replaces, description: "Options of the web search, as JSON text." }),
  moderation_json: json({ ...replaces, description: "What to moderate, and how, as JSON text." }),
  reasoning_effort: string({
    ...words,
    description:
      "How hard the model thinks: `none`, `minimal`, `low`, `medium`, `high`, `xhigh` or `max`, where the model knows it.",
  }),
  verbosity: string({ ...words, description: "How much the model says: `low`, `medium` or `high`." }),
};

/** Accounting, caching, and what has no argument yet. */
const otherArguments = {
  service_tier: string({
    ...words,
    description:
      "The service tier to ask for: `auto`, `default`, `flex`, `scale`, `priority` or `fast`. Which one answered is in " +
      "`stored`.",
  }),
  user: string({
    ...words,
    description: "The older name of what `safety_identifier` and `prompt_cache_key` are for.",
  }),
  safety_identifier: string({
    ...replaces,
    validate: [notBlank(), atMostCharacters(128)],
    description: "A stable identifier of the end user, hashed: at most 128 characters.",
  }),
  prompt_cache_key: string({ ...words, description: "Requests of one key share cached prompts more often." }),
  prompt_cache_retention: string({
    ...words,
    description: "The longest time that prompts stay cached: `in_memory` or `24h`, where the model knows it.",
  }),
  prompt_cache_options_json: json({
    ...replaces,
    description: 'How prompts are cached, as JSON text, for example `jsonencode({ mode = "explicit" })`.',
  }),
  extra_body_json: local(
    json({
      ...replaces,
      description:
        "Parameters of the API that have no argument here, as JSON text of an object. One that repeats an argument is an " +
        "error.",
    }),
  ),
};

/** What is sent, besides `model`, the messages and `metadata`. Changing any of it replaces the completion. */
export const parameterArguments = { ...samplingArguments, ...formArguments, ...otherArguments };
