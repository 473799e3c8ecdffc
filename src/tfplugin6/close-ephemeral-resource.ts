import { Diagnostics, PrivateState } from "../framework/index.ts";
import { closeEphemeralResource as close } from "../framework/server/index.ts";
import type { Input } from "../protobuf/input.ts";
import type { CloseEphemeralResource_Request, CloseEphemeralResource_Response } from "./messages.gen.ts";
import type { Rpc } from "./rpc.ts";
import { toDiagnostics } from "./to-diagnostic.ts";

export const closeEphemeralResource: Rpc<CloseEphemeralResource_Request, CloseEphemeralResource_Response> = {
  logFields: (request) => ({ tf_ephemeral_resource_type: request.type_name }),
  async handle(request, call): Promise<Input<CloseEphemeralResource_Response>> {
    const diagnostics = new Diagnostics();
    const resource = await call.server.ephemeralResource(request.type_name, diagnostics);
    if (resource === undefined) return { diagnostics: toDiagnostics(diagnostics) };
    const privateState = PrivateState.decode(request.private ?? new Uint8Array());
    return {
      diagnostics: toDiagnostics(await close(call.server, resource, privateState, call), resource.schema),
    };
  },
};
