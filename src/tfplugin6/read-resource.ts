import { Diagnostics, PrivateState } from "../framework/index.ts";
import { readResource as read } from "../framework/server/index.ts";
import type { Input } from "../protobuf/input.ts";
import { decodeObject, encodeObject, encodeState } from "./dynamic-value.ts";
import type { ReadResource_Request, ReadResource_Response } from "./messages.gen.ts";
import { toIdentity } from "./resource-identity.ts";
import type { Rpc } from "./rpc.ts";
import { toDiagnostics } from "./to-diagnostic.ts";

export const readResource: Rpc<ReadResource_Request, ReadResource_Response> = {
  logFields: (request) => ({ tf_resource_type: request.type_name }),
  async handle(request, call): Promise<Input<ReadResource_Response>> {
    const diagnostics = new Diagnostics();
    const resource = await call.server.resource(request.type_name, diagnostics);
    if (resource === undefined) return { diagnostics: toDiagnostics(diagnostics) };
    const state = decodeObject(request.current_state, resource.schema);
    if (state === null) return { new_state: await encodeObject(null, resource.schema) };
    const privateState = PrivateState.decode(request.private);
    const response = await read(call.server, resource, state, privateState, call);
    return {
      new_state: await encodeState(response, resource.schema),
      // Of what is gone too: without it Terraform 1.12 and later miss one where a state is older than identities.
      new_identity: toIdentity(resource, [response.state ?? state], request.current_identity),
      private: response.private.encode(),
      diagnostics: toDiagnostics(response.diagnostics, resource.schema),
    };
  },
};
