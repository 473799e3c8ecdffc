import { isWhollyKnown, type ObjectValue } from "../../cty/index.ts";
import { bugDiagnostic, Diagnostics } from "../diagnostic.ts";
import type { EphemeralResource } from "../ephemeral-resource.ts";
import { knownConfigOf } from "./config.ts";
import { attempt, failedWithoutError } from "./exception.ts";
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
  const { name, schema } = resource;
  if (!isWhollyKnown(config)) {
    diagnostics.add(bugDiagnostic(`Terraform asked to open ${name} with arguments that are not known yet.`));
    return nothing;
  }
  const request = {
    config: knownConfigOf(config, schema.attributes),
    provider: configured.data,
    diagnostics,
  };
  const { signal, log } = context;
  log.log("debug", "Calling provider defined EphemeralResource Open");
  const result = await attempt(() => resource.open({ ...request, signal, log }), diagnostics, context);
  log.log("debug", "Called provider defined EphemeralResource Open");
  if (result instanceof Diagnostics || result === null || result === undefined) {
    failedWithoutError(result, diagnostics, `Opening ${name} gave neither a value nor an error.`);
    return nothing;
  }
  if (diagnostics.hasError) return nothing;
  const checked = checkState(result, schema, config);
  if ("state" in checked) return { state: checked.state, diagnostics };
  diagnostics.append(checked.diagnostics);
  return nothing;
}
