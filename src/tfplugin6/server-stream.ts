import type { Diagnostic } from "../framework/index.ts";
import { exceptionDiagnostic, type ProviderServer } from "../framework/server/index.ts";
import type { Input } from "../protobuf/input.ts";
import type { Method } from "../protobuf/service.ts";
import { beginCall } from "./begin-call.ts";
import type { RawCall, RawHandler } from "./raw-service.ts";
import { decodeRequest } from "./raw-stream.ts";
import type { Call } from "./rpc.ts";

/** An RPC that answers with a stream of events. */
export interface StreamRpc<Request, Event> {
  /** Fields for the log: the object type that the request is about. */
  logFields?(request: Request): { readonly [key: string]: string };
  /** Gives the events. The next one is asked for once the client has taken those before; none after a cancellation. */
  handle(request: Request, call: Call): AsyncIterable<Input<Event>>;
  /** The last event of a stream that an exception ends. */
  failed(diagnostic: Diagnostic): Input<Event>;
}

/**
 * Serves an RPC that answers with a stream, as `unary` does for others: with a signal for cancellation and
 * StopProvider, log lines, exceptions as diagnostics, and no gRPC status but OK.
 */
export function serverStream<Request, Event>(
  method: Method<Request, Event, false, true>,
  rpc: StreamRpc<Request, Event>,
  server: ProviderServer,
): RawHandler {
  return (stream) => {
    const decoded = decodeRequest(method, stream.request);
    if ("status" in decoded) {
      stream.emit("error", decoded.status);
      return;
    }
    const { request } = decoded;
    const call = beginCall(method, () => rpc.logFields?.(request) ?? {}, stream, server);
    send(method, rpc, request, stream, call.context).then(() => {
      call.end();
      stream.end();
    });
  };
}

async function send<Request, Event>(
  method: Method<Request, Event, false, true>,
  rpc: StreamRpc<Request, Event>,
  request: Request,
  stream: RawCall,
  call: Call,
): Promise<void> {
  try {
    for await (const event of rpc.handle(request, call)) {
      if (stream.cancelled) return;
      if (!stream.write(method.responseSerialize(event))) await taken(stream);
      if (stream.cancelled) return;
    }
  } catch (thrown) {
    if (!stream.cancelled)
      stream.write(method.responseSerialize(rpc.failed(exceptionDiagnostic(thrown, call))));
  }
}

/** Waits until the client has taken what was written, or is gone. */
function taken(stream: RawCall): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      stream.off("drain", done);
      stream.off("cancelled", done);
      resolve();
    };
    stream.on("drain", done);
    stream.on("cancelled", done);
    if (stream.cancelled) done();
  });
}
