import { bool, integer, list, nested, object, oneOf, string, types } from "../../framework/index.ts";
import { metadata } from "../api/arguments.ts";
import { json, jsonList, wired } from "../api/wire.ts";
import { atLeast, between, notEmpty } from "../argument-validators.ts";
import {
  accountArguments,
  keepingArguments,
  moderationJson,
  reasoningEffort,
  refused,
  samplingArguments,
  streamArguments,
  toolChoice,
  verbosity,
  wordOrObject,
  words,
} from "../objects/answer-arguments.ts";
import { covered, inputArguments, textOrJson } from "./input-arguments.ts";

/* What a response is asked for with. State holds an argument as it was written; data sources have it as it is reported. */

const outputArguments = {
  max_output_tokens: integer({
    optional: true,
    validate: [atLeast(1)],
    description: "The most tokens that the output may have, those of reasoning included.",
  }),
  max_tool_calls: integer({
    optional: true,
    validate: [atLeast(0)],
    description: "The most calls of built-in tools in all.",
  }),
  ...samplingArguments,
  top_logprobs: integer({
    optional: true,
    validate: [between(0, 20)],
    description:
      "How many likeliest tokens to give at each position, from 0 to 20. Needs `message.output_text.logprobs` in `include`.",
  }),
  truncation: string({
    optional: true,
    validate: [oneOf("auto", "disabled")],
    description: "`auto` leaves out the oldest input where there is too much; `disabled` is an error then.",
  }),
  text: object(
    nested({
      format_json: json({
        optional: true,
        description:
          "The form of the answer as JSON text: `text`, `json_object`, or a JSON Schema, for example " +
          '`jsonencode({ type = "json_schema", name = "answer", schema = { … }, strict = true })`.',
      }),
      verbosity: verbosity(),
    }),
    { optional: true, plan: [covered], description: "The form of the answer." },
  ),
  reasoning: object(
    nested({
      effort: reasoningEffort(),
      summary: string({
        ...words,
        description: "Which summary of its reasoning the model gives: `auto`, `concise` or `detailed`.",
      }),
      context: string({
        ...words,
        description: "Which earlier reasoning the model sees: `auto`, `current_turn` or `all_turns`.",
      }),
      mode: string({ ...words, description: "How the model reasons: `standard` or `pro`." }),
    }),
    { optional: true, description: "How the model reasons, of models that do." },
  ),
  include: wired(
    list(types.string, {
      optional: true,
      validate: [notEmpty()],
      description:
        "What the output has beside what it always has, for example `file_search_call.results` or " +
        "`message.output_text.logprobs`. A change of it shows after the next read.",
    }),
    { sentOnly: true },
  ),
};

const toolArguments = {
  tools_json: jsonList({
    optional: true,
    plan: [covered],
    description:
      "The tools as JSON text of a list: functions, file search, MCP servers and more, for " +
      'example `jsonencode([{ type = "file_search", vector_store_ids = ["vs_abc123"] }])`.',
  }),
  tool_choice: wired(
    string({
      ...toolChoice('{ type = "file_search" }'),
      plan: [covered],
      description: "Which tool to call: `none`, `auto`, `required`, or JSON text that names one.",
    }),
    { read: textOrJson("tool_choice"), write: wordOrObject },
  ),
  parallel_tool_calls: bool({
    optional: true,
    description: "Whether several tools may be called at once. Left out, they may.",
  }),
};

const otherArguments = {
  background: bool({
    optional: true,
    description:
      "Whether the API works on it in the background. The creation waits for it up to `timeouts.create`; what takes longer is " +
      "kept, and read by the next plan.",
  }),
  metadata: {
    ...metadata(),
    description:
      "Metadata: at most 16 keys of 64 characters, with values of at most 512 characters. The API cannot change it later: " +
      "other metadata is another response.",
  },
  service_tier: string({
    ...words,
    description:
      "The service tier to ask for: `auto`, `default`, `flex`, `scale`, `priority`, `fast` or `ultrafast`. Data sources have the one " +
      "that answered.",
  }),
  ...accountArguments,
  prompt_cache_options_json: {
    ...accountArguments.prompt_cache_options_json,
    planModifiers: [covered],
  },
  context_management_json: wired(
    jsonList({
      optional: true,
      description: "How a long context is shortened, as JSON text of a list.",
    }),
    { sentOnly: true },
  ),
  moderation_json: wired(moderationJson(), {
    sentOnly: true,
  }),
  image: object(
    nested({
      context_compression: string({
        ...words,
        description: "Whether images in the context are compressed: `auto`, `enabled` or `disabled`.",
      }),
    }),
    { optional: true, description: "How images are dealt with." },
  ),
  access_programs: object(
    nested({
      cyber: string({
        ...words,
        description: "The Cyber access program: `standard`, `daybreak_blue` or `daybreak_red`.",
      }),
    }),
    { optional: true, description: "Access programs." },
  ),
  ...keepingArguments("response", "read"),
};

/** What the API's examples and other objects have: refused with a reason. */
const foreignArguments = {
  ...streamArguments,
  messages: refused(
    'A response takes "input", a text, or "input_json", a list of items: input_json = jsonencode([{ role = "user", content = ' +
      "… }]).",
  ),
  tools: refused("Use tools_json = jsonencode([…])."),
  response_format: refused('Use text = { format_json = jsonencode({ type = "json_schema", … }) }.'),
  reasoning_effort: refused('Use reasoning = { effort = "…" }.'),
  max_tokens: refused('Use "max_output_tokens".'),
  moderation: refused("Use moderation_json = jsonencode({ … })."),
};

export const requestAttributes = {
  ...inputArguments,
  ...outputArguments,
  ...toolArguments,
  ...otherArguments,
  ...foreignArguments,
};
