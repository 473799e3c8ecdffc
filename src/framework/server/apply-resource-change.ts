import { isUnknown, type ObjectValue, type Value } from "../../cty/index.ts";
import type { Attributes } from "../attribute.ts";
import { bugDiagnostic, Diagnostics } from "../diagnostic.ts";
import type { State } from "../kind.ts";
import type { PrivateState } from "../private-state.ts";
import type { OperationRequest, Resource } from "../resource.ts";
import { checkResourceState } from "./applied-state.ts";
import { knownConfigOf } from "./config.ts";
import type { CallContext, ProviderServer } from "./provider-server.ts";

export interface ApplyRequest {
  readonly config: ObjectValue;
  /** Null: create. */
  readonly prior: ObjectValue | null;
  /** Null: delete. */
  readonly planned: ObjectValue | null;
  readonly private: PrivateState;
}

export interface ApplyResponse {
  /** Null: there is no object. */
  readonly state: ObjectValue | null;
  readonly diagnostics: Diagnostics;
}

/**
 * Creates, updates or deletes. After an error the response still says what there is: the state that the
 * author saved, else the state before; Terraform marks a creation that failed with a state as tainted.
 */
export async function applyResourceChange<P>(
  server: ProviderServer<P>,
  resource: Resource<P>,
  request: ApplyRequest,
  context: CallContext,
): Promise<ApplyResponse> {
  const diagnostics = new Diagnostics();
  const configured = server.data(diagnostics);
  if (configured === undefined) return { state: request.prior, diagnostics };
  const operation: OperationRequest<P> = {
    provider: configured.data,
    private: request.private,
    diagnostics,
    signal: context.signal,
    log: context.log,
  };
  const { prior, planned } = request;
  if (planned === null) return remove(resource, prior, operation);
  return write(resource, request, planned, operation);
}

async function remove<P>(
  resource: Resource<P>,
  prior: ObjectValue | null,
  operation: OperationRequest<P>,
): Promise<ApplyResponse> {
  const { diagnostics, log } = operation;
  if (prior === null) return { state: null, diagnostics };
  log.log("debug", "Calling provider defined Resource Delete");
  await resource.delete({ ...operation, state: prior });
  log.log("debug", "Called provider defined Resource Delete");
  return { state: diagnostics.hasError ? prior : null, diagnostics };
}

async function write<P>(
  resource: Resource<P>,
  { config, prior }: ApplyRequest,
  planned: ObjectValue,
  operation: OperationRequest<P>,
): Promise<ApplyResponse> {
  const { attributes } = resource.schema;
  const { diagnostics, log } = operation;
  let saved: ObjectValue | null = prior;
  const request = {
    ...operation,
    plan: knownConfigOf(withoutUnknown(planned), attributes),
    config: knownConfigOf(config, attributes),
    save: (state: State<Attributes>) => {
      const checked = checkResourceState(state, resource.schema, null);
      if ("state" in checked) saved = checked.state;
      else diagnostics.append(checked.diagnostics);
    },
  };
  const verb = prior === null ? "Create" : "Update";
  log.log("debug", `Calling provider defined Resource ${verb}`);
  const result = await (prior === null
    ? resource.create(request)
    : resource.update({ ...request, state: prior })
  ).catch((thrown: unknown) => {
    // A mistake of the author's must not lose what it saved before.
    if (saved === null) throw thrown;
    const message = thrown instanceof Error ? thrown.message : "something that is not an error was thrown";
    return diagnostics.add(bugDiagnostic(`${verb} of ${resource.name} failed unexpectedly: ${message}.`));
  });
  log.log("debug", `Called provider defined Resource ${verb}`);

  if (result instanceof Diagnostics) {
    if (result !== diagnostics) diagnostics.append(result);
    if (!diagnostics.hasError)
      diagnostics.add(bugDiagnostic(`${verb} of ${resource.name} gave neither a state nor an error.`));
    return { state: saved, diagnostics };
  }
  const checked = checkResourceState(result, resource.schema, planned);
  if ("diagnostics" in checked) {
    // What there is must not be lost over a mistake of ours: the object costs money.
    diagnostics.append(checked.diagnostics);
    const asReturned = checkResourceState(result, resource.schema, null);
    return { state: "state" in asReturned ? asReturned.state : saved, diagnostics };
  }
  operation.private.imported = false;
  return { state: checked.state, diagnostics };
}

/** What the practitioner left to the provider is null for the author, not unknown. */
function withoutUnknown(object: ObjectValue): ObjectValue {
  return Object.fromEntries(
    Object.entries(object).map(([name, value]): [string, Value] => [name, isUnknown(value) ? null : value]),
  );
}
