import { configureProvider as configure } from "../framework/server/index.ts";
import type { Input } from "../protobuf/input.ts";
import { decodeConfig } from "./dynamic-value.ts";
import type { ConfigureProvider_Request, ConfigureProvider_Response } from "./messages.gen.ts";
import type { Rpc } from "./rpc.ts";
import { toDiagnostics } from "./to-diagnostic.ts";

export const configureProvider: Rpc<ConfigureProvider_Request, ConfigureProvider_Response> = {
  async handle(request, call): Promise<Input<ConfigureProvider_Response>> {
    const { server } = call;
    const config = decodeConfig(request.config, server.provider.schema);
    return {
      diagnostics: toDiagnostics(
        await configure(server, config, request.terraform_version, call),
        server.provider.schema,
      ),
    };
  },
};
