import { decodeJSON } from "../cty/index.ts";
import { Diagnostics } from "../framework/index.ts";
import { isObjectValue } from "../framework/server/index.ts";
import type { Input } from "../protobuf/input.ts";
import { encodeObject } from "./dynamic-value.ts";
import type { UpgradeResourceState_Request, UpgradeResourceState_Response } from "./messages.gen.ts";
import type { Rpc } from "./rpc.ts";
import { toDiagnostic, toDiagnostics } from "./to-diagnostic.ts";

/**
 * Reads a stored state. Called for every object in every walk, also where the versions are equal; the
 * state file's JSON is then only decoded by the schema.
 */
export const upgradeResourceState: Rpc<UpgradeResourceState_Request, UpgradeResourceState_Response> = {
  describe: (request) => ({ tf_resource_type: request.type_name }),
  handle(request, { server }): Input<UpgradeResourceState_Response> {
    const diagnostics = new Diagnostics();
    const resource = server.resource(request.type_name, diagnostics);
    if (resource === undefined) return { diagnostics: toDiagnostics(diagnostics) };
    const { version } = resource.schema;
    const json = request.raw_state?.json;
    if (request.version !== version || json === undefined || json.length === 0) {
      diagnostics.addError(
        "State cannot be upgraded",
        `The state of this ${request.type_name} was written by version ${request.version} of its schema, and this provider ` +
          `reads version ${version} only. Use the provider's version that wrote it, or import the object again.`,
      );
      return { diagnostics: toDiagnostics(diagnostics) };
    }
    // Numbers keep all their digits on the way through: JSON.parse would round a seed.
    const state = decodeJSON(json, resource.schema.type);
    return { upgraded_state: encodeObject(isObjectValue(state) ? state : null, resource.schema) };
  },
  failed: (diagnostic): Input<UpgradeResourceState_Response> => ({ diagnostics: [toDiagnostic(diagnostic)] }),
};
