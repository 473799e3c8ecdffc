import { OpenAIError } from "./errors.ts";
import { isJsonObject, type JsonArray } from "./json.ts";
import { type Page, tooLarge, unexpectedShape } from "./object-response.ts";

/** The most that one page may hold: recordings show 100 to work, and nobody published more. */
export const pageSize = 100;

/** All pages of a list together, in characters: as much as OpenAI's own provider reads (256 MiB). */
export const listLimit = 256 * 1024 * 1024;

/** Items of a list in all: what each becomes takes many times the memory that it takes in the answer. */
export const mostItems = 200_000;

/** Which part of a list. */
export interface Span {
  /** ID of the item before the first. */
  readonly after?: string | undefined;
  /** How many items in all; unset means all there are. */
  readonly limit?: number | undefined;
  /** How many items a page is asked for; unset means {@link pageSize}. */
  readonly size?: number | undefined;
  /** Whether each page names the cursor of the next one, and items need not have IDs. */
  readonly tokens?: boolean | undefined;
  /** Characters of all pages together; unset means {@link listLimit}. */
  readonly most?: number | undefined;
}

/** Items of a list in the API's order, and whether the API has more after them. */
export interface Items {
  readonly data: JsonArray;
  readonly hasMore: boolean;
  /** The page that they came from. */
  readonly page: Page;
}

/**
 * Walks through a list page by page, each asked for by the cursor that the one before gives as `next`, or by its last
 * item's ID: what openai-node does.
 * Ends where the API says that there is no more, at an empty page unless pages have tokens, or at the limit. Each page can be forgotten before
 * the next is read.
 *
 * @param fetch Reads one page.
 * @throws {OpenAIError} what `fetch` throws; `unexpected_shape` for a page that leads back to an earlier one, or whose
 * last item has no ID; `too_large` for pages that are too large together.
 */
export async function* paginate(
  fetch: (query: { readonly after: string | undefined; readonly limit: number }) => Promise<Page>,
  {
    after,
    limit = Number.POSITIVE_INFINITY,
    size: first = pageSize,
    tokens = false,
    most = listLimit,
  }: Span = {},
): AsyncGenerator<Items, void, undefined> {
  const cursors = new Set(after === undefined ? [] : [after]);
  let left = limit;
  let size = first;
  let characters = 0;
  let items = 0;
  for (let cursor = after; left > 0; ) {
    const asked = Math.min(left, size);
    const page = await fetch({ after: cursor, limit: asked }).catch((error: unknown) => {
      // A hundred large items may be more than one answer holds, where fewer are not.
      if (asked === 1 || !(error instanceof OpenAIError) || error.kind !== "too_large") throw error;
      size = Math.ceil(asked / 4);
      return undefined;
    });
    if (page === undefined) continue;
    characters += page.text.length;
    if (characters > most) {
      const size = `${Math.round(most / 1024 / 1024)} MiB`;
      throw tooLarge(page, `the pages of the list together are larger than ${size}`, most);
    }
    // A gateway may not heed the limit, or not say whether there is more: a full page then means that there may be.
    const data = page.data.slice(0, left);
    const follows = page.hasMore ?? (tokens ? page.next !== null : page.data.length === asked);
    const hasMore = (tokens || data.length > 0) && (follows || page.data.length > left);
    items += data.length;
    if (items > mostItems) {
      throw tooLarge(page, `the list has more than ${mostItems.toLocaleString("en-US")} items`);
    }
    yield { data, hasMore, page };
    left -= data.length;
    if (!hasMore || left <= 0) return;
    cursor = page.next || (tokens ? noToken(page) : lastId(page));
    if (cursors.has(cursor)) {
      throw unexpectedShape(page, `the page after ${cursor} leads back to it, and would never end`);
    }
    cursors.add(cursor);
  }
}

function noToken(page: Page): never {
  throw unexpectedShape(page, "next_page: the cursor that leads to the next page is missing");
}

/** The cursor that leads to the next page. */
function lastId(page: Page): string {
  const last = page.data.at(-1);
  const id = isJsonObject(last) ? last.get("id") : undefined;
  if (typeof id === "string" && id !== "") return id;
  // Of an API that numbers its items in the envelope only.
  if (page.lastId !== null && page.lastId !== "") return page.lastId;
  throw unexpectedShape(
    page,
    `data[${page.data.length - 1}].id: the ID that leads to the next page is missing`,
  );
}
