import { Diagnostics } from "../framework/index.ts";
import { validateBlock } from "../framework/server/index.ts";
import type { Input } from "../protobuf/input.ts";
import { decodeConfig } from "./dynamic-value.ts";
import type { ValidateActionConfig_Request, ValidateActionConfig_Response } from "./messages.gen.ts";
import type { Rpc } from "./rpc.ts";
import { toDiagnostics } from "./to-diagnostic.ts";

export const validateActionConfig: Rpc<ValidateActionConfig_Request, ValidateActionConfig_Response> = {
  logFields: (request) => ({ tf_action_type: request.type_name }),
  async handle(request, { server }): Promise<Input<ValidateActionConfig_Response>> {
    const diagnostics = new Diagnostics();
    const action = await server.action(request.type_name, diagnostics);
    if (action !== undefined)
      diagnostics.append(validateBlock(action, decodeConfig(request.config, action.schema)));
    return { diagnostics: toDiagnostics(diagnostics, action?.schema) };
  },
};
