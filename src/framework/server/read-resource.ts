import type { ObjectValue } from "../../cty/index.ts";
import { Diagnostics } from "../diagnostic.ts";
import type { PrivateState } from "../private-state.ts";
import type { Resource } from "../resource.ts";
import { checkResourceState } from "./applied-state.ts";
import type { ResourceResponse } from "./apply-resource-change.ts";
import { attempt, failedWithoutError } from "./exception.ts";
import type { CallContext, ProviderServer } from "./provider-server.ts";
import { checked } from "./state.ts";
import { Stop } from "./stop.ts";

/** Refreshes a resource's state. Null: the object is gone. After an error the state stays. */
export async function readResource<P>(
  server: ProviderServer<P>,
  resource: Resource<P>,
  state: ObjectValue,
  privateState: PrivateState,
  context: CallContext,
): Promise<ResourceResponse> {
  const diagnostics = new Diagnostics();
  const stop = new Stop(context.signal);
  const unchanged: ResourceResponse = { state, private: privateState, diagnostics, stop };
  const configured = server.data(diagnostics);
  if (configured === undefined) return unchanged;
  const request = { state, provider: configured.data, private: privateState, diagnostics };
  const { signal, log } = context;
  log.log("debug", "Calling provider defined Resource Read");
  const result = await attempt(
    () => resource.read({ ...request, signal, log, limit: stop.limit }),
    diagnostics,
    context,
  );
  log.log("debug", "Called provider defined Resource Read");
  if (result instanceof Diagnostics || result === undefined) {
    failedWithoutError(result, diagnostics, `Reading ${resource.name} gave neither a state nor an error.`);
    return unchanged;
  }
  if (diagnostics.hasError) return unchanged;
  if (result === null) return { ...unchanged, state: null };
  const found = await checked(checkResourceState(result, resource.schema, null), stop);
  if ("state" in found) return { ...unchanged, state: found.state, encoded: found.encoded };
  diagnostics.append(found.diagnostics);
  return unchanged;
}
