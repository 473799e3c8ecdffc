import { rangeError, unsupportedValue } from "./create-parameters.ts";
import { type APIError, invalid } from "./errors.ts";
import { type JsonObject, Literal } from "./json.ts";
import type { Mode } from "./options.ts";

const DEFAULT_LIMIT = 20;
/** The most that recordings show to work. */
const MOST = 100;

/** One thing of a list, as text that is written unchanged. */
export interface Item {
  readonly id: string;
  readonly text: string;
}

export interface PageRequest {
  readonly limit: number;
  readonly order: "asc" | "desc";
  readonly after: string | undefined;
}

/** What the query asks for, or the error about it. */
export function readPageRequest(query: URLSearchParams, order: "asc" | "desc"): PageRequest | APIError {
  const asked = query.get("order") ?? order;
  if (asked !== "asc" && asked !== "desc") return unsupportedValue("order", asked, ["asc", "desc"]);
  const limit = query.get("limit") ?? `${DEFAULT_LIMIT}`;
  if (!/^-?\d+$/.test(limit)) {
    return invalid(
      `Invalid type for 'limit': expected an integer, but got a string instead.`,
      "limit",
      "invalid_type",
    );
  }
  const error = rangeError("limit", Number(limit), "integer", 1, MOST);
  return error ?? { limit: Number(limit), order: asked, after: query.get("after") ?? undefined };
}

/** The page's envelope. `items` come oldest first; `after` is exclusive and follows the order in force. */
export function page(items: readonly Item[], request: PageRequest, mode: Mode): JsonObject | APIError {
  const ordered = request.order === "asc" ? [...items] : [...items].reverse();
  let start = 0;
  if (request.after !== undefined) {
    start = ordered.findIndex((item) => item.id === request.after) + 1;
    if (start === 0) {
      return invalid(`Invalid 'after': no item with ID '${request.after}' found.`, "after", "invalid_value");
    }
  }
  const shown = ordered.slice(start, start + request.limit);
  const data = shown.map((item) => new Literal(item.text));
  const has_more = start + shown.length < ordered.length;
  const first_id = shown[0]?.id ?? null;
  const last_id = shown[shown.length - 1]?.id ?? null;
  if (mode === "openai") return { object: "list", data, first_id, last_id, has_more };
  return { data, has_more, object: "list", total: items.length, first_id, last_id };
}
