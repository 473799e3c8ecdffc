import {
  type Attributes,
  type Diagnostics,
  type Pieces,
  type ReadRequest,
  STEP,
  type State,
} from "../../framework/index.ts";
import { type Items, type JsonValue, jsonSource } from "../../openai/index.ts";
import { hashedId } from "../hashed-id.ts";
import type { Access, OpenAIProvider } from "../openai-provider.ts";
import { operationTime, timeoutsOf } from "./arguments.ts";
import { Body } from "./body.ts";
import type { ApiObject, ListDeclaration, Reading } from "./declaration.ts";
import { reportsMore } from "./list.ts";
import { listPages } from "./list-pages.ts";
import { mappedInPieces } from "./mapped.ts";
import { Mismatches } from "./mismatches.ts";
import { onceNewIsVisible } from "./new-objects.ts";
import { idMemberOf } from "./object-names.ts";
import { argumentPath } from "./param-path.ts";
import { type Call, explained, subjectOf } from "./request.ts";
import { PageTexts } from "./response-json.ts";
import { mostListValues, ShapeError, Tally } from "./shape-error.ts";
import { readAttributePieces } from "./wire.ts";

type Values = { readonly [name: string]: unknown };

/** What the data source of a list has. */
interface ListAttributes {
  /** The arguments that say what to read. */
  readonly given: Attributes;
  /** Of each object. */
  readonly members: Attributes;
  /** The attribute that is the list. */
  readonly plural: string;
}

/** Reads all objects of a kind, for their data source. */
export async function readList(
  of: ApiObject,
  declared: ListDeclaration<Attributes>,
  { given, members, plural }: ListAttributes,
  { config, provider, diagnostics, signal, log }: ReadRequest<Attributes, OpenAIProvider>,
): Promise<State<Attributes> | Diagnostics> {
  const ownKey = typeof config.api_key === "string" ? config.api_key : null;
  const access = provider.access(ownKey, { diagnostics, log, key: of.key });
  if (access === undefined) return diagnostics;
  const texts = new PageTexts();
  const reading = { access, config, given, members, texts };
  const found = await readAll(of, declared, reading, { provider, diagnostics, signal, log });
  if (found === undefined) return diagnostics;
  const identity = declared.identity?.(config) ?? filterTexts(config);
  return {
    ...config,
    id: hashedId(access.origin, ...identity),
    ...(declared.ids !== false && { ids: found.elements.map(({ id }) => id) }),
    ...(reportsMore(declared) && { has_more: found.hasMore }),
    [plural]: found.elements,
    ...(of.responseJson === true && { response_json: texts.json }),
  };
}

interface ListRequest extends Pick<ListAttributes, "given" | "members"> {
  readonly access: Access;
  readonly config: Values;
  readonly texts: PageTexts;
}

/** All pages; undefined, with an error added, where one fails: a part of a list is never given for the whole. */
async function readAll(
  of: ApiObject,
  declared: ListDeclaration<Attributes>,
  { access, config, given, members, texts }: ListRequest,
  call: Call,
): Promise<Found<Values> | undefined> {
  const { limit, after } = config;
  const subject = { ...subjectOf(of, access, "read", config), object: "data source", list: true } as const;
  const mismatches = new Mismatches();
  const timeLeft = operationTime(timeoutsOf(config), "read", access.openai);
  const pages = listPages(of, declared, {
    access,
    config,
    after: typeof after === "string" ? after : undefined,
    limit: typeof limit === "number" ? limit : undefined,
    options: () => ({ signal: call.signal, timeoutMs: timeLeft() }),
    log: call.log,
    patiently: (request, send) => onceNewIsVisible(request, { ...call, access, timeLeft }, send),
  });
  const found = await explained(call, { ...subject, argument: (param) => argumentPath(param, given) }, () =>
    readPages(of.responseJson === true ? texts.of(pages) : pages, mismatches, (item) =>
      elementOf(of, declared, members, item),
    ),
  );
  if (found !== undefined) mismatches.warn(call.diagnostics, () => "The list that the API answered");
  return found;
}

function* elementOf(
  of: ApiObject,
  declared: ListDeclaration<Attributes>,
  members: Attributes,
  { value, path, report, tally, text }: Item,
): Pieces<Values> {
  const body = of.body?.(value, { path, report, tally }) ?? new Body(value, path, report, tally, text);
  if (declared.ids === false) return yield* readAttributePieces(members, body);
  const id = new Body(value, path).get(idMemberOf(of)).string();
  if (id === null) throw new ShapeError(`${path}.${idMemberOf(of)}`, "a string", "null");
  return { ...(yield* readAttributePieces(members, body)), id };
}

export interface Item extends Required<Pick<Reading, "path" | "report" | "tally">> {
  readonly value: JsonValue;
  /** As received. */
  readonly text: () => string | undefined;
}

export interface Found<T> {
  readonly elements: readonly T[];
  /** Whether the API has more than the limit allowed to read. */
  readonly hasMore: boolean;
}

/**
 * Reads pages, each item through `read`, in pieces.
 *
 * @throws {OpenAIError} what a page fails with; `unexpected_shape` where `read` throws ShapeError.
 */
export async function readPages<T>(
  pages: AsyncIterable<Items>,
  mismatches: Mismatches,
  read: (item: Item) => Pieces<T>,
): Promise<Found<T>> {
  const elements: T[] = [];
  const tally = new Tally(mostListValues);
  let hasMore = false;
  for await (const items of pages) {
    const reading = { report: mismatches.of(items.page), tally };
    await mappedInPieces(items.page, addItems(elements, items, reading, read));
    hasMore = items.hasMore;
  }
  return { elements, hasMore };
}

/** Adds the items of a page. Each may be long, and there may be many. */
function* addItems<T>(
  elements: T[],
  { data, page }: Items,
  reading: Pick<Item, "report" | "tally">,
  read: (item: Item) => Pieces<T>,
): Pieces<void> {
  for (const [index, value] of data.entries()) {
    if (index % STEP === STEP - 1) yield;
    const text = () => jsonSource(page.data, index);
    elements.push(yield* read({ ...reading, value, path: `data[${index}]`, text }));
  }
}

/** The arguments that say what to read, as texts that are the same for the same. */
function filterTexts(config: Values): string[] {
  const filters = Object.entries({ ...config, api_key: null, timeouts: null });
  return filters.map(([name, value]) => `${name} ${textOf(value)}`);
}

function textOf(value: unknown): string {
  return value instanceof Map ? JSON.stringify([...value].sort()) : JSON.stringify(value ?? null);
}
