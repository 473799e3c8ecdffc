import { Diagnostics } from "../framework/index.ts";
import { openEphemeralResource as open } from "../framework/server/index.ts";
import type { Input } from "../protobuf/input.ts";
import { decodeConfig, encodeState } from "./dynamic-value.ts";
import type { OpenEphemeralResource_Request, OpenEphemeralResource_Response } from "./messages.gen.ts";
import { toRenewal } from "./renew-ephemeral-resource.ts";
import type { Rpc } from "./rpc.ts";
import { toDiagnostics } from "./to-diagnostic.ts";

export const openEphemeralResource: Rpc<OpenEphemeralResource_Request, OpenEphemeralResource_Response> = {
  logFields: (request) => ({ tf_ephemeral_resource_type: request.type_name }),
  async handle(request, call): Promise<Input<OpenEphemeralResource_Response>> {
    const diagnostics = new Diagnostics();
    const resource = await call.server.ephemeralResource(request.type_name, diagnostics);
    if (resource === undefined) return { diagnostics: toDiagnostics(diagnostics) };
    const response = await open(call.server, resource, decodeConfig(request.config, resource.schema), call);
    const result = await encodeState(response, resource.schema);
    return {
      ...(result === undefined ? {} : { result, ...toRenewal(response) }),
      diagnostics: toDiagnostics(response.diagnostics, resource.schema),
    };
  },
};
