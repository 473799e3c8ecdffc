import { bool, integer, list, map, notBlank, oneOf, string, types } from "../../framework/index.ts";
import { metadataLimits } from "../api/metadata.ts";
import { apiKeyArgument, readTimeouts, timeoutOf } from "../chat-completion/arguments.ts";
import { dataSource } from "../define.ts";
import { identifier } from "../identifier.ts";
import { element } from "./attributes.ts";
import { count, cursor } from "./filters.ts";
import { type Filters, readCompletions } from "./read.ts";

export const chatCompletions = dataSource({
  name: "openai_chat_completions",
  description:
    "Finds stored chat completions by model and metadata, and reads them all: as many pages as the API has.",
  attributes: {
    model: string({
      optional: true,
      validate: [notBlank()],
      description:
        "Only completions of this model. The API compares with the version that answered, which may be a dated version of " +
        "the name in the request.",
    }),
    metadata: map(types.string, {
      optional: true,
      validate: [metadataLimits()],
      description: "Only completions that have all of these keys in their metadata, with these values.",
    }),
    order: string({
      optional: true,
      validate: [oneOf("asc", "desc")],
      description:
        "By the time of creation: `desc`, the newest first, or `asc`. Left out means `desc`. It is always sent, so that the " +
        "API's own default does not matter.",
    }),
    after: string({
      optional: true,
      validate: [notBlank(), cursor()],
      description: "The ID of a completion: only those that follow it in the order are read.",
    }),
    limit: integer({
      optional: true,
      validate: [count("completions")],
      description:
        "How many completions to read in all, however many pages that takes. Left out means all there are.",
    }),
    api_key: apiKeyArgument("data source"),
    timeouts: readTimeouts,
    id: string({
      computed: true,
      description:
        "A unique identifier for this data source: a hash of where the completions were read and of the filters.",
    }),
    ids: list(types.string, {
      computed: true,
      description: "The IDs of the chat completions, in the same order.",
    }),
    has_more: bool({
      computed: true,
      description: "Whether the API has more completions than `limit` allowed to read.",
    }),
    chat_completions: list(element, {
      computed: true,
      description: "The chat completions; an empty list where none matches.",
    }),
  },

  async read({ config, provider, diagnostics, signal, log }) {
    const access = provider.access(config.api_key, { diagnostics, log });
    if (access === undefined) return diagnostics;
    const filters: Filters = { ...config, order: config.order === "asc" ? "asc" : "desc" };
    const timeoutMs = timeoutOf(config.timeouts?.read);
    const found = await readCompletions(access, filters, { timeoutMs, signal, log, diagnostics });
    if (found === undefined) return diagnostics;
    return {
      ...config,
      id: identifier(access.origin, filterText(filters)),
      ids: found.completions.map((completion) => completion.id),
      has_more: found.hasMore,
      chat_completions: found.completions,
    };
  },
});

/** The filters as text that is the same for the same filters. */
function filterText({ model, metadata, order, after, limit }: Filters): string {
  const pairs = [...(metadata ?? [])].sort(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify([model, pairs, order, after, limit]);
}
