// proto3 on the wire: message types by field table, and service definitions for grpc-js.
export type {
  AnyService,
  Implementation,
  RequestOf,
  ResponseOf,
  UnaryMethods,
  UnaryNames,
} from "./handlers.ts";
export type { Input } from "./input.ts";
export { MessageType } from "./message.ts";
export type { Method } from "./service.ts";
export { WireError } from "./wire.ts";
