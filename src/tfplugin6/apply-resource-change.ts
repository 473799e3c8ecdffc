import { Diagnostics, PrivateState } from "../framework/index.ts";
import { applyResourceChange as apply } from "../framework/server/index.ts";
import type { Input } from "../protobuf/input.ts";
import { decodeConfig, decodeObject, encodeObject } from "./dynamic-value.ts";
import type { ApplyResourceChange_Request, ApplyResourceChange_Response } from "./messages.gen.ts";
import { toIdentity } from "./resource-identity.ts";
import type { Rpc } from "./rpc.ts";
import { toDiagnostics } from "./to-diagnostic.ts";

export const applyResourceChange: Rpc<ApplyResourceChange_Request, ApplyResourceChange_Response> = {
  logFields: (request) => ({ tf_resource_type: request.type_name }),
  async handle(request, call): Promise<Input<ApplyResourceChange_Response>> {
    const diagnostics = new Diagnostics();
    const resource = await call.server.resource(request.type_name, diagnostics);
    if (resource === undefined) return { diagnostics: toDiagnostics(diagnostics) };
    const { schema } = resource;
    const change = {
      config: decodeConfig(request.config, schema),
      prior: decodeObject(request.prior_state, schema),
      planned: decodeObject(request.planned_state, schema),
      private: PrivateState.decode(request.planned_private),
    };
    const response = await apply(call.server, resource, change, call);
    return {
      new_state: await encodeObject(response.state, schema),
      ...(response.state === null
        ? {}
        : { new_identity: toIdentity(resource, [response.state, change.prior], request.planned_identity) }),
      private: response.private.encode(),
      diagnostics: toDiagnostics(response.diagnostics, schema),
    };
  },
};
