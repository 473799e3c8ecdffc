import { Diagnostics } from "../diagnostic.ts";
import type { EphemeralResource } from "../ephemeral-resource.ts";
import type { PrivateState } from "../private-state.ts";
import { attempt } from "./exception.ts";
import type { CallContext, ProviderServer } from "./provider-server.ts";

/** Closes an ephemeral resource. One without `close` holds nothing open. */
export async function closeEphemeralResource<P>(
  server: ProviderServer<P>,
  resource: EphemeralResource<P>,
  privateState: PrivateState,
  { signal, log }: CallContext,
): Promise<Diagnostics> {
  const diagnostics = new Diagnostics();
  if (resource.close === undefined) return diagnostics;
  const configured = server.data(diagnostics);
  if (configured === undefined) return diagnostics;
  const request = { provider: configured.data, private: privateState, diagnostics, signal, log };
  log.log("debug", "Calling provider defined EphemeralResource Close");
  await attempt(async () => resource.close?.(request), diagnostics, { signal, log });
  log.log("debug", "Called provider defined EphemeralResource Close");
  return diagnostics;
}
