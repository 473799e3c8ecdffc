import type { Implementation } from "../protobuf/handlers.ts";
import type { ProviderService } from "./messages.gen.ts";
import { toDiagnostic } from "./to-diagnostic.ts";
import { noSuchType } from "./unserved.ts";

/** The last event of an action's stream, `completed`, carries its diagnostics. */
export const invokeAction: Implementation<typeof ProviderService>["InvokeAction"] = (call) => {
  const diagnostic = toDiagnostic(noSuchType("action", call.request.action_type));
  call.write({ completed: { diagnostics: [diagnostic] } });
  call.end();
};
