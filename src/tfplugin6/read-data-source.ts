import { Diagnostics } from "../framework/index.ts";
import { readDataSource as read } from "../framework/server/index.ts";
import type { Input } from "../protobuf/input.ts";
import { decodeConfig, encodeState } from "./dynamic-value.ts";
import type { ReadDataSource_Request, ReadDataSource_Response } from "./messages.gen.ts";
import type { Rpc } from "./rpc.ts";
import { toDiagnostics } from "./to-diagnostic.ts";

export const readDataSource: Rpc<ReadDataSource_Request, ReadDataSource_Response> = {
  logFields: (request) => ({ tf_data_source_type: request.type_name }),
  async handle(request, call): Promise<Input<ReadDataSource_Response>> {
    const diagnostics = new Diagnostics();
    const source = await call.server.dataSource(request.type_name, diagnostics);
    if (source === undefined) return { diagnostics: toDiagnostics(diagnostics) };
    const response = await read(call.server, source, decodeConfig(request.config, source.schema), call);
    const state = await encodeState(response, source.schema);
    return {
      ...(state === undefined ? {} : { state }),
      diagnostics: toDiagnostics(response.diagnostics, source.schema),
    };
  },
};
