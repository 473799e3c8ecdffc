import { Diagnostics } from "../framework/index.ts";
import { importResource } from "../framework/server/index.ts";
import type { Input } from "../protobuf/input.ts";
import { encodeObject } from "./dynamic-value.ts";
import type { ImportResourceState_Request, ImportResourceState_Response } from "./messages.gen.ts";
import { importTarget, toIdentity } from "./resource-identity.ts";
import type { Rpc } from "./rpc.ts";
import { toDiagnostics } from "./to-diagnostic.ts";

export const importResourceState: Rpc<ImportResourceState_Request, ImportResourceState_Response> = {
  logFields: (request) => ({ tf_resource_type: request.type_name }),
  async handle(request, call): Promise<Input<ImportResourceState_Response>> {
    const diagnostics = new Diagnostics();
    const { type_name } = request;
    const resource = await call.server.resource(type_name, diagnostics);
    if (resource === undefined) return { diagnostics: toDiagnostics(diagnostics) };
    const target = importTarget(resource, request, diagnostics);
    if (target === undefined) return { diagnostics: toDiagnostics(diagnostics) };
    const imported = await importResource(call.server, resource, target, call);
    if (imported.state === null) return { diagnostics: toDiagnostics(imported.diagnostics, resource.schema) };
    const state = await encodeObject(imported.state, resource.schema, imported.stop);
    const identity = toIdentity(resource, [imported.state], request.identity);
    return {
      imported_resources: [{ type_name, state, identity, private: imported.private.encode() }],
      diagnostics: toDiagnostics(imported.diagnostics, resource.schema),
    };
  },
};
