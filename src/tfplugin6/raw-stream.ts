import type { Input } from "../protobuf/input.ts";
import type { Method } from "../protobuf/service.ts";
import type { RawHandler, RawStatus } from "./raw-service.ts";

/** Serves an RPC whose request is a stream: `begin` makes what takes each message, and what answers at the end. */
export function clientStream<Request, Response>(
  method: Method<Request, Response, true, false>,
  begin: () => { take(message: Request): void; end(): Input<Response> },
): RawHandler {
  return (call, callback) => {
    const upload = begin();
    let failed = false;
    call.on("data", (bytes) => {
      if (failed) return;
      const decoded = decodeRequest(method, bytes);
      if ("request" in decoded) return upload.take(decoded.request);
      failed = true;
      callback(decoded.status);
    });
    call.on("end", () => {
      if (!failed) callback(null, method.responseSerialize(upload.end()));
    });
  };
}

/** The gRPC status INTERNAL. */
const INTERNAL = 13;

/** A request, or the status with which gRPC answers bytes that are none: grpc-js's own words. */
export function decodeRequest<Request>(
  method: { requestDeserialize(bytes: Buffer): Request },
  bytes: Buffer,
): { readonly request: Request } | { readonly status: RawStatus } {
  try {
    return { request: method.requestDeserialize(bytes) };
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return { status: { code: INTERNAL, details: `Error deserializing request: ${why}` } };
  }
}
