import { Diagnostics, PrivateState } from "../framework/index.ts";
import { renewEphemeralResource as renew } from "../framework/server/index.ts";
import type { Input } from "../protobuf/input.ts";
import type { RenewEphemeralResource_Request, RenewEphemeralResource_Response } from "./messages.gen.ts";
import type { Rpc } from "./rpc.ts";
import { toDiagnostics } from "./to-diagnostic.ts";

/** Terraform 1.11 to 1.15 lose the diagnostics of this response. */
export const renewEphemeralResource: Rpc<RenewEphemeralResource_Request, RenewEphemeralResource_Response> = {
  logFields: (request) => ({ tf_ephemeral_resource_type: request.type_name }),
  async handle(request, call): Promise<Input<RenewEphemeralResource_Response>> {
    const diagnostics = new Diagnostics();
    const resource = await call.server.ephemeralResource(request.type_name, diagnostics);
    if (resource === undefined) return { diagnostics: toDiagnostics(diagnostics) };
    const privateState = PrivateState.decode(request.private ?? new Uint8Array());
    const response = await renew(call.server, resource, privateState, call);
    return { ...toRenewal(response), diagnostics: toDiagnostics(response.diagnostics, resource.schema) };
  },
};

/** What is private and when to renew, each absent where there is none. */
export function toRenewal(response: {
  readonly private: PrivateState;
  readonly renewAt: Date | undefined;
}): Pick<Input<RenewEphemeralResource_Response>, "private" | "renew_at"> {
  const bytes = response.private.encode();
  const ms = response.renewAt?.getTime();
  return {
    ...(bytes.length === 0 ? {} : { private: bytes }),
    ...(ms === undefined
      ? {}
      : {
          renew_at: {
            seconds: Math.floor(ms / 1000),
            nanos: (ms - Math.floor(ms / 1000) * 1000) * 1_000_000,
          },
        }),
  };
}
