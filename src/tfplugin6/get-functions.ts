import type { Input } from "../protobuf/input.ts";
import type { GetFunctions_Request, GetFunctions_Response } from "./messages.gen.ts";
import type { Rpc } from "./rpc.ts";
import { toDiagnostic } from "./to-diagnostic.ts";

/** The functions outside the schema: there are none, since the schema lists them all. */
export const getFunctions: Rpc<GetFunctions_Request, GetFunctions_Response> = {
  handle: (): Input<GetFunctions_Response> => ({}),
  failed: (diagnostic): Input<GetFunctions_Response> => ({ diagnostics: [toDiagnostic(diagnostic)] }),
};
