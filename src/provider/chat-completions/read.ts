import { type Diagnostics, type Logger, Path, type Pieces, type State } from "../../framework/index.ts";
import { type Items, monotonicNow, OpenAIError, paginate } from "../../openai/index.ts";
import { Body, mostListValues, type Report, ShapeError, Tally } from "../api/body.ts";
import { mappedInPieces } from "../api/mapped.ts";
import { Mismatches } from "../chat-completion/mismatches.ts";
import { completionState } from "../chat-completion/state.ts";
import { completionTopic } from "../chat-completion/topic.ts";
import { explain } from "../explain/explain.ts";
import type { Access } from "../openai-provider.ts";
import type { ElementAttributes } from "./attributes.ts";

/** A completion of a list: it always has an ID. */
type Element = State<ElementAttributes> & { readonly id: string };

/** What to look for, and how many in all. */
export interface Filters {
  readonly model: string | null;
  readonly metadata: ReadonlyMap<string, string> | null;
  readonly order: "asc" | "desc";
  readonly after: string | null;
  readonly limit: number | null;
}

export interface Call {
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
  readonly log: Logger;
  readonly diagnostics: Diagnostics;
}

/** The arguments that the API's errors name. */
const filterNames: ReadonlySet<string> = new Set(["model", "metadata", "order", "after", "limit"]);

/**
 * Reads stored completions, all pages. Undefined, with an error added, where any page fails: a part of
 * a list is never given out as the whole.
 */
export async function readCompletions(
  access: Access,
  filters: Filters,
  call: Call,
): Promise<{ readonly completions: readonly Element[]; readonly hasMore: boolean } | undefined> {
  const completions: Element[] = [];
  const mismatches = new Mismatches();
  const tally = new Tally(mostListValues);
  let hasMore = false;
  try {
    for await (const items of pages(access, filters, call)) {
      const found = await mappedInPieces(items.page, elements(items, mismatches.of(items.page), tally));
      // Not spread: a gateway's page may have more items than a call may have arguments.
      for (const element of found) completions.push(element);
      hasMore = items.hasMore;
    }
    mismatches.warn(call.diagnostics, "The list that the API answered");
    return { completions, hasMore };
  } catch (thrown) {
    if (!(thrown instanceof OpenAIError)) throw thrown;
    call.diagnostics.add(
      explain(thrown, { access, topic: completionTopic, list: true, argument: filterPath }),
    );
    return undefined;
  }
}

function pages(access: Access, filters: Filters, { timeoutMs, signal, log }: Call) {
  const { model, metadata, order, after, limit } = filters;
  const deadline = monotonicNow() + timeoutMs;
  return paginate(
    (page) => {
      log.log("debug", "Reading a page of stored completions", { limit: page.limit });
      return access.openai.chatCompletions.list(
        { model: model ?? undefined, metadata: metadata ?? undefined, order, ...page },
        { signal, timeoutMs: Math.max(deadline - monotonicNow(), 1) },
      );
    },
    { after: after ?? undefined, limit: limit ?? undefined },
  );
}

function* elements({ data }: Items, report: Report, tally: Tally): Pieces<Element[]> {
  const found: Element[] = [];
  for (const [index, item] of data.entries()) {
    const path = `data[${index}]`;
    const state = completionState(item, { path, report, tally });
    const id = new Body(item, path).get("id").string();
    if (id === null) throw new ShapeError(`${path}.id`, "a string", "null");
    found.push({ id, ...state });
    yield;
  }
  return found;
}

/** `metadata[team]` is about the argument `metadata`. */
function filterPath(param: string): Path | undefined {
  const name = /^\w+/.exec(param)?.[0] ?? "";
  return filterNames.has(name) ? Path.root.atName(name) : undefined;
}
