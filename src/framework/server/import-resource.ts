import { bugDiagnostic, Diagnostics } from "../diagnostic.ts";
import { PrivateState } from "../private-state.ts";
import type { Resource } from "../resource.ts";
import { checkResourceState } from "./applied-state.ts";
import type { ApplyResponse } from "./apply-resource-change.ts";
import type { CallContext, ProviderServer } from "./provider-server.ts";

/** Finds an object by its ID. The private state remembers that it was imported. */
export async function importResource<P>(
  server: ProviderServer<P>,
  resource: Resource<P>,
  id: string,
  context: CallContext,
): Promise<ApplyResponse & { readonly private: PrivateState }> {
  const diagnostics = new Diagnostics();
  const privateState = PrivateState.empty();
  privateState.imported = true;
  const nothing = { state: null, diagnostics, private: privateState };
  const configured = server.data(diagnostics);
  if (configured === undefined) return nothing;
  const result = await resource.import({
    id,
    provider: configured.data,
    private: privateState,
    diagnostics,
    signal: context.signal,
    log: context.log,
  });
  if (result instanceof Diagnostics) {
    if (result !== diagnostics) diagnostics.append(result);
    if (!diagnostics.hasError)
      diagnostics.add(bugDiagnostic(`Importing ${resource.name} gave neither a state nor an error.`));
    return nothing;
  }
  const checked = checkResourceState(result, resource.schema, null);
  if ("state" in checked) return { state: checked.state, diagnostics, private: privateState };
  diagnostics.append(checked.diagnostics);
  return nothing;
}
