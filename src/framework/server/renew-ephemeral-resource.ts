import { Diagnostics } from "../diagnostic.ts";
import type { EphemeralResource } from "../ephemeral-resource.ts";
import type { PrivateState } from "../private-state.ts";
import { attempt } from "./exception.ts";
import type { CallContext, ProviderServer } from "./provider-server.ts";

export interface RenewResponse {
  readonly private: PrivateState;
  readonly renewAt: Date | undefined;
  readonly diagnostics: Diagnostics;
}

/** Renews an open ephemeral resource. One without `renew` stays as it is. */
export async function renewEphemeralResource<P>(
  server: ProviderServer<P>,
  resource: EphemeralResource<P>,
  privateState: PrivateState,
  context: CallContext,
): Promise<RenewResponse> {
  const diagnostics = new Diagnostics();
  const nothing: RenewResponse = { private: privateState, renewAt: undefined, diagnostics };
  if (resource.renew === undefined) return nothing;
  const configured = server.data(diagnostics);
  if (configured === undefined) return nothing;
  let renewAt: Date | undefined;
  const { signal, log } = context;
  const request = {
    provider: configured.data,
    private: privateState,
    diagnostics,
    signal,
    log,
    renewAt: (at: Date) => {
      renewAt = at;
    },
  };
  log.log("debug", "Calling provider defined EphemeralResource Renew");
  await attempt(async () => resource.renew?.(request), diagnostics, context);
  log.log("debug", "Called provider defined EphemeralResource Renew");
  return diagnostics.hasError ? nothing : { ...nothing, renewAt };
}
