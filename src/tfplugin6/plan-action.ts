import type { Input } from "../protobuf/input.ts";
import type {
  PlanAction_Request,
  PlanAction_Response,
  ValidateActionConfig_Request,
  ValidateActionConfig_Response,
} from "./messages.gen.ts";
import type { Rpc } from "./rpc.ts";
import { toDiagnostic } from "./to-diagnostic.ts";
import { noSuchType, unserved } from "./unserved.ts";

export const validateActionConfig: Rpc<ValidateActionConfig_Request, ValidateActionConfig_Response> =
  unserved("action");

export const planAction: Rpc<PlanAction_Request, PlanAction_Response> = {
  handle: (request): Input<PlanAction_Response> => ({
    diagnostics: [toDiagnostic(noSuchType("action", request.action_type))],
  }),
};
