import {
  DynamicValue,
  isUnknown,
  isWhollyKnown,
  type ObjectValue,
  objectValue,
  type Value,
} from "../../cty/index.ts";
import type { Attributes } from "../attribute.ts";
import { bugDiagnostic, Diagnostics } from "../diagnostic.ts";
import type { PlannedComputed, State } from "../kind.ts";
import { PrivateState } from "../private-state.ts";
import type { OperationRequest, Resource } from "../resource.ts";
import { isObjectValue } from "../walk.ts";
import { checkResourceState, salvageState } from "./applied-state.ts";
import { knownConfigOf } from "./config.ts";
import { attempt, failedWithoutError } from "./exception.ts";
import type { CallContext, ProviderServer } from "./provider-server.ts";
import { checked } from "./state.ts";
import type { Stop } from "./stop.ts";

export interface ApplyRequest {
  readonly config: ObjectValue;
  /** Null: create. */
  readonly prior: ObjectValue | null;
  /** Null: delete. */
  readonly planned: ObjectValue | null;
  readonly private: PrivateState;
}

/** The answer of each operation on a resource. */
export interface ResourceResponse {
  /** Null: there is no object. */
  readonly state: ObjectValue | null;
  /** The state's bytes, where its check made them. */
  readonly encoded?: Buffer | undefined;
  readonly private: PrivateState;
  readonly diagnostics: Diagnostics;
  /** What ends the encoding of the state, too. Absent where it is encoded whatever is cancelled. */
  readonly stop?: Stop;
}

/**
 * Creates, updates or deletes. After an error or an exception the response still says what there is: the
 * state that the author saved, else the state before; Terraform marks a creation that failed with a state
 * as tainted.
 */
export async function applyResourceChange<P>(
  server: ProviderServer<P>,
  resource: Resource<P>,
  request: ApplyRequest,
  context: CallContext,
): Promise<ResourceResponse> {
  const { prior, planned } = request;
  const diagnostics = new Diagnostics();
  // Where one object replaces another, Terraform plans with what was kept of the old one.
  const privateState = prior === null ? PrivateState.empty() : request.private;
  const configured = server.data(diagnostics);
  if (configured === undefined) return { state: prior, private: privateState, diagnostics };
  const operation: OperationRequest<P> = {
    provider: configured.data,
    private: privateState,
    diagnostics,
    signal: context.signal,
    log: context.log,
  };
  const state =
    planned === null
      ? await remove(resource, prior, operation)
      : await write(resource, request, planned, operation);
  return { state, private: privateState, diagnostics };
}

async function remove<P>(
  resource: Resource<P>,
  prior: ObjectValue | null,
  operation: OperationRequest<P>,
): Promise<ObjectValue | null> {
  const { diagnostics, log } = operation;
  if (prior === null) return null;
  log.log("debug", "Calling provider defined Resource Delete");
  await attempt(() => resource.delete({ ...operation, state: prior }), diagnostics, operation);
  log.log("debug", "Called provider defined Resource Delete");
  return diagnostics.hasError ? prior : null;
}

async function write<P>(
  resource: Resource<P>,
  { config, prior }: ApplyRequest,
  planned: ObjectValue,
  operation: OperationRequest<P>,
): Promise<ObjectValue | null> {
  const { schema } = resource;
  const { diagnostics, log } = operation;
  let saved: ObjectValue | null = prior;
  /** Keeps a state, or of one that is wrong what is right of it: the object exists, and it costs money. */
  const keep = async (state: unknown, plan: ObjectValue | null): Promise<boolean> => {
    // To its end, whatever is cancelled.
    const found = await checked(checkResourceState(state, schema, plan));
    if ("diagnostics" in found) diagnostics.append(found.diagnostics);
    saved = "state" in found ? found.state : salvageState(state, schema, saved);
    return "state" in found;
  };
  const toKeep: State<Attributes>[] = [];
  const request = {
    ...operation,
    plan: knownConfigOf(unknownAsNull(planned), schema.attributes),
    computed: computedOf(planned, schema.attributes),
    config: knownConfigOf(config, schema.attributes),
    save: (state: State<Attributes>) => {
      toKeep.push(state);
    },
  };
  const verb = prior === null ? "Create" : "Update";
  log.log("debug", `Calling provider defined Resource ${verb}`);
  const result = await attempt(
    async () => {
      if (prior === null) return resource.create(request);
      return resource.update?.({ ...request, state: prior }) ?? adopted(resource, prior, planned, operation);
    },
    diagnostics,
    operation,
  );
  log.log("debug", `Called provider defined Resource ${verb}`);
  for (const state of toKeep) await keep(state, null);

  if (result instanceof Diagnostics || result === null || result === undefined) {
    failedWithoutError(result, diagnostics, `${verb} of ${resource.name} gave neither a state nor an error.`);
  } else if (await keep(result, planned)) {
    operation.private.imported = false;
  }
  return saved;
}

/**
 * The update of a resource that has none. Every change of an argument replaces it, but for what an import left
 * null: that only changes the state.
 */
function adopted<P>(
  { name }: Resource<P>,
  prior: ObjectValue,
  planned: ObjectValue,
  operation: OperationRequest<P>,
): ObjectValue | Diagnostics {
  if (!operation.private.imported) {
    return operation.diagnostics.add(
      bugDiagnostic(`${name} has no update, and a change in place was planned.`),
    );
  }
  return objectValue(
    Object.entries(planned).map(([attribute, value]) => [
      attribute,
      isWhollyKnown(value) ? value : (prior[attribute] ?? null),
    ]),
  );
}

/** What is planned for computed attributes, unknown values included. */
function computedOf<A extends Attributes>(planned: ObjectValue, attributes: A): PlannedComputed<A>;
function computedOf(planned: ObjectValue, attributes: Attributes): ObjectValue {
  return objectValue(
    Object.entries(planned).filter(([name]) => {
      const mode = attributes[name]?.mode;
      return mode === "computed" || mode === "optional_computed";
    }),
  );
}

/** What the plan leaves to the provider is null for the author, not unknown; at every depth. */
function unknownAsNull(object: ObjectValue): ObjectValue {
  return objectValue(Object.entries(object).map(([name, value]) => [name, nullInside(value)]));
}

function nullInside(value: Value): Value {
  if (isUnknown(value)) return null;
  if (Array.isArray(value)) return value.map(nullInside);
  if (value instanceof Map) return new Map([...value].map(([key, each]) => [key, nullInside(each)]));
  if (value instanceof DynamicValue) return new DynamicValue(value.type, nullInside(value.value));
  return isObjectValue(value) ? unknownAsNull(value) : value;
}
