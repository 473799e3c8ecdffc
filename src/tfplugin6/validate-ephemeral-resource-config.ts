import { Diagnostics } from "../framework/index.ts";
import { validateEphemeralResource } from "../framework/server/index.ts";
import type { Input } from "../protobuf/input.ts";
import { decodeConfig } from "./dynamic-value.ts";
import type {
  ValidateEphemeralResourceConfig_Request,
  ValidateEphemeralResourceConfig_Response,
} from "./messages.gen.ts";
import type { Rpc } from "./rpc.ts";
import { toDiagnostics } from "./to-diagnostic.ts";

export const validateEphemeralResourceConfig: Rpc<
  ValidateEphemeralResourceConfig_Request,
  ValidateEphemeralResourceConfig_Response
> = {
  logFields: (request) => ({ tf_ephemeral_resource_type: request.type_name }),
  async handle(request, { server }): Promise<Input<ValidateEphemeralResourceConfig_Response>> {
    const diagnostics = new Diagnostics();
    const resource = await server.ephemeralResource(request.type_name, diagnostics);
    if (resource !== undefined) {
      diagnostics.append(validateEphemeralResource(resource, decodeConfig(request.config, resource.schema)));
    }
    return { diagnostics: toDiagnostics(diagnostics, resource?.schema) };
  },
};
