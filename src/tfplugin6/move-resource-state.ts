import type { Input } from "../protobuf/input.ts";
import type { MoveResourceState_Request, MoveResourceState_Response } from "./messages.gen.ts";
import type { Rpc } from "./rpc.ts";
import { toDiagnostic } from "./to-diagnostic.ts";
import { noSuchType } from "./unserved.ts";

export const moveResourceState: Rpc<MoveResourceState_Request, MoveResourceState_Response> = {
  handle: (request): Input<MoveResourceState_Response> =>
    moveResourceState.failed(noSuchType("resource", request.target_type_name)),
  failed: (diagnostic): Input<MoveResourceState_Response> => ({ diagnostics: [toDiagnostic(diagnostic)] }),
};
