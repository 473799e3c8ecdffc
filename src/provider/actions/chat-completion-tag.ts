import { atLeastOneOf, isUnknown, map, normalizeString, Path, types } from "../../framework/index.ts";
import { isJsonObject, type JsonValue } from "../../openai/index.ts";
import { operationTime, timeoutsOf } from "../api/arguments.ts";
import { Body } from "../api/body.ts";
import { metadataLimits, mostPairs, type ReportedMetadata } from "../api/metadata.ts";
import { pathOf } from "../api/object-names.ts";
import { type Call, explained, isMissing, subjectOf } from "../api/request.ts";
import { completion, completionFilters } from "../chat-completion/completion.ts";
import { action } from "../define.ts";
import type { Access } from "../openai-provider.ts";
import { most, updateTimeouts, usualSearchTime, usualTime } from "./arguments.ts";
import { changeEach, type Outcome } from "./change-each.ts";
import {
  type CompletionFilter,
  checkTarget,
  filterOf,
  hasPairs,
  knownMap,
  searchSubject,
  storedCompletions,
} from "./stored-completions.ts";
import { announce, announceUnknown, isWithin, namesOf, type Target, type Words } from "./words.ts";

const of = completion.declaration;

const words: Words = {
  one: "stored completion",
  many: "stored completions",
  done: "tagged",
  most: "max_updates",
};

type Tags = ReadonlyMap<string, string>;

/** Sets metadata on many stored completions. */
export const chatCompletionTag = action({
  name: "openai_chat_completion_tag",
  description:
    "Sets metadata on the stored chat completions that have a model, or metadata, or both. What else is in their metadata " +
    "stays, and those that have it already are left alone. A plan counts them and changes nothing.",
  attributes: {
    ...completionFilters,
    set_metadata: map(types.string, {
      optional: true,
      validate: [metadataLimits()],
      description: "The metadata to set. A key that is there already gets this value.",
    }),
    set_metadata_wo: map(types.string, {
      optional: true,
      writeOnly: true,
      validate: [metadataLimits()],
      description:
        "As `set_metadata`, but it also takes ephemeral values, which are in no plan: what it sets is then compared when the " +
        "action is invoked. The API stores it, and reads of the completion show it.",
    }),
    max_updates: most({ many: "stored completions", done: "tagged" }),
    timeouts: updateTimeouts,
  },
  configValidators: [atLeastOneOf("model", "metadata"), atLeastOneOf("set_metadata", "set_metadata_wo")],
  validate({ config, diagnostics }) {
    checkTarget(config, diagnostics);
    const { set_metadata: set, set_metadata_wo: secret } = config;
    if (isUnknown(set) || isUnknown(secret)) return;
    const count = new Set([...(set ?? []), ...(secret ?? [])].map(([key]) => key)).size;
    const wrong = count === 0 ? "They name nothing to set" : `They name ${count} keys`;
    if (count === 0 || count > mostPairs) {
      diagnostics.addAttributeError(
        Path.root.atName(set === null ? "set_metadata_wo" : "set_metadata"),
        "Invalid metadata to set",
        `${wrong}, set_metadata and set_metadata_wo together: from 1 to ${mostPairs} can be set.`,
      );
    }
  },
  async plan({ config, provider, diagnostics, signal, log }) {
    const [filter, tags] = [filterOf(config), tagsOf(config)];
    const { max_updates: allowed } = config;
    if (!filter || !tags || allowed === null || isUnknown(allowed) || !provider.isKnown)
      return announceUnknown(words, diagnostics);
    const access = provider.access(null, { diagnostics, log, object: "resource" });
    if (access === undefined) return;
    const call = { provider, diagnostics, signal, log };
    const found = await find(access, { filter, tags, allowed, timeouts: timeoutsOf({ ...config }) }, call);
    if (found !== undefined) announce(found.targets, words, alreadyText(found), diagnostics);
  },
  async invoke({ config, provider, progress, diagnostics, signal, log }) {
    const [filter, tags] = [filterOf(config), tagsOf(config)];
    const own = provider.access(null, { diagnostics, log, object: "resource" });
    if (!filter || !tags || own === undefined) return;
    // What came from ephemeral values shows in no message, also where the API quotes it.
    const hidden = [...(config.set_metadata_wo?.values() ?? [])];
    const access = { ...own, openai: own.openai.withHidden(hidden) };
    const call = { provider, diagnostics, signal, log };
    const wanted = { filter, tags, allowed: config.max_updates, timeouts: timeoutsOf(config) };
    const found = await find(access, wanted, call);
    if (found === undefined) return;
    if (found.already > 0) progress(alreadyText(found).trim());
    const timeLeft = operationTime(wanted.timeouts, "update", access.openai, usualTime);
    const subject = ({ id }: Target) => subjectOf(of, access, "update", { id });
    const change = (target: Tagged, signal: AbortSignal) =>
      update(access, target, tags, { signal, timeoutMs: timeLeft() });
    await changeEach({ targets: found.targets, words, subject, change }, { progress, diagnostics, signal });
  },
});

