import { Status } from "@grpc/grpc-js/build/src/constants";
import type { Implementation } from "../protobuf/handlers.ts";
import { HealthCheckResponse_ServingStatus, HealthService } from "./messages.gen.ts";
import type { PluginServer } from "./server.ts";

/** What go-plugin's Ping asks for (go-plugin/grpc_server.go, GRPCServiceName), and the server as a whole. */
const services = new Set(["plugin", ""]);

/**
 * gRPC's health service, which go-plugin asks of a plugin in any language. Terraform never calls it.
 * The status never changes, so that `Watch` sends it once.
 */
export function addHealth(server: PluginServer): void {
  const { SERVING, SERVICE_UNKNOWN } = HealthCheckResponse_ServingStatus;
  const handlers: Implementation<typeof HealthService> = {
    Check({ request: { service } }, callback) {
      if (services.has(service)) callback(null, { status: SERVING });
      else callback({ code: Status.NOT_FOUND, details: `unknown service ${JSON.stringify(service)}` });
    },
    Watch(call) {
      call.write({ status: services.has(call.request.service) ? SERVING : SERVICE_UNKNOWN });
    },
  };
  server.addService(HealthService, handlers);
}
