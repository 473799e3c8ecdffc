import { isWhollyKnown, type ObjectValue } from "../../cty/index.ts";
import type { DataSource } from "../data-source.ts";
import { bugDiagnostic, Diagnostics } from "../diagnostic.ts";
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

/** Reads a data source: config in, checked state or diagnostics out. */
export async function readDataSource<P>(
  server: ProviderServer<P>,
  source: DataSource<P>,
  config: ObjectValue,
  context: CallContext,
): Promise<StateResponse> {
  const diagnostics = new Diagnostics();
  const stop = new Stop(context.signal);
  const nothing: StateResponse = { state: undefined, diagnostics, stop };
  const configured = server.data(diagnostics);
  if (configured === undefined) return nothing;
  if (!isWhollyKnown(config)) {
    diagnostics.add(
      bugDiagnostic(`Terraform asked to read ${source.name} with arguments that are not known yet.`),
    );
    return nothing;
  }

  const { signal, log } = context;
  const request = {
    config: knownConfigOf(config, source.schema.attributes),
    provider: configured.data,
    diagnostics,
    signal,
    limit: stop.limit,
    log,
  };
  log.log("debug", "Calling provider defined DataSource Read");
  const result = await attempt(() => source.read(request), diagnostics, context);
  log.log("debug", "Called provider defined DataSource Read");
  // The types exclude null, but Terraform's message for it would name neither object nor reason.
  if (result instanceof Diagnostics || result === null || result === undefined) {
    failedWithoutError(result, diagnostics, `Reading ${source.name} gave neither a state nor an error.`);
    return nothing;
  }
  if (diagnostics.hasError) return nothing;
  const found = await checked(checkState(result, source.schema, config), stop);
  if ("diagnostics" in found) {
    diagnostics.append(found.diagnostics);
    return nothing;
  }
  return stateResponse(found, diagnostics, stop);
}
