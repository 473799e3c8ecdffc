import type { Attributes, Logger } from "../../framework/index.ts";
import {
  type Items,
  isJsonArray,
  type OperationOptions,
  type Page,
  paginate,
  type SendRequest,
} from "../../openai/index.ts";
import type { Access } from "../openai-provider.ts";
import type { ApiObject, ListDeclaration } from "./declaration.ts";
import { pathOf } from "./object-names.ts";
import { memberOf } from "./wire.ts";
import { writeAttribute } from "./write.ts";

type Values = { readonly [name: string]: unknown };

/** Which part of a list, and how its pages are asked for. */
interface Part {
  readonly access: Pick<Access, "openai">;
  /** The ID before the first. */
  readonly after?: string | undefined;
  /** How many objects in all; unset means all there are. */
  readonly limit?: number | undefined;
  /** Of each page's request. */
  readonly options: () => OperationOptions;
  readonly log?: Logger;
  /** Sends the request of a page, and again where that may help; unset means once. */
  readonly patiently?: (
    request: Pick<SendRequest, "path">,
    send: (options: OperationOptions) => Promise<Page>,
  ) => Promise<Page>;
}

export interface Listing extends Part {
  /** Parents, filters and order. */
  readonly config: Values;
}

/** The pages of a list, each asked for when it is needed. */
export function listPages(
  of: ApiObject,
  declared: ListDeclaration<Attributes>,
  listing: Listing,
): AsyncGenerator<Items, void, undefined> {
  const order: [string, string][] =
    declared.order === false ? [] : [["order", listing.config.order === "asc" ? "asc" : "desc"]];
  const query = [...queryOf(declared.filters ?? {}, listing.config), ...order];
  const list = { path: pathOf(of, listing.config), headers: of.headers, query, shared: of.key === "admin" };
  return pagesOf(list, listing, pagingOf(declared, listing.config));
}

/** How a list is cut into pages: the query's name for what leads to the next one, and how many items one has. */
interface Paging {
  readonly cursor: string;
  readonly size?: number;
  readonly tokens?: boolean;
}

/** Null: the API sends all at once. */
function pagingOf({ pages }: ListDeclaration<Attributes>, config: Values): Paging | null {
  if (pages === "single") return null;
  if (typeof pages !== "object") return byId;
  return { cursor: pages.token, size: pages.size(config), tokens: true };
}

const byId: Paging = { cursor: "after" };

/** The pages of any list. */
export async function* pagesOf(
  list: Pick<SendRequest, "path" | "headers" | "shared"> & {
    readonly query: readonly (readonly [string, string])[];
  },
  { access, after, limit, options, log, patiently }: Part,
  paging: Paging | null = byId,
): AsyncGenerator<Items, void, undefined> {
  const fetch = (page: PageQuery) => {
    log?.log("debug", "Reading a page of a list", { limit: page.limit });
    const query = paging === null ? list.query : [...list.query, ...pageQuery(paging, page)];
    const send = (each: OperationOptions) => access.openai.page({ method: "GET", ...list, query }, each);
    return patiently === undefined ? send(options()) : patiently(list, send);
  };
  for await (const items of paginate(fetch, { after, limit, size: paging?.size, tokens: paging?.tokens })) {
    yield items;
    if (paging === null) return;
  }
}

type PageQuery = { readonly after: string | undefined; readonly limit: number };

function pageQuery({ cursor }: Paging, { after, limit }: PageQuery): [string, string][] {
  return after === undefined
    ? [["limit", String(limit)]]
    : [
        [cursor, after],
        ["limit", String(limit)],
      ];
}

/** Arguments as a query, a map's key by key. */
export function queryOf(attributes: Attributes, config: Values): [string, string][] {
  const query: [string, string][] = [];
  for (const [name, attribute] of Object.entries(attributes)) {
    const value = writeAttribute(attribute, config[name] ?? null) ?? null;
    const member = memberOf(name, attribute);
    if (value instanceof Map) {
      for (const [key, each] of value) query.push([`${member}[${key}]`, String(each)]);
    } else if (isJsonArray(value)) {
      for (const each of value) query.push([member, String(each)]);
    } else if (value !== null) query.push([member, String(value)]);
  }
  return query;
}
