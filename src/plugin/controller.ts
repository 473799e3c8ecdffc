import type { Implementation } from "../protobuf/handlers.ts";
import { GRPCControllerService } from "./messages.gen.ts";
import type { PluginServer } from "./server.ts";
import { mark } from "./timeline.ts";

/** A reply that has not left by then never will. */
const REPLY_DEADLINE_MS = 200;

/**
 * The host's order to end (go-plugin/grpc_controller.go): replies, and calls `shutdown` as soon as
 * the reply is out. The host waits for the process to end before it starts the next, for at most two
 * seconds before it kills it.
 */
export function addController(server: PluginServer, shutdown: () => void): void {
  const handlers: Implementation<typeof GRPCControllerService> = {
    Shutdown(call, callback) {
      mark("Shutdown");
      // grpc-js emits it whenever a call's stream has closed, cancelled or not. By the next turn
      // of the event loop the last frame has been written.
      call.once("cancelled", () => setImmediate(shutdown));
      setTimeout(shutdown, REPLY_DEADLINE_MS);
      callback(null, {});
    },
  };
  server.addService(GRPCControllerService, handlers);
}
