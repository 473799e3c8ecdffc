import { type Attributes, oneOf, string } from "../../framework/index.ts";
import { type Items, type OperationOptions, paginate } from "../../openai/index.ts";
import type { Access } from "../openai-provider.ts";
import { type ApiObject, type ListDeclaration, pathOf } from "./declaration.ts";
import { memberOf, writeAttribute } from "./wire.ts";

type Values = { readonly [name: string]: unknown };

/** The order of a list, of APIs that have one. */
export function orderArgument({ order }: ListDeclaration<Attributes>): Attributes {
  if (order === false) return {};
  return {
    order: string({
      optional: true,
      validate: [oneOf("asc", "desc")],
      description: "By the time of creation: `desc`, the newest first, or `asc`. Left out means `desc`.",
    }),
  };
}

export interface Listing {
  readonly access: Access;
  /** Parents, filters and order. */
  readonly config: Values;
  /** How many objects in all; unset means all there are. */
  readonly limit: number | undefined;
  /** Of each page's request. */
  readonly options: () => OperationOptions;
}

/** The pages of a list, each asked for when it is needed. */
export async function* listPages(
  of: ApiObject,
  declared: ListDeclaration<Attributes>,
  { access, config, limit, options }: Listing,
): AsyncGenerator<Items, void, undefined> {
  const request = { method: "GET", path: pathOf(of, config), headers: of.headers } as const;
  const query = queryOf(declared, config);
  const single = declared.pages === "single";
  const fetch = (page: { readonly after: string | undefined; readonly limit: number }) =>
    access.openai.page({ ...request, query: single ? query : [...query, ...pageQuery(page)] }, options());
  for await (const items of paginate(fetch, { limit })) {
    yield items;
    if (single) return;
  }
}

function pageQuery({
  after,
  limit,
}: {
  readonly after: string | undefined;
  readonly limit: number;
}): [string, string][] {
  return [
    ["limit", String(limit)],
    ...(after === undefined ? [] : [["after", after] satisfies [string, string]]),
  ];
}

/** The filters; `order` always, since documentation and server disagree on its default. */
function queryOf(declared: ListDeclaration<Attributes>, config: Values): [string, string][] {
  const query: [string, string][] = [];
  for (const [name, attribute] of Object.entries(declared.filters ?? {})) {
    const value = writeAttribute(attribute, config[name] ?? null);
    if (value !== undefined && value !== null) query.push([memberOf(name, attribute), String(value)]);
  }
  if (declared.order !== false) query.push(["order", config.order === "asc" ? "asc" : "desc"]);
  return query;
}
