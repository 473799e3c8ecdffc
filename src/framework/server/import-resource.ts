import { equals, type ObjectValue } from "../../cty/index.ts";
import { bugDiagnostic, Diagnostics } from "../diagnostic.ts";
import { type IdentitySchema, identityIn } from "../identity.ts";
import { PrivateState } from "../private-state.ts";
import type { Resource } from "../resource.ts";
import { checkImportedState } from "./applied-state.ts";
import type { ResourceResponse } from "./apply-resource-change.ts";
import { attempt, failedWithoutError } from "./exception.ts";
import type { CallContext, ProviderServer } from "./provider-server.ts";
import { checked } from "./state.ts";
import { Stop } from "./stop.ts";

/** Finds an object by its ID or by its identity. The private state remembers that it was imported. */
export async function importResource<P>(
  server: ProviderServer<P>,
  resource: Resource<P>,
  target: string | ObjectValue,
  context: CallContext,
): Promise<ResourceResponse> {
  const diagnostics = new Diagnostics();
  const stop = new Stop(context.signal);
  const privateState = PrivateState.unapplied();
  const nothing: ResourceResponse = { state: null, private: privateState, diagnostics, stop };
  const configured = server.data(diagnostics);
  if (configured === undefined) return nothing;
  const request = {
    ...named(resource, target),
    provider: configured.data,
    private: privateState,
    diagnostics,
  };
  const { signal, log } = context;
  log.log("debug", "Calling provider defined Resource ImportState");
  const result = await attempt(() => resource.import({ ...request, signal, log }), diagnostics, context);
  log.log("debug", "Called provider defined Resource ImportState");
  if (result instanceof Diagnostics || result === null || result === undefined) {
    failedWithoutError(result, diagnostics, `Importing ${resource.name} gave neither a state nor an error.`);
    return nothing;
  }
  if (diagnostics.hasError) return nothing;
  const found = await checked(checkImportedState(result, resource.schema), stop);
  if ("diagnostics" in found) {
    diagnostics.append(found.diagnostics);
  } else if (isOther(resource.identity, found.state, target)) {
    diagnostics.add(bugDiagnostic(`Importing ${resource.name} gave another object than its identity names.`));
  } else return { ...nothing, state: found.state };
  return nothing;
}

/** What an import names the object by: values of an identity in the order in which it declares them. */
function named<P>({ identity: schema }: Resource<P>, target: string | ObjectValue) {
  if (typeof target === "string") return { id: target, identity: undefined };
  const values = Object.keys(schema?.attributes ?? {}).map((name) => target[name] ?? "");
  return { id: values.join("/"), identity: target };
}

/** Whether an imported state has another identity than the import gave. What the import left out may be anything. */
function isOther(
  schema: IdentitySchema | undefined,
  state: ObjectValue,
  target: string | ObjectValue,
): boolean {
  if (schema === undefined || typeof target === "string") return false;
  const found = identityIn(schema, state);
  const asked = {
    ...found,
    ...Object.fromEntries(Object.entries(target).filter(([, given]) => given !== null)),
  };
  return found !== null && !equals(found, asked, schema.type);
}
