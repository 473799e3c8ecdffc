import { Diagnostics } from "../framework/index.ts";
import { validateDataSource } from "../framework/server/index.ts";
import type { Input } from "../protobuf/input.ts";
import { decodeConfig } from "./dynamic-value.ts";
import type {
  ValidateDataResourceConfig_Request,
  ValidateDataResourceConfig_Response,
} from "./messages.gen.ts";
import type { Rpc } from "./rpc.ts";
import { toDiagnostics } from "./to-diagnostic.ts";

export const validateDataResourceConfig: Rpc<
  ValidateDataResourceConfig_Request,
  ValidateDataResourceConfig_Response
> = {
  logFields: (request) => ({ tf_data_source_type: request.type_name }),
  async handle(request, { server }): Promise<Input<ValidateDataResourceConfig_Response>> {
    const diagnostics = new Diagnostics();
    const source = await server.dataSource(request.type_name, diagnostics);
    if (source !== undefined) {
      diagnostics.append(validateDataSource(source, decodeConfig(request.config, source.schema)));
    }
    return { diagnostics: toDiagnostics(diagnostics, source?.schema) };
  },
};
