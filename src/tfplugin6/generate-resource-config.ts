import { Diagnostics } from "../framework/index.ts";
import type { Input } from "../protobuf/input.ts";
import type { GenerateResourceConfig_Request, GenerateResourceConfig_Response } from "./messages.gen.ts";
import type { Rpc } from "./rpc.ts";
import { toDiagnostics } from "./to-diagnostic.ts";

/** Terraform generates configurations by itself, from schema and state, where the provider does not declare the capability. */
export const generateResourceConfig: Rpc<GenerateResourceConfig_Request, GenerateResourceConfig_Response> = {
  logFields: (request) => ({ tf_resource_type: request.type_name }),
  handle({ type_name }, { server }): Input<GenerateResourceConfig_Response> {
    const diagnostics = new Diagnostics();
    if (server.resource(type_name, diagnostics) !== undefined) {
      diagnostics.addError(
        "Configuration cannot be generated",
        `This provider does not generate configurations of ${type_name}. Terraform does, with -generate-config-out.`,
      );
    }
    return { diagnostics: toDiagnostics(diagnostics) };
  },
};
