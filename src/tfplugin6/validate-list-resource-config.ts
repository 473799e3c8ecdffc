import * as cty from "../cty/index.ts";
import { Diagnostics } from "../framework/index.ts";
import { validateListResource } from "../framework/server/index.ts";
import type { Input } from "../protobuf/input.ts";
import { decodeConfig, decodeValue } from "./dynamic-value.ts";
import type {
  ValidateListResourceConfig_Request,
  ValidateListResourceConfig_Response,
} from "./messages.gen.ts";
import type { Rpc } from "./rpc.ts";
import { toDiagnostics } from "./to-diagnostic.ts";

export const validateListResourceConfig: Rpc<
  ValidateListResourceConfig_Request,
  ValidateListResourceConfig_Response
> = {
  logFields: (request) => ({ tf_list_resource_type: request.type_name }),
  async handle(request, { server }): Promise<Input<ValidateListResourceConfig_Response>> {
    const diagnostics = new Diagnostics();
    const declared = await server.listResource(request.type_name, diagnostics);
    if (declared !== undefined) {
      const config = decodeConfig(request.config, declared.schema);
      diagnostics.append(validateListResource(declared, config, decodeValue(request.limit, cty.number)));
    }
    return { diagnostics: toDiagnostics(diagnostics, declared?.schema) };
  },
};
