import { Diagnostics } from "../framework/index.ts";
import { upgradeResourceState as upgrade } from "../framework/server/index.ts";
import type { Input } from "../protobuf/input.ts";
import { encodeObject } from "./dynamic-value.ts";
import type {
  RawState,
  UpgradeResourceState_Request,
  UpgradeResourceState_Response,
} from "./messages.gen.ts";
import type { Rpc } from "./rpc.ts";
import { toDiagnostics } from "./to-diagnostic.ts";

/**
 * Reads a stored state. Where the versions are equal, Terraform has left out what the schema does not have.
 */
export const upgradeResourceState: Rpc<UpgradeResourceState_Request, UpgradeResourceState_Response> = {
  logFields: (request) => ({ tf_resource_type: request.type_name }),
  async handle(request, call): Promise<Input<UpgradeResourceState_Response>> {
    const diagnostics = new Diagnostics();
    const resource = await call.server.resource(request.type_name, diagnostics);
    if (resource === undefined) return { diagnostics: toDiagnostics(diagnostics) };
    const stored = { version: request.version, json: jsonOf(request.raw_state) };
    const response = await upgrade(resource, stored, call);
    return {
      ...(response.diagnostics.hasError
        ? {}
        : { upgraded_state: await encodeObject(response.state, resource.schema) }),
      diagnostics: toDiagnostics(response.diagnostics),
    };
  },
};

/** The JSON of a stored state; undefined in the form of Terraform 0.11. */
export function jsonOf(raw: RawState | undefined): Uint8Array | undefined {
  return raw === undefined || raw.json.length === 0 ? undefined : raw.json;
}
