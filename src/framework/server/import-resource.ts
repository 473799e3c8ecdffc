import { Diagnostics } from "../diagnostic.ts";
import { PrivateState } from "../private-state.ts";
import type { Resource } from "../resource.ts";
import { checkImportedState } from "./applied-state.ts";
import type { ResourceResponse } from "./apply-resource-change.ts";
import { attempt, failedWithoutError } from "./exception.ts";
import type { CallContext, ProviderServer } from "./provider-server.ts";

/** Finds an object by its ID. The private state remembers that it was imported. */
export async function importResource<P>(
  server: ProviderServer<P>,
  resource: Resource<P>,
  id: string,
  context: CallContext,
): Promise<ResourceResponse> {
  const diagnostics = new Diagnostics();
  const privateState = PrivateState.empty();
  privateState.imported = true;
  const nothing: ResourceResponse = { state: null, private: privateState, diagnostics };
  const configured = server.data(diagnostics);
  if (configured === undefined) return nothing;
  const request = { id, provider: configured.data, private: privateState, diagnostics };
  const { signal, log } = context;
  log.log("debug", "Calling provider defined Resource ImportState");
  const result = await attempt(() => resource.import({ ...request, signal, log }), diagnostics, context);
  log.log("debug", "Called provider defined Resource ImportState");
  if (result instanceof Diagnostics || result === null || result === undefined) {
    failedWithoutError(result, diagnostics, `Importing ${resource.name} gave neither a state nor an error.`);
    return nothing;
  }
  if (diagnostics.hasError) return nothing;
  const checked = checkImportedState(result, resource.schema);
  if ("state" in checked) return { ...nothing, state: checked.state };
  diagnostics.append(checked.diagnostics);
  return nothing;
}
