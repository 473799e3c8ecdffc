import type { Implementation } from "../protobuf/handlers.ts";
import { GRPCControllerService } from "./messages.gen.ts";
import type { PluginServer } from "./server.ts";
import { mark } from "./timeline.ts";

/**
 * The host's order to end (go-plugin/grpc_controller.go). The reply is handed to the transport before
 * `shutdown` is called, but has not left by then: the process must live on until it has.
 */
export function addController(server: PluginServer, shutdown: () => void): void {
  const handlers: Implementation<typeof GRPCControllerService> = {
    Shutdown(_call, callback) {
      mark("Shutdown");
      callback(null, {});
      shutdown();
    },
  };
  server.addService(GRPCControllerService, handlers);
}
