import type { ObjectValue } from "../../cty/index.ts";
import type { Action } from "../action.ts";
import type { DataSource } from "../data-source.ts";
import { bugDiagnostic, type Diagnostic, type Diagnostics } from "../diagnostic.ts";
import type { EphemeralResource } from "../ephemeral-resource.ts";
import type { ListResource } from "../list-resource.ts";
import type { Logger } from "../log.ts";
import type { Objects, ServedProvider } from "../provider.ts";
import type { Resource } from "../resource.ts";
import type { FittingState } from "./state.ts";
import type { Stop } from "./stop.ts";

/** What the protocol's edge passes on with each call. */
export interface CallContext {
  /** Aborted when Terraform cancels the call or stops the provider. */
  readonly signal: AbortSignal;
  /** Carries request id, RPC and object type. */
  readonly log: Logger;
}

/**
 * One provider in one process: its declaration, and what its last Configure made. A debug process
 * serves many configurations one after another, so what Configure makes is replaceable.
 */
export class ProviderServer<P = unknown> {
  readonly provider: ServedProvider<P>;
  readonly #log: Logger;
  #configured: { readonly data: P } | undefined;
  // Not one signal that all listen to: Node warns of a leak at the eleventh listener.
  readonly #inFlight = new Set<AbortController>();

  constructor(provider: ServedProvider<P>, log: Logger) {
    this.provider = provider;
    this.#log = log;
  }

  get log(): Logger {
    return this.#log;
  }

  /** A call's own controller, which `stop` aborts until the call is given to `end`. */
  begin(): AbortController {
    const call = new AbortController();
    this.#inFlight.add(call);
    return call;
  }

  end(call: AbortController): void {
    this.#inFlight.delete(call);
  }

  /** Ends all calls in flight; later ones are served as before (tf6server's stoppableContext). */
  stop(): void {
    for (const call of this.#inFlight) call.abort();
  }

  configured(data: P): void {
    this.#configured = { data };
  }

  /** What Configure made, or the diagnostic for a client that did not configure. */
  data(diagnostics: Diagnostics): { readonly data: P } | undefined {
    if (this.#configured === undefined) {
      diagnostics.add(bugDiagnostic("Terraform asked for an object before it configured the provider."));
    }
    return this.#configured;
  }

  /** The data source of a name, or the diagnostic that names those there are. */
  dataSource(name: string, diagnostics: Diagnostics): Promise<DataSource<P> | undefined> {
    return find("data source", name, this.provider.dataSources, diagnostics);
  }

  resource(name: string, diagnostics: Diagnostics): Promise<Resource<P> | undefined> {
    return find("resource", name, this.provider.resources, diagnostics);
  }

  ephemeralResource(name: string, diagnostics: Diagnostics): Promise<EphemeralResource<P> | undefined> {
    return find("ephemeral resource", name, this.provider.ephemeralResources, diagnostics);
  }

  listResource(name: string, diagnostics: Diagnostics): Promise<ListResource<P> | undefined> {
    return find("list resource", name, this.provider.listResources, diagnostics);
  }

  action(name: string, diagnostics: Diagnostics): Promise<Action<P> | undefined> {
    return find("action", name, this.provider.actions, diagnostics);
  }
}

async function find<T>(
  what: string,
  name: string,
  objects: Objects<T>,
  diagnostics: Diagnostics,
): Promise<T | undefined> {
  const object = await objects.get(name);
  if (object === undefined) diagnostics.add(unknownType(what, name, objects.keys()));
  return object;
}

function unknownType(what: string, name: string, known: Iterable<string>): Diagnostic {
  return {
    severity: "error",
    summary: `Unknown ${what} type`,
    detail: `This provider has no ${what} "${name}". It has: ${[...known].join(", ") || "none"}.`,
  };
}

/** The answer of a read: a state, diagnostics, or a state with warnings. */
export interface StateResponse {
  readonly state: ObjectValue | undefined;
  /** The state's bytes, where its check made them. */
  readonly encoded?: Buffer | undefined;
  readonly diagnostics: Diagnostics;
  /** What ends the encoding of the state, too. */
  readonly stop: Stop;
}

/** The answer of a read that found a state, which is made when asked for: mostly its bytes are enough. */
export function stateResponse(found: FittingState, diagnostics: Diagnostics, stop: Stop): StateResponse {
  const { encoded } = found;
  return {
    get state() {
      return found.state;
    },
    encoded,
    diagnostics,
    stop,
  };
}
