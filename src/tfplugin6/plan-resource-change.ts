import { Diagnostics, PrivateState } from "../framework/index.ts";
import { planResourceChange as plan, planDestruction } from "../framework/server/index.ts";
import type { Input } from "../protobuf/input.ts";
import { decodeConfig, decodeObject, encodeObject } from "./dynamic-value.ts";
import type { PlanResourceChange_Request, PlanResourceChange_Response } from "./messages.gen.ts";
import { toIdentity } from "./resource-identity.ts";
import type { Rpc } from "./rpc.ts";
import { toAttributePath, toDiagnostics } from "./to-diagnostic.ts";

export const planResourceChange: Rpc<PlanResourceChange_Request, PlanResourceChange_Response> = {
  logFields: (request) => ({ tf_resource_type: request.type_name }),
  async handle(request, call): Promise<Input<PlanResourceChange_Response>> {
    const diagnostics = new Diagnostics();
    const resource = await call.server.resource(request.type_name, diagnostics);
    if (resource === undefined) return { diagnostics: toDiagnostics(diagnostics) };
    const { schema } = resource;
    const proposed = decodeObject(request.proposed_new_state, schema);
    const unchanged = { planned_private: request.prior_private };
    // A destruction is planned as null, and nothing else will do.
    const prior = decodeObject(request.prior_state, schema);
    // What is to be created has none yet, and what is changed keeps its own.
    const planned_identity =
      prior === null ? undefined : toIdentity(resource, [prior], request.prior_identity);
    if (proposed === null) {
      if (prior !== null) diagnostics.append(await planDestruction(resource, prior, call));
      return {
        planned_state: await encodeObject(null, schema),
        planned_identity,
        diagnostics: toDiagnostics(diagnostics, schema),
        ...unchanged,
      };
    }
    const change = {
      config: decodeConfig(request.config, schema),
      prior,
      proposed,
      private: PrivateState.decode(request.prior_private),
    };
    const response = await plan(call.server, resource, change, call);
    return {
      planned_state: await encodeObject(response.planned, schema),
      planned_identity,
      requires_replace: response.requiresReplace.map(toAttributePath),
      diagnostics: toDiagnostics(response.diagnostics, schema),
      ...unchanged,
    };
  },
};
