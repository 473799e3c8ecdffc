// Generated from proto/grpc_controller.proto, proto/grpc_stdio.proto, proto/grpc_broker.proto, proto/health.proto by `npm run generate`; do not edit.
import { one } from "../protobuf/field.ts";
import { MessageType } from "../protobuf/message.ts";
import { bidiStream, serverStream, unary } from "../protobuf/service.ts";

export const StdioData_Channel = {
  INVALID: 0,
  STDOUT: 1,
  STDERR: 2,
} as const;
export type StdioData_Channel = (typeof StdioData_Channel)[keyof typeof StdioData_Channel];

export const HealthCheckResponse_ServingStatus = {
  UNKNOWN: 0,
  SERVING: 1,
  NOT_SERVING: 2,
  SERVICE_UNKNOWN: 3,
} as const;
export type HealthCheckResponse_ServingStatus = (typeof HealthCheckResponse_ServingStatus)[keyof typeof HealthCheckResponse_ServingStatus];

export type Empty = Record<string, never>;
export const Empty: MessageType<Empty> = /* @__PURE__ */ new MessageType("plugin.Empty", () => []);

export interface StdioData {
  channel: StdioData_Channel;
  data: Buffer;
}
export const StdioData: MessageType<StdioData> = /* @__PURE__ */ new MessageType("plugin.StdioData", () => [
  one(1, "channel", "enum"),
  one(2, "data", "bytes"),
]);

export interface ConnInfo {
  service_id: number;
  network: string;
  address: string;
  knock: ConnInfo_Knock | undefined;
}
export const ConnInfo: MessageType<ConnInfo> = /* @__PURE__ */ new MessageType("plugin.ConnInfo", () => [
  one(1, "service_id", "uint32"),
  one(2, "network", "string"),
  one(3, "address", "string"),
  one(4, "knock", ConnInfo_Knock),
]);

export interface ConnInfo_Knock {
  knock: boolean;
  ack: boolean;
  error: string;
}
export const ConnInfo_Knock: MessageType<ConnInfo_Knock> = /* @__PURE__ */ new MessageType("plugin.ConnInfo.Knock", () => [
  one(1, "knock", "bool"),
  one(2, "ack", "bool"),
  one(3, "error", "string"),
]);

export interface HealthCheckRequest {
  service: string;
}
export const HealthCheckRequest: MessageType<HealthCheckRequest> = /* @__PURE__ */ new MessageType("grpc.health.v1.HealthCheckRequest", () => [
  one(1, "service", "string"),
]);

export interface HealthCheckResponse {
  status: HealthCheckResponse_ServingStatus;
}
export const HealthCheckResponse: MessageType<HealthCheckResponse> = /* @__PURE__ */ new MessageType("grpc.health.v1.HealthCheckResponse", () => [
  one(1, "status", "enum"),
]);

export type google_protobuf_Empty = Record<string, never>;
export const google_protobuf_Empty: MessageType<google_protobuf_Empty> = /* @__PURE__ */ new MessageType("google.protobuf.Empty", () => []);

export const GRPCControllerService = {
  Shutdown: /* @__PURE__ */ unary("/plugin.GRPCController/Shutdown", Empty, Empty),
};

export const GRPCStdioService = {
  StreamStdio: /* @__PURE__ */ serverStream("/plugin.GRPCStdio/StreamStdio", google_protobuf_Empty, StdioData),
};

export const GRPCBrokerService = {
  StartStream: /* @__PURE__ */ bidiStream("/plugin.GRPCBroker/StartStream", ConnInfo, ConnInfo),
};

export const HealthService = {
  Check: /* @__PURE__ */ unary("/grpc.health.v1.Health/Check", HealthCheckRequest, HealthCheckResponse),
  Watch: /* @__PURE__ */ serverStream("/grpc.health.v1.Health/Watch", HealthCheckRequest, HealthCheckResponse),
};
