import { type Diagnostics, isUnknown, normalizeString, Path, type Unknown } from "../../framework/index.ts";
import {
  isJsonObject,
  type JsonValue,
  type OperationOptions,
  pathSegment,
  unexpectedShape,
} from "../../openai/index.ts";
import { Body } from "../api/body.ts";
import { listPages } from "../api/list-pages.ts";
import type { ReportedMetadata } from "../api/metadata.ts";
import { type Call, subjectOf } from "../api/request.ts";
import { completion } from "../chat-completion/completion.ts";
import type { Subject } from "../explain/subject.ts";
import type { Access } from "../openai-provider.ts";

/* Stored completions by model and metadata, for the actions that change many. */

const of = completion.declaration;

/** What stored completions are found by: one of the two at least. */
export interface CompletionFilter {
  readonly model: string | null;
  readonly metadata: ReadonlyMap<string, string>;
}

/** The filter's arguments as a plan has them: not known yet, or null for an ephemeral value. */
interface Given {
  readonly model: string | Unknown | null;
  readonly metadata: ReadonlyMap<string, string | Unknown | null> | Unknown | null;
}

/** Refuses a filter that all stored completions match. */
export function checkTarget({ model, metadata }: Given, diagnostics: Diagnostics): void {
  if (isUnknown(metadata) || metadata === null || metadata.size > 0 || model !== null) return;
  diagnostics.addAttributeError(
    Path.root.atName("metadata"),
    "No target",
    "Empty metadata would match every stored completion of the project.\n\nName a key and its value, or a model.",
  );
}

/** The filter; undefined while it is not wholly known. */
export function filterOf({ model, metadata }: Given): CompletionFilter | undefined {
  const pairs = knownMap(metadata);
  if (isUnknown(model) || pairs === undefined || (model === null && pairs.size === 0)) return undefined;
  return { model, metadata: pairs };
}

/** A map of texts; null is an empty one. Undefined while it is not wholly known. */
export function knownMap(map: Given["metadata"]): ReadonlyMap<string, string> | undefined {
  if (isUnknown(map)) return undefined;
  const pairs = new Map<string, string>();
  for (const [key, value] of map ?? []) {
    if (isUnknown(value) || value === null) return undefined;
    pairs.set(key, value);
  }
  return pairs;
}

/** What the list has of one completion. */
export interface StoredCompletion {
  readonly id: string;
  readonly metadata: ReportedMetadata;
}

export interface Search {
  readonly access: Access;
  readonly filter: CompletionFilter;
  /** How many at most; no page is read beyond them. Unset means all. */
  readonly limit?: number;
  readonly options: () => OperationOptions;
  readonly log: Call["log"];
}

/**
 * The stored completions that the filter matches, oldest first, each once.
 *
 * @throws {OpenAIError} where a page cannot be read, or has what the filter does not match: a gateway that does not heed
 * it would have everything changed.
 */
export async function* storedCompletions({
  filter,
  limit,
  ...search
}: Search): AsyncGenerator<StoredCompletion, void, undefined> {
  const { list } = of;
  if (list === undefined) return;
  const config = { model: filter.model, metadata: filter.metadata, order: "asc" };
  const seen = new Set<string>();
  for await (const { data, page } of listPages(of, list, { ...search, config, limit })) {
    for (const [index, item] of data.entries()) {
      const found = stored(item, `data[${index}]`);
      if (found === undefined)
        throw unexpectedShape(page, `data[${index}].id: the ID of a completion was expected`);
      if (!matches(found, filter)) {
        const what =
          "has not the model and the metadata that were asked for: the API does not heed the filter";
        throw unexpectedShape(page, `data[${index}] ${what}`);
      }
      if (!seen.has(found.id)) yield found;
      seen.add(found.id);
    }
  }
}

interface Found extends StoredCompletion {
  readonly model: string | null;
}

function stored(item: JsonValue, path: string): Found | undefined {
  const id = isJsonObject(item) ? item.get("id") : undefined;
  if (typeof id !== "string" || !pathSegment(id).ok) return undefined;
  const body = new Body(item, path, () => {});
  return { id, model: body.get("model").string(), metadata: body.get("metadata").stringMap() ?? new Map() };
}

function matches(found: Found, { model, metadata }: CompletionFilter): boolean {
  // The API may take the name of a request for that of the version that answered.
  const same = model === null || found.model === model || found.model?.startsWith(`${model}-`) === true;
  return same && hasPairs(found.metadata, metadata);
}

/** Whether metadata has all of these pairs. Terraform's texts are in NFC, and the API's are as they were sent. */
export function hasPairs(metadata: ReportedMetadata, pairs: ReadonlyMap<string, string>): boolean {
  const known = new Map(
    [...metadata].map(([key, value]) => [
      normalizeString(key),
      value === null ? null : normalizeString(value),
    ]),
  );
  return [...pairs].every(([key, value]) => known.get(normalizeString(key)) === normalizeString(value));
}

/** What the search for completions is about, for messages. */
export function searchSubject(access: Access): Subject {
  return { ...subjectOf(of, access, "read", {}), list: true };
}
