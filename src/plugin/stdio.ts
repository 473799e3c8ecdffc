import type { Implementation } from "../protobuf/handlers.ts";
import { GRPCStdioService } from "./messages.gen.ts";
import type { PluginServer } from "./server.ts";

/**
 * What a plugin prints, carried to the host (go-plugin/grpc_stdio.go). The stream is left open, as
 * hosts expect, and silent: stderr is a pipe the host reads anyway, and everything goes there.
 */
export function addStdio(server: PluginServer): void {
  const handlers: Implementation<typeof GRPCStdioService> = {
    StreamStdio() {},
  };
  server.addService(GRPCStdioService, handlers);
}
