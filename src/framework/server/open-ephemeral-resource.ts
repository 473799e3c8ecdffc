import type { ObjectValue } from "../../cty/index.ts";
import { bugDiagnostic, Diagnostics } from "../diagnostic.ts";
import type { EphemeralResource } from "../ephemeral-resource.ts";
import { knownConfigOf } from "./config.ts";
import type { CallContext, ProviderServer, StateResponse } from "./provider-server.ts";
import { checkState } from "./state.ts";

/** Opens an ephemeral resource: config in, checked result or diagnostics out. */
export async function openEphemeralResource<P>(
  server: ProviderServer<P>,
  resource: EphemeralResource<P>,
  config: ObjectValue,
  context: CallContext,
): Promise<StateResponse> {
  const diagnostics = new Diagnostics();
  const nothing: StateResponse = { state: undefined, diagnostics };
  const configured = server.data(diagnostics);
  if (configured === undefined) return nothing;
  context.log.log("debug", "Calling provider defined EphemeralResource Open");
  const result = await resource.open({
    config: knownConfigOf(config, resource.schema.attributes),
    provider: configured.data,
    diagnostics,
    signal: context.signal,
    log: context.log,
  });
  context.log.log("debug", "Called provider defined EphemeralResource Open");
  if (result instanceof Diagnostics) {
    if (result !== diagnostics) diagnostics.append(result);
    if (!diagnostics.hasError)
      diagnostics.add(bugDiagnostic(`Opening ${resource.name} gave neither a value nor an error.`));
    return nothing;
  }
  if (diagnostics.hasError) return nothing;
  const checked = checkState(result, resource.schema, config);
  if ("state" in checked) return { state: checked.state, diagnostics };
  diagnostics.append(checked.diagnostics);
  return nothing;
}
