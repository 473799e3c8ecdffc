import { isWhollyKnown, type ObjectValue } from "../../cty/index.ts";
import { bugDiagnostic, Diagnostics } from "../diagnostic.ts";
import type { EphemeralResource } from "../ephemeral-resource.ts";
import { PrivateState } from "../private-state.ts";
import { knownConfigOf } from "./config.ts";
import { attempt, failedWithoutError } from "./exception.ts";
import {
  type CallContext,
  type ProviderServer,
  type StateResponse,
  stateResponse,
} from "./provider-server.ts";
import { checked, checkState } from "./state.ts";
import { Stop } from "./stop.ts";

export interface OpenResponse extends StateResponse {
  readonly private: PrivateState;
  readonly renewAt: Date | undefined;
}

/** Opens an ephemeral resource: config in, checked result or diagnostics out. */
export async function openEphemeralResource<P>(
  server: ProviderServer<P>,
  resource: EphemeralResource<P>,
  config: ObjectValue,
  context: CallContext,
): Promise<OpenResponse> {
  const diagnostics = new Diagnostics();
  const stop = new Stop(context.signal);
  const privateState = PrivateState.unapplied();
  const nothing: OpenResponse = {
    state: undefined,
    diagnostics,
    stop,
    private: privateState,
    renewAt: undefined,
  };
  const configured = server.data(diagnostics);
  if (configured === undefined) return nothing;
  const { name, schema } = resource;
  if (!isWhollyKnown(config)) {
    diagnostics.add(bugDiagnostic(`Terraform asked to open ${name} with arguments that are not known yet.`));
    return nothing;
  }
  let renewAt: Date | undefined;
  const { signal, log } = context;
  const request = {
    config: knownConfigOf(config, schema.attributes),
    provider: configured.data,
    private: privateState,
    diagnostics,
    signal,
    limit: stop.limit,
    log,
    renewAt: (at: Date) => {
      if (resource.renew === undefined) throw new Error(`${name} asks for a renewal and has no renew`);
      renewAt = at;
    },
  };
  log.log("debug", "Calling provider defined EphemeralResource Open");
  const result = await attempt(() => resource.open(request), diagnostics, context);
  log.log("debug", "Called provider defined EphemeralResource Open");
  if (result instanceof Diagnostics || result === null || result === undefined) {
    failedWithoutError(result, diagnostics, `Opening ${name} gave neither a value nor an error.`);
    return nothing;
  }
  if (diagnostics.hasError) return nothing;
  const found = await checked(checkState(result, schema, config), stop);
  if ("state" in found)
    return Object.assign(stateResponse(found, diagnostics, stop), { private: privateState, renewAt });
  diagnostics.append(found.diagnostics);
  return nothing;
}
