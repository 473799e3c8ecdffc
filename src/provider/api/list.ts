import {
  type Attributes,
  type DataSource,
  integer,
  list,
  nested,
  oneOf,
  type Pieces,
  STEP,
  string,
  types,
} from "../../framework/index.ts";
import { type Items, paginate } from "../../openai/index.ts";
import { atLeast } from "../argument-validators.ts";
import { dataSource } from "../define.ts";
import { identifier } from "../identifier.ts";
import type { Access, OpenAIProvider } from "../openai-provider.ts";
import { apiKeyArgument, operationTime, readTimeouts, timeoutsOf } from "./arguments.ts";
import { Body, mostListValues, type Report, ShapeError, Tally } from "./body.ts";
import { parentArguments, readable } from "./data-source.ts";
import { type ApiObject, type ListDeclaration, pathOf } from "./declaration.ts";
import { mappedInPieces } from "./mapped.ts";
import { addOddMembers, type Call, explained, subjectOf } from "./request.ts";
import { memberOf, readAttributePieces, writeAttribute } from "./wire.ts";

type Values = { readonly [name: string]: unknown };

/** The data source that reads all objects of a kind: `openai_files`, with the list in `files`. */
export function apiList(of: ApiObject, declared: ListDeclaration<Attributes>): DataSource<OpenAIProvider> {
  const plural = `${of.name.slice(of.name.indexOf("_") + 1)}s`;
  const members: Attributes = {
    id: string({ computed: true, description: `The ID of the ${of.noun}.` }),
    ...readable(of, declared.leaveOut ?? []),
  };
  return dataSource({
    name: `${of.name}s`,
    description: declared.description,
    attributes: {
      ...parentArguments(of),
      ...declared.filters,
      ...(declared.order === false ? {} : { order }),
      limit: limit(of.noun),
      api_key: apiKeyArgument,
      timeouts: readTimeouts,
      id: string({
        computed: true,
        description: "A unique identifier of this data source: a hash of where it reads and of its filters.",
      }),
      ids: list(types.string, {
        computed: true,
        description: `The IDs of the ${of.noun}s, in the same order.`,
      }),
      [plural]: list(nested(members), {
        computed: true,
        description: `The ${of.noun}s; an empty list where there are none.`,
      }),
    } as Attributes,
    async read({ config, provider, diagnostics, signal, log }) {
      const ownKey = typeof config.api_key === "string" ? config.api_key : null;
      const access = provider.access(ownKey, { diagnostics, log });
      if (access === undefined) return diagnostics;
      const call = { provider, diagnostics, signal, log };
      const elements = await readAll(of, declared, { access, config, members, call });
      if (elements === undefined) return diagnostics;
      const filters = Object.entries({ ...config, api_key: null, timeouts: null });
      return {
        ...config,
        id: identifier(access.origin, ...filters.map(([name, value]) => `${name} ${textOf(value)}`)),
        ids: elements.map((element) => element.id),
        [plural]: elements,
      };
    },
  });
}

const order = string({
  optional: true,
  validate: [oneOf("asc", "desc")],
  description: "By the time of creation: `desc`, the newest first, or `asc`. Left out means `desc`.",
});

function limit(noun: string) {
  return integer({
    optional: true,
    validate: [atLeast(1)],
    description: `How many ${noun}s to read in all, however many pages that takes. Left out means all there are.`,
  });
}

interface Reading {
  readonly access: Access;
  readonly config: Values;
  readonly members: Attributes;
  readonly call: Call;
}

/** All pages; undefined, with an error added, where one fails: a part of a list is never given for the whole. */
async function readAll(
  of: ApiObject,
  declared: ListDeclaration<Attributes>,
  { access, config, members, call }: Reading,
): Promise<Values[] | undefined> {
  const timeLeft = operationTime(timeoutsOf(config), "read");
  const request = { method: "GET", path: pathOf(of, config), headers: of.headers } as const;
  const query = queryOf(declared, config);
  const single = declared.pages === "single";
  const subject = { ...subjectOf(of, access, "read", config), object: "data source", list: true } as const;
  const most = typeof config.limit === "number" ? config.limit : undefined;
  return explained(call, subject, async () => {
    const elements: Values[] = [];
    const tally = new Tally(mostListValues);
    const fetch = (page: { readonly after: string | undefined; readonly limit: number }) =>
      access.openai.page(
        { ...request, query: single ? query : [...query, ...pageQuery(page)] },
        { signal: call.signal, timeoutMs: timeLeft() },
      );
    for await (const items of paginate(fetch, { limit: most })) {
      const odd: ShapeError[] = [];
      const report = (mismatch: ShapeError) => odd.push(mismatch);
      await mappedInPieces(items.page, addElements(elements, items, members, { report, tally }));
      addOddMembers(of, "", items.page, odd, call.diagnostics);
      if (single) break;
    }
    return elements;
  });
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

/** Adds the items of a page. Each may be long, and there may be many. */
function* addElements(
  elements: Values[],
  { data }: Items,
  members: Attributes,
  { report, tally }: { readonly report: Report; readonly tally: Tally },
): Pieces<void> {
  for (const [index, item] of data.entries()) {
    if (index % STEP === STEP - 1) yield;
    const body = new Body(item, `data[${index}]`, report, tally);
    const id = body.get("id").string();
    if (id === null) throw new ShapeError(`data[${index}].id`, "a string", "null");
    elements.push({ ...(yield* readAttributePieces(members, body)), id });
  }
}

function textOf(value: unknown): string {
  return value instanceof Map ? JSON.stringify([...value].sort()) : JSON.stringify(value ?? null);
}
