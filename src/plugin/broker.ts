import type { Implementation } from "../protobuf/handlers.ts";
import { GRPCBrokerService } from "./messages.gen.ts";
import type { PluginServer } from "./server.ts";

/**
 * Negotiates further connections between host and plugin (go-plugin/grpc_broker.go). Hosts open the
 * stream at once; neither Terraform nor this server ever uses it, so it ends when the host ends it.
 */
export function addBroker(server: PluginServer): void {
  const handlers: Implementation<typeof GRPCBrokerService> = {
    StartStream(call) {
      call.on("end", () => call.end());
      call.on("error", () => {});
      call.resume();
    },
  };
  server.addService(GRPCBrokerService, handlers);
}
