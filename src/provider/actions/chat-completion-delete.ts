import { atLeastOneOf, isUnknown, type Unknown } from "../../framework/index.ts";
import { operationTime, timeoutsOf } from "../api/arguments.ts";
import { type Call, explained } from "../api/request.ts";
import { completion, completionFilters } from "../chat-completion/completion.ts";
import { action } from "../define.ts";
import type { Access } from "../openai-provider.ts";
import { deletionTimeouts, most, usualSearchTime } from "./arguments.ts";
import { deleteEach } from "./delete-each.ts";
import {
  type CompletionFilter,
  checkTarget,
  filterOf,
  type StoredCompletion,
  searchSubject,
  storedCompletions,
} from "./stored-completions.ts";
import { announce, announceUnknown, isWithin, type Words } from "./words.ts";

const of = completion.declaration;

const words: Words = {
  one: "stored completion",
  many: "stored completions",
  done: "deleted",
  most: "max_deletions",
};

/** Deletes stored completions by model and metadata. */
export const chatCompletionDelete = action({
  name: "openai_chat_completion_delete",
  description:
    "Deletes the stored chat completions that have a model, or metadata, or both. A plan counts them and deletes nothing; " +
    "`max_deletions` bounds how many are deleted.",
  attributes: {
    ...completionFilters,
    max_deletions: most(words),
    timeouts: deletionTimeouts,
  },
  configValidators: [atLeastOneOf("model", "metadata")],
  validate: ({ config, diagnostics }) => checkTarget(config, diagnostics),
  async plan({ config, provider, diagnostics, signal, log }) {
    const filter = filterOf(config);
    const { max_deletions: allowed } = config;
    if (filter === undefined || allowed === null || isUnknown(allowed) || !provider.isKnown)
      return announceUnknown(words, diagnostics);
    const access = provider.access(null, { diagnostics, log, object: "resource" });
    if (access === undefined) return;
    const found = await find(access, { filter, allowed, config }, { provider, diagnostics, signal, log });
    if (found !== undefined) announce(found, words, " A deletion cannot be undone.", diagnostics);
  },
  async invoke({ config, provider, progress, diagnostics, signal, log }) {
    const filter = filterOf(config);
    const access = provider.access(null, { diagnostics, log, object: "resource" });
    if (filter === undefined || access === undefined) return;
    const search = { filter, allowed: config.max_deletions, config };
    const targets = await find(access, search, { provider, diagnostics, signal, log });
    if (targets === undefined) return;
    const deletions = { access, targets, words, timeouts: timeoutsOf(config) };
    await deleteEach(of, deletions, { progress, diagnostics, signal });
  },
});

interface Wanted {
  readonly filter: CompletionFilter;
  readonly allowed: number;
  readonly config: { readonly timeouts: object | Unknown | null };
}

/** All that are to be deleted; undefined, with an error added, where they cannot be found, or are more than allowed. */
async function find(
  access: Access,
  { filter, allowed, config }: Wanted,
  call: Call,
): Promise<StoredCompletion[] | undefined> {
  const timeLeft = operationTime(timeoutsOf({ ...config }), "read", access.openai, usualSearchTime);
  const { signal, log } = call;
  const options = () => ({ signal, timeoutMs: timeLeft() });
  const found = await explained(call, searchSubject(access), async () => {
    const all: StoredCompletion[] = [];
    // One more than allowed shows that there are more.
    const search = { access, filter, limit: allowed + 1, options, log };
    for await (const each of storedCompletions(search)) all.push({ id: each.id, metadata: new Map() });
    return all;
  });
  return found !== undefined && isWithin(allowed, found, words, call.diagnostics) ? found : undefined;
}
