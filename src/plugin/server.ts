import type { Duplex } from "node:stream";
import { Server } from "@grpc/grpc-js/build/src/server";
import { ServerCredentials } from "@grpc/grpc-js/build/src/server-credentials";
import { ServerInterceptingCall, type ServerInterceptor } from "@grpc/grpc-js/build/src/server-interceptors";
import { addBroker } from "./broker.ts";
import { addController } from "./controller.ts";
import { addHealth } from "./health.ts";
import { addStdio } from "./stdio.ts";
import { mark, markFirst, timelineEnabled } from "./timeline.ts";

/** What a provider puts its services on: grpc-js's server, as far as that goes. */
export type PluginServer = Pick<Server, "addService">;

export interface PluginServerOptions {
  readonly register: ((server: PluginServer) => void | Promise<void>) | undefined;
  /** Called when the host has asked for the end; its reply is on the way out. */
  readonly shutdown: () => void;
}

/** terraform-plugin-go's limit (tfprotov6/tf6server/server.go); grpc-js's own is 4 MiB. */
const MAX_MESSAGE_BYTES = 256 * 1024 * 1024;

/**
 * Makes a gRPC server with go-plugin's own services and the plugin's. grpc-js's server alone is
 * imported: its client side would cost some milliseconds of every start.
 *
 * @returns what to call with each connection to serve, decrypted already
 */
export async function createPluginServer(
  options: PluginServerOptions,
): Promise<(connection: Duplex) => void> {
  const server = new Server({
    "grpc.max_receive_message_length": MAX_MESSAGE_BYTES,
    "grpc.max_send_message_length": MAX_MESSAGE_BYTES,
    "grpc.enable_channelz": 0,
    ...(timelineEnabled && { interceptors: [markCalls] }),
  });
  addController(server, options.shutdown);
  addStdio(server);
  addBroker(server);
  addHealth(server);
  await options.register?.(server);
  const injector = server.createConnectionInjector(ServerCredentials.createInsecure());
  return (connection) => injector.injectConnection(connection);
}

/** Marks the first and the last call of the plugin's own services; go-plugin's stay open for good. */
const markCalls: ServerInterceptor = (method, call) => {
  if (method.path.startsWith("/plugin.")) return new ServerInterceptingCall(call);
  markFirst("first call in");
  return new ServerInterceptingCall(call, {
    sendStatus(status, next) {
      next(status);
      mark("last call out");
    },
  });
};
