import { validateProvider } from "../framework/server/index.ts";
import type { Input } from "../protobuf/input.ts";
import { decodeConfig } from "./dynamic-value.ts";
import type { ValidateProviderConfig_Request, ValidateProviderConfig_Response } from "./messages.gen.ts";
import type { Rpc } from "./rpc.ts";
import { toDiagnostics } from "./to-diagnostic.ts";

export const validateProviderConfig: Rpc<ValidateProviderConfig_Request, ValidateProviderConfig_Response> = {
  handle(request, { server }): Input<ValidateProviderConfig_Response> {
    const config = decodeConfig(request.config, server.provider.schema);
    return { diagnostics: toDiagnostics(validateProvider(server, config), server.provider.schema) };
  },
};
