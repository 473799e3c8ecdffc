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
export interface Listed {
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

/** The state of a listed object, as an import has it. Undefined, with an error added, where it cannot be read. */
export type StateOf = (listed: Listed) => Promise<Values | undefined>;

/** The state of an object that needs no more than its list has, and what is read beside any answer. */
async function listedState(of: ApiObject, listed: Listed): Promise<Values> {
  const { access, known, response, diagnostics, options, request } = listed;
  const read = await reported(of, known, response, diagnostics, "take");
  // Whether one has ended needs no more than the list has.
  if (!request.includeResource) return read;
  return withMore(of, read, { access, imported: true, options });
}

/** Finds the objects page by page. */
export async function* listObjects(
  of: ApiObject,
  declared: ListDeclaration<Attributes>,
  request: Request,
  stateOf: StateOf = (listed) => listedState(of, listed),
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
    for (const [index, item] of next.value.data.entries()) {
      const { page } = next.value;
      const result = await explained({ diagnostics: failed }, subject, () =>
        resultOf(of, declared, { page, item, index, access, options, request }, stateOf),
      );
      if (result !== "absent") yield result ?? failed;
    }
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
  stateOf: StateOf,
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
  const state = await stateOf({ ...found, known, response, diagnostics });
  if (state === undefined) return diagnostics;
  // What has ended cannot be imported.
  if (absent?.(state) === true) return "absent";
  return includeResource ? { ...result, state, diagnostics } : result;
}
