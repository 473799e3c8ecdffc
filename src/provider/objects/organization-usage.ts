import { bool, nested, number, object } from "../../framework/index.ts";
import { JsonNumber } from "../../openai/index.ts";
import { count, text } from "../api/arguments.ts";
import type { Body } from "../api/body.ts";
import { exactNumber } from "../api/scalar-value.ts";
import { wired } from "../api/wire.ts";
import { only, onlyOf, usage } from "./usage-buckets.ts";

/* The usage of the organization, of which the API has a list for each kind, and its costs. */

const callers = {
  user_ids: only("user_ids", "users"),
  api_key_ids: only("api_key_ids", "API keys, by their IDs"),
};

const models = { models: only("models", "models") };

const batch = bool({
  optional: true,
  description: "`true` for the requests of batches alone, `false` for all others. Left out means both.",
});

const requests = { num_model_requests: count("The number of requests to the model.") };

const inputTokens = { input_tokens: count("The number of input tokens.") };

/** Tokens that a model read and wrote. */
const tokens = {
  input_tokens: count(
    "Input tokens of all kinds: text, audio and images, also cached ones and those written to a cache.",
  ),
  input_uncached_tokens: count("Input tokens that were neither cached nor written to a cache."),
  input_text_tokens: count("Uncached text tokens of the input."),
  input_audio_tokens: count("Uncached audio tokens of the input."),
  input_image_tokens: count("Uncached image tokens of the input."),
  input_cached_tokens: count("Cached input tokens."),
  input_cached_text_tokens: count("Cached text tokens of the input."),
  input_cached_audio_tokens: count("Cached audio tokens of the input."),
  input_cached_image_tokens: count("Cached image tokens of the input."),
  input_cache_write_tokens: count("Input tokens that were written to a cache."),
  input_cache_write_30m_tokens: count("Those that are kept for 30 minutes."),
  input_cache_write_12h_tokens: count("Those that are kept for 12 hours."),
  output_tokens: count("Output tokens of all kinds."),
  output_text_tokens: count("Text tokens of the output."),
  output_audio_tokens: count("Audio tokens of the output."),
  output_image_tokens: count("Image tokens of the output."),
  ...requests,
};

const tokenGroups = [
  "project_id",
  "user_id",
  "api_key_id",
  "model",
  "batch",
  "service_tier",
  "api_source",
] as const;

const callerGroups = ["project_id", "user_id", "api_key_id", "model"] as const;

export const organizationUsageCompletions = usage({
  path: "usage/completions",
  description:
    "Reads how many tokens completions and responses of the organization used, in buckets of time: days, hours or minutes.",
  groupBy: tokenGroups,
  filters: { ...callers, ...models, batch },
  results: tokens,
});

export const organizationUsageDecisions = usage({
  path: "usage/decisions",
  description:
    "Reads how many tokens requests to the Decisions API used, in buckets of time: days, hours or minutes.",
  groupBy: tokenGroups,
  filters: { ...callers, ...models, batch },
  results: tokens,
});

export const organizationUsageEmbeddings = usage({
  path: "usage/embeddings",
  description: "Reads how many tokens embeddings used, in buckets of time: days, hours or minutes.",
  groupBy: callerGroups,
  filters: { ...callers, ...models },
  results: { ...inputTokens, ...requests },
});

export const organizationUsageModerations = usage({
  path: "usage/moderations",
  description: "Reads how many tokens moderations read, in buckets of time: days, hours or minutes.",
  groupBy: callerGroups,
  filters: { ...callers, ...models },
  results: { ...inputTokens, ...requests },
});

const sizes = ["256x256", "512x512", "1024x1024", "1792x1792", "1024x1792"] as const;
const sources = ["image.generation", "image.edit", "image.variation"] as const;

export const organizationUsageImages = usage({
  path: "usage/images",
  description: "Reads how many images were made, in buckets of time: days, hours or minutes.",
  groupBy: [...callerGroups, "size", "source"],
  filters: {
    ...callers,
    ...models,
    sizes: onlyOf("sizes", "sizes of images", ...sizes),
    sources: onlyOf("sources", "sources", ...sources),
  },
  results: { images: count("The number of images."), ...requests },
});

export const organizationUsageAudioSpeeches = usage({
  path: "usage/audio_speeches",
  description: "Reads how many characters were spoken, in buckets of time: days, hours or minutes.",
  groupBy: callerGroups,
  filters: { ...callers, ...models },
  results: { characters: count("The number of characters."), ...requests },
});

export const organizationUsageAudioTranscriptions = usage({
  path: "usage/audio_transcriptions",
  description:
    "Reads how many seconds of audio were transcribed, in buckets of time: days, hours or minutes.",
  groupBy: callerGroups,
  filters: { ...callers, ...models },
  results: { seconds: count("The number of seconds."), ...requests },
});

export const organizationUsageVectorStores = usage({
  path: "usage/vector_stores",
  description: "Reads how large the vector stores were, in buckets of time: days, hours or minutes.",
  groupBy: ["project_id"],
  filters: {},
  results: { usage_bytes: count("The size in bytes.") },
});

export const organizationUsageCodeInterpreterSessions = usage({
  path: "usage/code_interpreter_sessions",
  description:
    "Reads how many sessions of code interpreters there were, in buckets of time: days, hours or minutes.",
  groupBy: ["project_id"],
  filters: {},
  results: { num_sessions: count("The number of sessions.") },
});

export const organizationUsageFileSearchCalls = usage({
  path: "usage/file_search_calls",
  description: "Reads how often models searched files, in buckets of time: days, hours or minutes.",
  groupBy: ["project_id", "user_id", "api_key_id", "vector_store_id"],
  filters: { ...callers, vector_store_ids: only("vector_store_ids", "vector stores, by their IDs") },
  results: { num_requests: count("The number of searches.") },
});

export const organizationUsageWebSearchCalls = usage({
  path: "usage/web_search_calls",
  description: "Reads how often models searched the web, in buckets of time: days, hours or minutes.",
  groupBy: [...callerGroups, "context_level", "api_source"],
  filters: {
    ...callers,
    ...models,
    context_levels: onlyOf("context_levels", "levels of context", "low", "medium", "high"),
  },
  results: { num_requests: count("The number of searches."), ...requests },
});

/** What the organization is charged. */
export const organizationCosts = usage({
  path: "costs",
  noun: "cost bucket",
  description:
    "Reads what the organization is charged, day by day, as the invoice has it: in all, or by project, user, API key or line.",
  groupBy: ["project_id", "user_id", "api_key_id", "line_item", "api_source"],
  widths: ["1d"],
  page: 180,
  filters: {
    api_key_ids: only("api_key_ids", "API keys, by their IDs"),
    line_items: only("line_items", "lines, each whole, for example `gpt-6-luna, input_tokens`"),
  },
  results: {
    amount: object(
      nested({
        value: wired(
          number({ computed: true, description: "The amount, with every digit that the API sends." }),
          {
            read: (amount) => decimal(amount.get("value")),
          },
        ),
        currency: text("The currency in lower case, for example `usd`."),
      }),
      { computed: true, description: "The amount of money." },
    ),
    quantity: count("How much of it there was, where results are grouped by `line_item`."),
    quantity_unit: text(
      "What the quantity counts, for example `tokens`, `1000_tokens` or `images`; null where it is of no one unit.",
    ),
  },
});

/** A number, which the API sends as one or as text. */
function decimal(member: Body) {
  const [, digits] = /^"([-+\d.eE]+)"$/.exec(member.json() ?? "") ?? [];
  return (digits === undefined ? undefined : exactNumber(new JsonNumber(digits))) ?? member.number();
}
