import type { ServerUnaryCall, ServiceDefinition, sendUnaryData } from "@grpc/grpc-js";
import type { Diagnostic } from "../framework/index.ts";
import { exceptionDiagnostic, type ProviderServer } from "../framework/server/index.ts";
import type { Input } from "../protobuf/input.ts";
import type { Method } from "../protobuf/service.ts";
import { beginCall } from "./begin-call.ts";
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
) {
  return (
    call: ServerUnaryCall<Request, Input<Response>>,
    callback: sendUnaryData<Input<Response>>,
  ): void => {
    const { context, end } = beginCall(method, () => rpc.logFields?.(call.request) ?? {}, call, server);
    answer(rpc, call.request, context).then((response) => {
      end();
      callback(null, encodable(method, rpc, response, context));
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

/** What encodes the answers of a method. */
type Encoder<Response> = Pick<Method<unknown, Response, false, false>, "responseSerialize">;

/**
 * The answer, if it can be encoded, or one that says why not. What else is in it stays, if that is not
 * what is wrong: a state must not be lost over a diagnostic.
 */
function encodable<Request, Response>(
  method: Encoder<Response>,
  rpc: ServedRpc<Request, Response>,
  response: Input<Response>,
  call: Call,
): Input<Response> {
  try {
    return encoded(method, response);
  } catch (thrown) {
    const failure = failed(rpc, exceptionDiagnostic(thrown, call));
    try {
      return encoded(method, Object.assign({}, response, failure));
    } catch {
      return encoded(method, failure);
    }
  }
}

function encoded<Response>(method: Encoder<Response>, response: Input<Response>): Input<Response> {
  const bytes = method.responseSerialize(response);
  if (typeof response === "object" && response !== null) encodings.set(response, bytes);
  return response;
}

/** The encodings of answers that gRPC is about to send. */
const encodings = new WeakMap<object, Buffer>();

/** A service whose answers are not encoded again where `unary` has encoded them. */
export function encodedOnce(service: ServiceDefinition): ServiceDefinition {
  const methods = Object.entries(service).map(([name, method]) => [
    name,
    {
      ...method,
      responseSerialize: (message: object) => encodings.get(message) ?? method.responseSerialize(message),
    },
  ]);
  return Object.fromEntries(methods);
}
