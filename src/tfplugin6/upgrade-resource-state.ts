import { CtyError, decodeJSON } from "../cty/index.ts";
import { Diagnostics, type Schema } from "../framework/index.ts";
import { isObjectValue } from "../framework/server/index.ts";
import type { Input } from "../protobuf/input.ts";
import { encodeObject } from "./dynamic-value.ts";
import type { UpgradeResourceState_Request, UpgradeResourceState_Response } from "./messages.gen.ts";
import type { Rpc } from "./rpc.ts";
import { toDiagnostics } from "./to-diagnostic.ts";

/**
 * Reads a stored state. Called for every object in every walk, also where the versions are equal; the
 * state file's JSON is then only decoded by the schema. Terraform has left out by then what the schema
 * does not have.
 */
export const upgradeResourceState: Rpc<UpgradeResourceState_Request, UpgradeResourceState_Response> = {
  logFields: (request) => ({ tf_resource_type: request.type_name }),
  handle(request, { server }): Input<UpgradeResourceState_Response> {
    const diagnostics = new Diagnostics();
    const resource = server.resource(request.type_name, diagnostics);
    if (resource === undefined) return { diagnostics: toDiagnostics(diagnostics) };
    const why = unreadable(request, resource.schema);
    if (why === undefined) {
      try {
        // Numbers keep all their digits on the way through: JSON.parse would round a seed.
        const state = decodeJSON(request.raw_state?.json ?? "null", resource.schema.type);
        return { upgraded_state: encodeObject(isObjectValue(state) ? state : null, resource.schema) };
      } catch (thrown) {
        if (!(thrown instanceof CtyError)) throw thrown;
        diagnostics.add(
          cannotRead(request.type_name, `has a value that its schema does not allow: ${thrown.message}`),
        );
      }
    } else diagnostics.add(cannotRead(request.type_name, why));
    return { diagnostics: toDiagnostics(diagnostics) };
  },
};

function unreadable(
  { version, raw_state: raw }: UpgradeResourceState_Request,
  schema: Schema,
): string | undefined {
  if (version !== schema.version) {
    return `was written by version ${version} of its schema, and this provider reads version ${schema.version} only`;
  }
  if (raw === undefined || raw.json.length === 0)
    return "did not come as JSON, which Terraform 0.12 and later write";
  return undefined;
}

function cannotRead(typeName: string, why: string) {
  return {
    severity: "error",
    summary: "State cannot be read",
    detail:
      `The state of this ${typeName} ${why}. Use the provider's version that wrote it, or remove the object from ` +
      "the state and import it again.",
  } as const;
}
