import { Diagnostics } from "../framework/index.ts";
import type { Input } from "../protobuf/input.ts";
import type { CloseEphemeralResource_Request, CloseEphemeralResource_Response } from "./messages.gen.ts";
import type { Rpc } from "./rpc.ts";
import { toDiagnostics } from "./to-diagnostic.ts";

/** Opened values are held nowhere: there is nothing to do. */
export const closeEphemeralResource: Rpc<CloseEphemeralResource_Request, CloseEphemeralResource_Response> = {
  logFields: (request) => ({ tf_ephemeral_resource_type: request.type_name }),
  handle(request, { server }): Input<CloseEphemeralResource_Response> {
    const diagnostics = new Diagnostics();
    server.ephemeralResource(request.type_name, diagnostics);
    return { diagnostics: toDiagnostics(diagnostics) };
  },
};
