import { Diagnostics } from "../framework/index.ts";
import { invokeAction as invoke } from "../framework/server/index.ts";
import type { Input } from "../protobuf/input.ts";
import { decodeConfig } from "./dynamic-value.ts";
import type { InvokeAction_Event, InvokeAction_Request } from "./messages.gen.ts";
import type { StreamRpc } from "./server-stream.ts";
import { printable, toDiagnostic, toDiagnostics } from "./to-diagnostic.ts";

/** The last event of an action's stream, `completed`, carries its diagnostics. */
export const invokeAction: StreamRpc<InvokeAction_Request, InvokeAction_Event> = {
  logFields: (request) => ({ tf_action_type: request.action_type }),
  async *handle(request, call): AsyncGenerator<Input<InvokeAction_Event>> {
    const diagnostics = new Diagnostics();
    const action = await call.server.action(request.action_type, diagnostics);
    if (action === undefined) {
      yield { completed: { diagnostics: toDiagnostics(diagnostics) } };
      return;
    }
    const config = decodeConfig(request.config, action.schema);
    for await (const event of invoke(call.server, action, config, call)) {
      if ("progress" in event) yield { progress: { message: printable(event.progress) } };
      else yield { completed: { diagnostics: toDiagnostics(event.completed, action.schema) } };
    }
  },
  failed: (diagnostic) => ({ completed: { diagnostics: [toDiagnostic(diagnostic)] } }),
};
