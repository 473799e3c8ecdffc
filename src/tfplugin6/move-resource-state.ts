import { Diagnostics } from "../framework/index.ts";
import { moveResourceState as move } from "../framework/server/index.ts";
import type { Input } from "../protobuf/input.ts";
import { encodeObject } from "./dynamic-value.ts";
import type { MoveResourceState_Request, MoveResourceState_Response } from "./messages.gen.ts";
import { toIdentity } from "./resource-identity.ts";
import type { Rpc } from "./rpc.ts";
import { toDiagnostics } from "./to-diagnostic.ts";
import { jsonOf } from "./upgrade-resource-state.ts";

/** A `moved` block across types. Terraform does not ask without the capability; OpenTofu asks all the same. */
export const moveResourceState: Rpc<MoveResourceState_Request, MoveResourceState_Response> = {
  logFields: (request) => ({ tf_resource_type: request.target_type_name }),
  async handle(request, call): Promise<Input<MoveResourceState_Response>> {
    const diagnostics = new Diagnostics();
    const resource = await call.server.resource(request.target_type_name, diagnostics);
    if (resource === undefined) return { diagnostics: toDiagnostics(diagnostics) };
    const source = {
      provider: request.source_provider_address,
      type: request.source_type_name,
      version: request.source_schema_version,
      json: jsonOf(request.source_state),
    };
    const response = await move(resource, source, call);
    if (response.state === null) return { diagnostics: toDiagnostics(response.diagnostics) };
    return {
      target_state: await encodeObject(response.state, resource.schema),
      target_identity: toIdentity(resource, [response.state]),
      target_private: response.private.encode(),
      diagnostics: toDiagnostics(response.diagnostics),
    };
  },
};
