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
    const aborted = server.begin();
    let finished = false;
    // grpc-js emits 'cancelled' after completed calls too.
    call.on("cancelled", () => {
      if (!finished) aborted.abort();
    });

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
      server.end(aborted);
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
    if (call.signal.aborted) return rpc.failed(cancelled);
    call.log.log("error", "Unexpected exception", { error: messageOf(thrown) });
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
  return bugDiagnostic(`The provider failed unexpectedly: ${messageOf(thrown)}.`);
}

/** Anything can be thrown, even what cannot be made a string. */
function messageOf(thrown: unknown): string {
  if (thrown instanceof Error) return thrown.message;
  return typeof thrown === "string" ? thrown : "something that is not an error was thrown";
}

/** What ends a call after StopProvider; nobody sees it where Terraform cancelled the call itself. */
const cancelled: Diagnostic = {
  severity: "error",
  summary: "Operation cancelled",
  detail: "Terraform told the provider to stop before the operation was done.",
};
