import { azureMessage } from "./azure.ts";
import { bodyOf, membersOf, type StoredCompletion } from "./completion.ts";
import { APIError } from "./errors.ts";
import { inputMessages } from "./input-messages.ts";
import { isObject, type JsonObject, stringify } from "./json.ts";
import type { Mode, Settings } from "./options.ts";
import { page, readPageRequest } from "./pages.ts";

/** The list of the completions (oldest first) that match the query: `model`, `metadata[key]=value`. */
export function listCompletions(
  completions: readonly StoredCompletion[],
  query: URLSearchParams,
  settings: Settings,
  mode: Mode,
): JsonObject | APIError {
  const request = readPageRequest(query, settings.listOrder);
  if (request instanceof APIError) return request;
  const items = completions
    .filter((completion) => matches(completion, query))
    .map((completion) => ({ id: completion.id, text: bodyOf(completion, mode, "listed") }));
  return page(items, request, mode);
}

/** The list of a completion's input messages, oldest first unless the query wants otherwise. */
export function listMessages(
  completion: StoredCompletion,
  query: URLSearchParams,
  mode: Mode,
): JsonObject | APIError {
  const request = readPageRequest(query, "asc");
  if (request instanceof APIError) return request;
  const items = inputMessages(completion).map((message) => ({
    id: String(message.id),
    text: stringify(mode === "openai" ? message : azureMessage(message)),
  }));
  return page(items, request, mode);
}

/** All filters must match. The model is compared with the resolved name, not with an alias. */
function matches(completion: StoredCompletion, query: URLSearchParams): boolean {
  const model = query.get("model");
  const filters = [...query].flatMap(([name, value]) => {
    const key = /^metadata\[(.*)\]$/s.exec(name)?.[1];
    return key === undefined ? [] : [{ key, value }];
  });
  if (model === null && filters.length === 0) return true;
  const members = membersOf(completion) ?? {};
  if (model !== null && members.model !== model) return false;
  const metadata = isObject(members.metadata) ? members.metadata : {};
  return filters.every(({ key, value }) => Object.hasOwn(metadata, key) && metadata[key] === value);
}
