import { randomUUID } from "node:crypto";
import type { ServerUnaryCall, sendUnaryData } from "@grpc/grpc-js";
import { CtyError } from "../cty/index.ts";
import { bugDiagnostic, type Diagnostic } from "../framework/index.ts";
import type { ProviderServer } from "../framework/server/index.ts";
import type { Input } from "../protobuf/input.ts";
import type { Rpc } from "./rpc.ts";

/**
 * Serves an RPC over gRPC: an AbortSignal for cancellation and StopProvider, a log line at both
 * ends, and every exception turned into a diagnostic. A failure is never a gRPC status: Terraform
 * would show that as "The plugin returned an unexpected error" without object or reason.
 */
export function unary<Request, Response>(name: string, rpc: Rpc<Request, Response>, server: ProviderServer) {
  return (
    call: ServerUnaryCall<Request, Input<Response>>,
    callback: sendUnaryData<Input<Response>>,
  ): void => {
    const aborted = new AbortController();
    const abort = () => aborted.abort();
    let finished = false;
    // grpc-js emits 'cancelled' after completed calls too.
    call.on("cancelled", () => {
      if (!finished) abort();
    });
    const stop = server.stopSignal;
    stop.addEventListener("abort", abort);

    const started = performance.now();
    const log = server.log.with({
      tf_rpc: name,
      tf_req_id: randomUUID(),
      tf_proto_version: protocolVersion,
      ...rpc.describe?.(call.request),
    });
    log.log("trace", "Received request");

    answer(rpc, call.request, { server, signal: aborted.signal, log }).then((response) => {
      finished = true;
      stop.removeEventListener("abort", abort);
      log.log("debug", "Served request", { tf_req_duration_ms: Math.round(performance.now() - started) });
      callback(null, response);
    });
  };
}

/** The newest minor version of the protocol that this provider's messages describe. */
const protocolVersion = "6.11";

type AnswerContext = Parameters<Rpc<unknown, unknown>["handle"]>[1];

async function answer<Request, Response>(
  rpc: Rpc<Request, Response>,
  request: Request,
  call: AnswerContext,
): Promise<Input<Response>> {
  try {
    return await rpc.handle(request, call);
  } catch (thrown) {
    call.log.log("error", "Unexpected exception", { error: String(thrown) });
    call.log.log("debug", "Stack of the unexpected exception", {
      stack: thrown instanceof Error ? thrown.stack : "",
    });
    return rpc.failed(exceptionDiagnostic(thrown));
  }
}

/** What a practitioner is told of an exception: that it is a bug, and never the stack. */
export function exceptionDiagnostic(thrown: unknown): Diagnostic {
  if (thrown instanceof CtyError) {
    return bugDiagnostic(`A value does not fit its schema: ${thrown.message}.`, thrown.path);
  }
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  return bugDiagnostic(`The provider failed unexpectedly: ${message}.`);
}
