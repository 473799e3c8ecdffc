import {
  isJsonObject,
  jsonSource,
  type ObjectResponse,
  OpenAIError,
  type OperationOptions,
  type Page,
} from "../../openai/index.ts";
import type { Access } from "../openai-provider.ts";
import type { ApiObject } from "./declaration.ts";
import { listPages } from "./list-pages.ts";
import { idMemberOf, parentsOf, pluralNoun } from "./object-names.ts";

type Values = { readonly [name: string]: unknown };

/** An object in a list, as if it had been read by itself; or the last page of a list that does not have it. */
type Listed = { readonly found: ObjectResponse } | { readonly page: Page | undefined };

/**
 * Looks for an object in its list.
 *
 * @throws {OpenAIError} where a page cannot be read.
 */
export async function findListed(
  of: ApiObject,
  access: Access,
  values: Values,
  options: OperationOptions,
): Promise<Listed> {
  const list = of.list ?? { description: "", order: false };
  // Filters have names of attributes, and are not meant.
  const parents = Object.fromEntries(parentsOf(of).map((name) => [name, values[name]]));
  const config = { ...parents, ...list.whole };
  const pages = listPages(of, list, { access, config, options: () => options });
  // The API may list an assignment by another ID than it was made with.
  const { plain: made } = of.association ?? {};
  const plain = (id: unknown) => (made === undefined || typeof id !== "string" ? id : made(id));
  let last: Page | undefined;
  for await (const { data, page } of pages) {
    last = page;
    for (const [index, item] of data.entries()) {
      if (!isJsonObject(item) || plain(item.get(idMemberOf(of))) !== plain(values.id)) continue;
      return { found: { ...page, body: item, text: jsonSource(page.data, index) ?? "" } };
    }
  }
  return { page: last };
}

/** The error for an object that its list, which is all there is to ask, does not have. */
export function notListed(of: ApiObject, values: Values, page: Page | undefined): OpenAIError {
  const message = `the list of ${pluralNoun(of)} does not have ${JSON.stringify(values.id)}`;
  const context = page?.context ?? { method: "GET", origin: "", path: "", attempts: 1, elapsedMs: 0 };
  const failure = { kind: "not_found", message, requestId: page?.requestId, account: page?.account } as const;
  return new OpenAIError(failure, context);
}
