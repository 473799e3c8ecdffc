import {
  type Attributes,
  type DataSource,
  integer,
  list,
  nested,
  type Pieces,
  STEP,
  string,
  types,
} from "../../framework/index.ts";
import type { Items } from "../../openai/index.ts";
import { atLeast } from "../argument-validators.ts";
import { dataSource } from "../define.ts";
import { identifier } from "../identifier.ts";
import type { Access, OpenAIProvider } from "../openai-provider.ts";
import { apiKeyArgument, operationTime, readTimeouts, timeoutsOf } from "./arguments.ts";
import { Body, mostListValues, type Report, ShapeError, Tally } from "./body.ts";
import { parentArguments, readable } from "./data-source.ts";
import type { ApiObject, ListDeclaration } from "./declaration.ts";
import { listPages, orderArgument } from "./list-pages.ts";
import { mappedInPieces } from "./mapped.ts";
import { addOddMembers, type Call, explained, subjectOf } from "./request.ts";
import { readAttributePieces } from "./wire.ts";

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
      ...orderArgument(declared),
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
  const subject = { ...subjectOf(of, access, "read", config), object: "data source", list: true } as const;
  const most = typeof config.limit === "number" ? config.limit : undefined;
  return explained(call, subject, async () => {
    const elements: Values[] = [];
    const tally = new Tally(mostListValues);
    const options = () => ({ signal: call.signal, timeoutMs: timeLeft() });
    for await (const items of listPages(of, declared, { access, config, limit: most, options })) {
      const odd: ShapeError[] = [];
      const report = (mismatch: ShapeError) => odd.push(mismatch);
      await mappedInPieces(items.page, addElements(elements, items, members, { report, tally }));
      addOddMembers(of, "", items.page, odd, call.diagnostics);
    }
    return elements;
  });
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
