import {
  type Attributes,
  Diagnostics,
  type ListRequest,
  type ListResource,
  type ListResult,
} from "../../framework/index.ts";
import { isJsonObject, type JsonValue, type Page, unexpectedShape } from "../../openai/index.ts";
import { listResource } from "../define.ts";
import type { OpenAIProvider } from "../openai-provider.ts";
import { operationTime } from "./arguments.ts";
import { parentArguments } from "./data-source.ts";
import { type ApiObject, type ListDeclaration, parentsOf } from "./declaration.ts";
import { identityNames, knownByIds } from "./identity.ts";
import { listPages, orderArguments } from "./list-pages.ts";
import { explained, reported, subjectOf } from "./request.ts";

/** The list resource of an object: by it `terraform query` finds what an import can take into state. */
export function apiListResource(
  of: ApiObject,
  declared: ListDeclaration<Attributes>,
): ListResource<OpenAIProvider> {
  return listResource({
    name: of.name,
    description: `Finds ${of.noun}s, for \`terraform query\` to write import blocks and configurations of.`,
    attributes: { ...parentArguments(of), ...declared.filters, ...orderArguments(declared) } as Attributes,
    list: (request) => listObjects(of, declared, request),
  });
}

async function* listObjects(
  of: ApiObject,
  declared: ListDeclaration<Attributes>,
  request: ListRequest<Attributes, OpenAIProvider>,
): AsyncGenerator<ListResult | Diagnostics, void, undefined> {
  const { config, limit, provider, signal, log } = request;
  const diagnostics = new Diagnostics();
  const access = provider.access(null, { diagnostics, log, object: "resource" });
  if (access === undefined) return yield diagnostics;
  // Each page has its own time: how long Terraform takes over what it gets is nothing of the API's.
  const options = () => ({ signal, timeoutMs: operationTime(null, "read")() });
  const pages = listPages(of, declared, { access, config, limit, options, log });
  const subject = { ...subjectOf(of, access, "read", config), list: true };
  for (;;) {
    const results = await explained({ diagnostics }, subject, async () => {
      const { value } = await pages.next();
      const found: ListResult[] = [];
      for (const [index, item] of (value?.data ?? []).entries()) {
        if (value !== undefined)
          found.push(await resultOf(of, declared, request, { page: value.page, item, index }));
      }
      return found;
    });
    if (results === undefined) return yield diagnostics;
    if (results.length === 0) return;
    yield* results;
  }
}

interface Found {
  readonly page: Page;
  readonly item: JsonValue;
  readonly index: number;
}

async function resultOf(
  of: ApiObject,
  declared: ListDeclaration<Attributes>,
  { config, includeResource }: ListRequest<Attributes, OpenAIProvider>,
  { page, item, index }: Found,
): Promise<ListResult> {
  const id = isJsonObject(item) ? item.get("id") : undefined;
  if (!isJsonObject(item) || typeof id !== "string" || id === "") {
    throw unexpectedShape(page, `data[${index}].id: a string was expected`);
  }
  const known = knownByIds(of, [...parentsOf(of).map((name) => String(config[name])), id]);
  const diagnostics = new Diagnostics();
  const state = await reported(of, known, { ...page, body: item }, diagnostics, "take");
  const name = declared.displayName === undefined ? null : state[declared.displayName];
  return {
    identity: Object.fromEntries(identityNames(of).map((each) => [each, state[each]])),
    displayName: typeof name === "string" && name !== "" ? name : id,
    ...(includeResource ? { state, diagnostics } : {}),
  };
}
