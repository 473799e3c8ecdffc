import { Diagnostics } from "../framework/index.ts";
import { planAction as plan } from "../framework/server/index.ts";
import type { Input } from "../protobuf/input.ts";
import { decodeConfig } from "./dynamic-value.ts";
import type { PlanAction_Request, PlanAction_Response } from "./messages.gen.ts";
import type { Rpc } from "./rpc.ts";
import { toDiagnostics } from "./to-diagnostic.ts";

export const planAction: Rpc<PlanAction_Request, PlanAction_Response> = {
  logFields: (request) => ({ tf_action_type: request.action_type }),
  async handle(request, call): Promise<Input<PlanAction_Response>> {
    const diagnostics = new Diagnostics();
    const action = await call.server.action(request.action_type, diagnostics);
    if (action === undefined) return { diagnostics: toDiagnostics(diagnostics) };
    const config = decodeConfig(request.config, action.schema);
    return { diagnostics: toDiagnostics(await plan(call.server, action, config, call), action.schema) };
  },
};
