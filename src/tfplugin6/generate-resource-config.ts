import { Diagnostics } from "../framework/index.ts";
import { generateResourceConfig as generate } from "../framework/server/index.ts";
import type { Input } from "../protobuf/input.ts";
import { decodeObject, encodeObject } from "./dynamic-value.ts";
import type { GenerateResourceConfig_Request, GenerateResourceConfig_Response } from "./messages.gen.ts";
import type { Rpc } from "./rpc.ts";
import { toDiagnostics } from "./to-diagnostic.ts";

/** The configuration of an object that is imported or listed, for -generate-config-out. */
export const generateResourceConfig: Rpc<GenerateResourceConfig_Request, GenerateResourceConfig_Response> = {
  logFields: (request) => ({ tf_resource_type: request.type_name }),
  async handle({ type_name, state }, { server }): Promise<Input<GenerateResourceConfig_Response>> {
    const diagnostics = new Diagnostics();
    const resource = await server.resource(type_name, diagnostics);
    if (resource === undefined) return { diagnostics: toDiagnostics(diagnostics) };
    const config = generate(resource, decodeObject(state, resource.schema));
    return { config: await encodeObject(config, resource.schema) };
  },
};
