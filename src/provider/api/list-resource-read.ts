import { type Attributes, Diagnostics, type ListRequest, type ListResult } from "../../framework/index.ts";
import {
  isJsonObject,
  type JsonValue,
  type ObjectResponse,
  type OperationOptions,
  type Page,
  unexpectedShape,
} from "../../openai/index.ts";
import type { Access, OpenAIProvider } from "../openai-provider.ts";
import { operationTime } from "./arguments.ts";
import type { ApiObject, ListDeclaration } from "./declaration.ts";
import { identityNames, knownByIds } from "./identity.ts";
import { listPages } from "./list-pages.ts";
import { withMore } from "./more.ts";
import { idMemberOf, parentsOf } from "./object-names.ts";
import { explained, reported, subjectOf } from "./request.ts";
import { answeredMember } from "./wire.ts";

type Values = { readonly [name: string]: unknown };
type Request = ListRequest<Attributes, OpenAIProvider>;

/** What a list has of one object, of which the state is asked for. */
interface Listed {
  readonly access: Access;
  /** The object's IDs; all other attributes are null. */
  readonly known: Values & { readonly id: string };
  /** The object alone, as if it had been read by itself. */
  readonly response: ObjectResponse;
  readonly options: () => OperationOptions & { readonly timeoutMs: number };
  readonly request: Request;
  /** Of this object. */
  readonly diagnostics: Diagnostics;
}

/** The state of an object that needs no more than its list has, and what is read beside any answer. */
async function listedState(of: ApiObject, listed: Listed): Promise<Values> {
  const { access, known, response, diagnostics, options, request } = listed;
  const read = await reported(of, known, response, diagnostics, "take");
  // Whether one has ended needs no more than the list has.
  if (!request.includeResource) return read;
  return withMore(of, read, { access, imported: true, options, call: { ...request, diagnostics } });
}

/** Finds the objects page by page. */
export async function* listObjects(
  of: ApiObject,
  declared: ListDeclaration<Attributes>,
  request: Request,
): AsyncGenerator<ListResult | Diagnostics, void, undefined> {
  const { config, limit, provider, signal, log } = request;
  const failed = new Diagnostics();
  const access = provider.access(null, { diagnostics: failed, log, object: "resource", key: of.key });
  if (access === undefined) return yield failed;
  // Each request has its own time: how long Terraform takes over what it gets is nothing of the API's.
  const options = () => ({ signal, timeoutMs: operationTime(null, "read", access.openai)() });
  const pages = listPages(of, declared, { access, config, limit, options, log });
  const subject = { ...subjectOf(of, access, "read", config), list: true };
  for (;;) {
    const next = await explained({ diagnostics: failed }, subject, () => pages.next());
    if (next === undefined) return yield failed;
    if (next.done === true) return;
    const { data, page } = next.value;
    const read = async (index: number) => {
      const diagnostics = new Diagnostics();
      const found = { page, item: data[index] ?? null, index, access, options, request };
      const result = await explained({ diagnostics }, subject, () => resultOf(of, declared, found));
      return result ?? diagnostics;
    };
    for await (const result of inOrder(data.length, request.includeResource ? statesAtOnce : 1, read)) {
      if (result !== "absent") yield result;
    }
  }
}

/** States that are read at once: each may cost a request. */
const statesAtOnce = 4;

/** Runs the reads of a page, some at once, and yields their results in order. None is begun that nobody waits for. */
async function* inOrder<T>(
  length: number,
  atOnce: number,
  read: (index: number) => Promise<T>,
): AsyncGenerator<T, void, undefined> {
  const begun: Promise<T>[] = [];
  let next = 0;
  for (let index = 0; index < length; index += 1) {
    for (; next < length && next < index + atOnce; next += 1) {
      const result = read(next);
      // Its failure is thrown where it is waited for, if it still is.
      result.catch(() => {});
      begun.push(result);
    }
    const result = begun.shift();
    if (result !== undefined) yield await result;
  }
}

/** The member that an attribute is read from; what only data sources have is named as the API has it. */
function shownMember({ attributes }: ApiObject, name: string): string {
  const attribute = attributes[name];
  return attribute === undefined ? name : answeredMember(name, attribute);
}

interface Found extends Pick<Listed, "access" | "options" | "request"> {
  readonly page: Page;
  readonly item: JsonValue;
  readonly index: number;
}

async function resultOf(
  of: ApiObject,
  declared: ListDeclaration<Attributes>,
  { page, item, index, ...found }: Found,
): Promise<ListResult | Diagnostics | "absent"> {
  const { config, includeResource } = found.request;
  const listed = isJsonObject(item) ? item.get(idMemberOf(of)) : undefined;
  if (!isJsonObject(item) || typeof listed !== "string" || listed === "") {
    throw unexpectedShape(page, `data[${index}].${idMemberOf(of)}: a string was expected`);
  }
  const id = of.association?.plain?.(listed) ?? listed;
  const known: Listed["known"] = {
    ...knownByIds(of, [...parentsOf(of).map((name) => String(config[name])), id]),
    id,
  };
  const name =
    declared.displayName === undefined ? undefined : item.get(shownMember(of, declared.displayName));
  const result = {
    identity: Object.fromEntries(identityNames(of).map((each) => [each, known[each]])),
    displayName: typeof name === "string" && name !== "" ? name : id,
  };
  const absent = of.resource?.absent?.is;
  if (!includeResource && absent === undefined) return result;
  const diagnostics = new Diagnostics();
  // The time of the page's request is over once it is there; the framework heeds the signal between two objects.
  const response = { ...page, body: item, throwIfStopped: () => {} };
  const state = await listedState(of, { ...found, known, response, diagnostics });
  if (diagnostics.hasError) return diagnostics;
  // What has ended cannot be imported.
  if (absent?.(state) === true) return "absent";
  return includeResource ? { ...result, state, diagnostics } : result;
}
