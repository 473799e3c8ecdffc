import type { ObjectValue } from "../../cty/index.ts";
import { bugDiagnostic, Diagnostics } from "../diagnostic.ts";
import type { PrivateState } from "../private-state.ts";
import type { Resource } from "../resource.ts";
import { checkResourceState } from "./applied-state.ts";
import type { ApplyResponse } from "./apply-resource-change.ts";
import type { CallContext, ProviderServer } from "./provider-server.ts";

/** Refreshes a resource's state. Null: the object is gone. After an error the state stays. */
export async function readResource<P>(
  server: ProviderServer<P>,
  resource: Resource<P>,
  state: ObjectValue,
  privateState: PrivateState,
  context: CallContext,
): Promise<ApplyResponse> {
  const diagnostics = new Diagnostics();
  const configured = server.data(diagnostics);
  if (configured === undefined) return { state, diagnostics };
  context.log.log("debug", "Calling provider defined Resource Read");
  const result = await resource.read({
    state,
    provider: configured.data,
    private: privateState,
    diagnostics,
    signal: context.signal,
    log: context.log,
  });
  context.log.log("debug", "Called provider defined Resource Read");
  if (result === null) return { state: null, diagnostics };
  if (result instanceof Diagnostics) {
    if (result !== diagnostics) diagnostics.append(result);
    if (!diagnostics.hasError)
      diagnostics.add(bugDiagnostic(`Reading ${resource.name} gave neither a state nor an error.`));
    return { state, diagnostics };
  }
  const checked = checkResourceState(result, resource.schema, null);
  if ("state" in checked) return { state: checked.state, diagnostics };
  return { state, diagnostics: diagnostics.append(checked.diagnostics) };
}
