import type { Attributes, Diagnostics, ImportedState, ImportRequest } from "../../framework/index.ts";
import { pathSegment } from "../../openai/index.ts";
import { isKey, keyDetail } from "../http-validators.ts";
import type { OpenAIProvider } from "../openai-provider.ts";
import { recordSeen } from "./answer-record.ts";
import { operationTime } from "./arguments.ts";
import type { ApiObject } from "./declaration.ts";
import { exampleOf } from "./id-hints.ts";
import { identityNames, knownByIds } from "./identity.ts";
import { withMore } from "./more.ts";
import { importForm, knownId, organizationId } from "./object-id.ts";
import { parentsOf, titleOf, withArticle } from "./object-names.ts";
import { explained, reported, retrieve, subjectOf } from "./request.ts";
import { markSeen } from "./visibility.ts";

/** Finds an object by its identity, or by its ID with the IDs of what it belongs to before it: `vs_abc123/file-abc123`. */
export async function importObject(
  of: ApiObject,
  request: ImportRequest<OpenAIProvider>,
): Promise<ImportedState<Attributes> | Diagnostics> {
  const { id, identity, provider, diagnostics, signal, log } = request;
  const named = namedBy(of, id, identity);
  if (named === undefined) return invalidId(of, id, diagnostics);
  const access = provider.access(null, { diagnostics, log, object: "resource", key: of.key });
  if (access === undefined) return diagnostics;
  const known = { ...knownByIds(of, named.ids), ...named.more };
  const timeLeft = operationTime(null, "read", access.openai);
  const options = () => ({ signal, timeoutMs: timeLeft() });
  const state = await explained(request, subjectOf(of, access, "read", known), async () => {
    const response = await retrieve(of, access, known, options());
    if (of.resource?.keeps === undefined) markSeen(request.private);
    else recordSeen(request.private, access, response);
    const read = await reported(of, known, response, diagnostics, "take");
    return withMore(of, read, { access, imported: true, options, call: request });
  });
  return state === undefined || diagnostics.hasError ? diagnostics : state;
}

interface Named {
  /** As `identityNames` has them. */
  readonly ids: readonly string[];
  /** Arguments that the API does not report. */
  readonly more: Readonly<Record<string, string>>;
}

/** What an import names. Undefined for an ID that no request could be made of. */
function namedBy(
  of: ApiObject,
  id: string,
  identity: ImportRequest<OpenAIProvider>["identity"],
): Named | undefined {
  const names = identityNames(of);
  const optional = of.resource?.importArguments ?? [];
  const whole = names.length === 1 && optional.length === 0;
  const given = identity === undefined ? (whole ? [id] : id.split("/")) : [];
  const ids =
    identity === undefined ? given.slice(0, names.length) : names.map((name) => String(identity[name] ?? ""));
  const rest = given.slice(names.length);
  if (ids.length !== names.length || rest.length > optional.length) return undefined;
  if ([...ids, ...rest].some((each) => isKey(each) || !pathSegment(each).ok)) return undefined;
  const more = rest.map((value, index) => [optional[index] ?? "", value] as const);
  const only = of.singleton === true && parentsOf(of).length === 0 ? knownId(of, {}) : undefined;
  if (only === undefined) return { ids, more: Object.fromEntries(more) };
  // There is one, whatever an import calls it; an identity has to be its own.
  return identity !== undefined && ids[0] !== only ? undefined : { ids: [only], more: {} };
}

function invalidId(of: ApiObject, id: string, diagnostics: Diagnostics): Diagnostics {
  if (id.split("/").some(isKey)) return diagnostics.addError("Invalid ID", keyDetail);
  return diagnostics.addError(
    "Invalid ID",
    `${JSON.stringify(id)} is not the ID of ${withArticle(of.noun)}. An import names it as ${importForm(of)}.\n\n` +
      `For example: terraform import ${of.name}.example "${importExample(of)}".`,
  );
}

/** An import's ID as a configuration has it, with the parents that are known: `proj_abc123/key_abc123`. */
export function importExample(of: ApiObject, known: { readonly [name: string]: unknown } = {}): string {
  const parents = parentsOf(of).map((name) => {
    const value = known[name];
    return typeof value === "string" ? value : exampleOf(of, name) || `{${name}}`;
  });
  if (of.singleton === true) return parents.length > 0 ? parents.join("/") : organizationId;
  return [...parents, of.id].join("/");
}

/** Said in the plan: what the API cannot create must be imported before anything else is applied. */
export function refuseCreation(
  of: ApiObject,
  known: { readonly [name: string]: unknown },
  diagnostics: Diagnostics,
): void {
  diagnostics.addError(
    `${titleOf(of)} cannot be created`,
    `The API does not create ${withArticle(of.noun)}, and the state has none at this address. If it exists, an import takes it into ` +
      `state. Write beside the resource, with its address and the ID:\n\n` +
      `  import {\n    to = ${of.name}.example\n    id = "${importExample(of, known)}"\n  }` +
      (of.resource?.madeBy === undefined ? "" : `\n\nIf it does not exist: ${of.resource.madeBy}`),
  );
}
