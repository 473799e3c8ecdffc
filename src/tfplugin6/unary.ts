import type { Diagnostic } from "../framework/index.ts";
import { exceptionDiagnostic, type ProviderServer } from "../framework/server/index.ts";
import type { Input } from "../protobuf/input.ts";
import type { Method } from "../protobuf/service.ts";
import { beginCall } from "./begin-call.ts";
import type { RawHandler } from "./raw-service.ts";
import { decodeRequest } from "./raw-stream.ts";
import type { Call, ServedRpc } from "./rpc.ts";
import { toDiagnostic } from "./to-diagnostic.ts";

/**
 * Serves an RPC over gRPC: an AbortSignal for cancellation and StopProvider, a log line at both
 * ends, and every exception turned into a diagnostic. A failure is never a gRPC status: Terraform
 * would show that as "The plugin returned an unexpected error" without object or reason.
 */
export function unary<Request, Response>(
  method: Method<Request, Response, false, false>,
  rpc: ServedRpc<Request, Response>,
  server: ProviderServer,
): RawHandler {
  return (call, callback) => {
    const decoded = decodeRequest(method, call.request);
    if ("status" in decoded) return callback(decoded.status);
    const { request } = decoded;
    const { context, end } = beginCall(method, () => rpc.logFields?.(request) ?? {}, call, server);
    answer(rpc, request, context).then((response) => {
      end();
      callback(null, encoded(method, rpc, response, context));
    });
  };
}

async function answer<Request, Response>(
  rpc: ServedRpc<Request, Response>,
  request: Request,
  call: Call,
): Promise<Input<Response>> {
  try {
    return await rpc.handle(request, call);
  } catch (thrown) {
    return failed(rpc, exceptionDiagnostic(thrown, call));
  }
}

/** The response to a failure: the RPC's own, or the diagnostic in the field that most responses have. */
function failed<Request, Response>(
  rpc: ServedRpc<Request, Response>,
  diagnostic: Diagnostic,
): Input<Response>;
function failed(rpc: ServedRpc<never, unknown>, diagnostic: Diagnostic): object {
  return rpc.failed?.(diagnostic) ?? { diagnostics: [toDiagnostic(diagnostic)] };
}

/**
 * The answer's bytes, if it can be encoded, or those of one that says why not. What else is in it stays, if that is
 * not what is wrong: a state must not be lost over a diagnostic.
 */
function encoded<Request, Response>(
  method: Pick<Method<unknown, Response, false, false>, "responseSerialize">,
  rpc: ServedRpc<Request, Response>,
  response: Input<Response>,
  call: Call,
): Buffer {
  try {
    return method.responseSerialize(response);
  } catch (thrown) {
    const failure = failed(rpc, exceptionDiagnostic(thrown, call));
    try {
      return method.responseSerialize(Object.assign({}, response, failure));
    } catch {
      return method.responseSerialize(failure);
    }
  }
}
