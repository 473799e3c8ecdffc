import type { ServerWritableStream } from "@grpc/grpc-js";
import type { Diagnostic } from "../framework/index.ts";
import { exceptionDiagnostic, type ProviderServer } from "../framework/server/index.ts";
import type { Input } from "../protobuf/input.ts";
import type { Method } from "../protobuf/service.ts";
import { beginCall } from "./begin-call.ts";
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
) {
  return (stream: ServerWritableStream<Request, Input<Event>>): void => {
    const call = beginCall(method, () => rpc.logFields?.(stream.request) ?? {}, stream, server);
    send(method, rpc, stream, call.context).then(() => {
      call.end();
      stream.end();
    });
  };
}

async function send<Request, Event>(
  method: Method<Request, Event, false, true>,
  rpc: StreamRpc<Request, Event>,
  stream: ServerWritableStream<Request, Input<Event>>,
  call: Call,
): Promise<void> {
  try {
    for await (const event of rpc.handle(stream.request, call)) {
      if (stream.cancelled) return;
      method.responseSerialize(event);
      if (!stream.write(event)) await taken(stream);
      if (stream.cancelled) return;
    }
  } catch (thrown) {
    if (!stream.cancelled) stream.write(rpc.failed(exceptionDiagnostic(thrown, call)));
  }
}

/** Waits until the client has taken what was written, or is gone. */
function taken<Request, Event>(stream: ServerWritableStream<Request, Event>): Promise<void> {
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
