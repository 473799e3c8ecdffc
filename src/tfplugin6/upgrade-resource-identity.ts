import { Diagnostics } from "../framework/index.ts";
import { upgradeResourceIdentity as upgrade } from "../framework/server/index.ts";
import type { Input } from "../protobuf/input.ts";
import type { UpgradeResourceIdentity_Request, UpgradeResourceIdentity_Response } from "./messages.gen.ts";
import { encodeIdentity } from "./resource-identity.ts";
import type { Rpc } from "./rpc.ts";
import { toDiagnostics } from "./to-diagnostic.ts";
import { jsonOf } from "./upgrade-resource-state.ts";

/** Reads a stored identity of an older version of its schema. Terraform does not ask where the versions are equal. */
export const upgradeResourceIdentity: Rpc<UpgradeResourceIdentity_Request, UpgradeResourceIdentity_Response> =
  {
    logFields: (request) => ({ tf_resource_type: request.type_name }),
    async handle(request, call): Promise<Input<UpgradeResourceIdentity_Response>> {
      const diagnostics = new Diagnostics();
      const resource = await call.server.resource(request.type_name, diagnostics);
      if (resource === undefined) return { diagnostics: toDiagnostics(diagnostics) };
      const stored = { version: request.version, json: jsonOf(request.raw_identity) };
      const { identity, diagnostics: said } = await upgrade(resource, stored, call);
      return {
        ...(identity === null || resource.identity === undefined
          ? {}
          : { upgraded_identity: encodeIdentity(resource.identity, identity) }),
        diagnostics: toDiagnostics(said),
      };
    },
  };