/** What is set; undefined while that is not wholly known. */
function tagsOf(config: {
  readonly set_metadata: Parameters<typeof knownMap>[0];
  readonly set_metadata_wo: Parameters<typeof knownMap>[0];
}): Tags | undefined {
  const [plain, secret] = [knownMap(config.set_metadata), knownMap(config.set_metadata_wo)];
  if (plain === undefined || secret === undefined) return undefined;
  const all = new Map([...plain, ...secret]);
  return all.size === 0 ? undefined : all;
}

/** A completion, and all of its metadata as it is to be. */
interface Tagged extends Target {
  readonly metadata: Tags;
}

interface Found {
  readonly targets: readonly Tagged[];
  /** How many have the tags already. */
  readonly already: number;
}

function alreadyText({ already }: Found): string {
  if (already === 0) return "";
  return ` ${already} more ${already === 1 ? "has" : "have"} this metadata already.`;
}

interface Wanted {
  readonly filter: CompletionFilter;
  readonly tags: Tags;
  readonly allowed: number;
  readonly timeouts: ReturnType<typeof timeoutsOf>;
}

/**
 * What is to be changed, of those that do not have the tags; undefined, with an error added, where they cannot be found,
 * are more than allowed, or where one of them cannot take the tags.
 */
async function find(
  access: Access,
  { filter, tags, allowed, timeouts }: Wanted,
  call: Call,
): Promise<Found | undefined> {
  const timeLeft = operationTime(timeouts, "read", access.openai, usualSearchTime);
  const { signal, log, diagnostics } = call;
  const options = () => ({ signal, timeoutMs: timeLeft() });
  const targets: Tagged[] = [];
  const full: Target[] = [];
  let already = 0;
  const read = await explained(call, searchSubject(access), async () => {
    for await (const { id, metadata } of storedCompletions({ access, filter, options, log })) {
      if (hasPairs(metadata, tags)) already += 1;
      else {
        const merged = mergedWith(metadata, tags);
        targets.push({ id, metadata: merged ?? new Map() });
        if (merged === undefined) full.push({ id });
      }
      if (targets.length > allowed) break;
    }
    return true;
  });
  if (read === undefined || !isWithin(allowed, targets, words, diagnostics)) return undefined;
  if (full.length === 0) return { targets, already };
  diagnostics.addAttributeError(
    Path.root.atName("set_metadata"),
    "No room for the metadata",
    `The API keeps at most ${mostPairs} keys of metadata, and with what is set, some stored completions would have more, or ` +
      `would lose a value that is no text: ${namesOf(full)}. Nothing was changed.\n\n` +
      "Set fewer keys, or narrow down what the action is about.",
  );
  return undefined;
}

/** Metadata with the tags over it; undefined where the API would not keep it whole. */
function mergedWith(metadata: ReportedMetadata, tags: Tags): Tags | undefined {
  const keys = new Set([...tags.keys()].map(normalizeString));
  const merged = new Map<string, string>();
  for (const [key, value] of metadata) {
    if (keys.has(normalizeString(key))) continue;
    if (value === null) return undefined;
    merged.set(key, value);
  }
  for (const [key, value] of tags) merged.set(key, value);
  return merged.size <= mostPairs ? merged : undefined;
}

/** Sends all of a completion's metadata, since nobody says whether the API replaces what is there or adds to it. */
async function update(
  access: Access,
  { id, metadata }: Tagged,
  tags: Tags,
  options: { readonly signal: AbortSignal; readonly timeoutMs: number },
): Promise<Outcome> {
  const body = new Map([["metadata", metadata]]);
  const send = { method: "POST", path: pathOf(of, {}, id), body, policy: "repeatable" } as const;
  try {
    const { body: answer } = await access.openai.acknowledge(send, options);
    const answered = metadataOf(answer);
    if (answered !== null && !hasPairs(answered, tags))
      return { failed: "the API accepted the metadata, and its answer does not have it" };
    return "done";
  } catch (thrown) {
    if (isMissing(thrown)) return "gone";
    throw thrown;
  }
}

/** The metadata in an answer; null where it has none. */
function metadataOf(answer: JsonValue): ReportedMetadata | null {
  return isJsonObject(answer) ? new Body(answer, "", () => {}).get("metadata").stringMap() : null;
}
