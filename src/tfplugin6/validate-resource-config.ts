import { Diagnostics } from "../framework/index.ts";
import { validateResource } from "../framework/server/index.ts";
import type { Input } from "../protobuf/input.ts";
import { decodeConfig } from "./dynamic-value.ts";
import type { ValidateResourceConfig_Request, ValidateResourceConfig_Response } from "./messages.gen.ts";
import type { Rpc } from "./rpc.ts";
import { toDiagnostics } from "./to-diagnostic.ts";

export const validateResourceConfig: Rpc<ValidateResourceConfig_Request, ValidateResourceConfig_Response> = {
  logFields: (request) => ({ tf_resource_type: request.type_name }),
  async handle(request, { server }): Promise<Input<ValidateResourceConfig_Response>> {
    const diagnostics = new Diagnostics();
    const resource = await server.resource(request.type_name, diagnostics);
    if (resource !== undefined) {
      const config = decodeConfig(request.config, resource.schema);
      const allowed = request.client_capabilities?.write_only_attributes_allowed ?? false;
      diagnostics.append(validateResource(resource, config, allowed));
    }
    return { diagnostics: toDiagnostics(diagnostics, resource?.schema) };
  },
};
