import type { Attributes, Logger } from "../../framework/index.ts";
import {
  type Items,
  isJsonArray,
  type OperationOptions,
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
  return pagesOf(list, listing, declared.pages === "single");
}

/** The pages of any list; `single`: the API sends all at once. */
export async function* pagesOf(
  list: Pick<SendRequest, "path" | "headers" | "shared"> & {
    readonly query: readonly (readonly [string, string])[];
  },
  { access, after, limit, options, log }: Part,
  single = false,
): AsyncGenerator<Items, void, undefined> {
  const fetch = (page: PageQuery) => {
    log?.log("debug", "Reading a page of a list", { limit: page.limit });
    const query = single ? list.query : [...list.query, ...pageQuery(page)];
    return access.openai.page({ method: "GET", ...list, query }, options());
  };
  for await (const items of paginate(fetch, { after, limit })) {
    yield items;
    if (single) return;
  }
}

type PageQuery = { readonly after: string | undefined; readonly limit: number };

function pageQuery({ after, limit }: PageQuery): [string, string][] {
  return after === undefined
    ? [["limit", String(limit)]]
    : [
        ["after", after],
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
