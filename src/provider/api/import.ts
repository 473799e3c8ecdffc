import type { Attributes, Diagnostics, ImportedState, ImportRequest } from "../../framework/index.ts";
import { pathSegment } from "../../openai/index.ts";
import type { OpenAIProvider } from "../openai-provider.ts";
import { operationTime } from "./arguments.ts";
import type { ApiObject } from "./declaration.ts";
import { identityNames, knownByIds } from "./identity.ts";
import { withMore } from "./more.ts";
import { parentsOf } from "./object-names.ts";
import { explained, reported, retrieve, subjectOf } from "./request.ts";
import { markSeen } from "./visibility.ts";

/** Finds an object by its identity, or by its ID with the IDs of what it belongs to before it: `vs_abc123/file-abc123`. */
export async function importObject(
  of: ApiObject,
  request: ImportRequest<OpenAIProvider>,
): Promise<ImportedState<Attributes> | Diagnostics> {
  const { id, identity, provider, diagnostics, signal, log } = request;
  const names = identityNames(of);
  const split = names.length === 1 ? [id] : id.split("/");
  const ids = identity === undefined ? split : names.map((name) => String(identity[name] ?? ""));
  if (ids.length !== names.length || ids.some((each) => !pathSegment(each).ok))
    return invalidId(of, id, diagnostics);
  const access = provider.access(null, { diagnostics, log, object: "resource", key: of.key });
  if (access === undefined) return diagnostics;
  const known = knownByIds(of, ids);
  const timeLeft = operationTime(null, "read");
  const options = () => ({ signal, timeoutMs: timeLeft() });
  const state = await explained(request, subjectOf(of, access, "read", known), async () => {
    const response = await retrieve(of, access, known, options());
    const read = await reported(of, known, response, diagnostics, "take");
    return withMore(of, read, { access, imported: true, options });
  });
  if (state === undefined) return diagnostics;
  markSeen(request.private);
  return state;
}

/** How an import names an object: `{vector_store_id}/file-abc123`. */
export function importForm(of: ApiObject): string {
  return [...parentsOf(of).map((name) => `{${name}}`), of.id].join("/");
}

function invalidId(of: ApiObject, id: string, diagnostics: Diagnostics): Diagnostics {
  return diagnostics.addError(
    "Invalid ID",
    `${JSON.stringify(id)} is not the ID of a ${of.noun}. An import names it as ${importForm(of)}.\n\n` +
      `For example: terraform import ${of.name}.example "${importForm(of)}".`,
  );
}
