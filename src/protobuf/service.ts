import type { Input } from "./input.ts";
import type { MessageType } from "./message.ts";

/**
 * One RPC, in the shape of grpc-js's MethodDefinition: an object of them is a ServiceDefinition.
 * Request and Response are the decoded messages; RequestStream and ResponseStream say which side
 * sends a stream of them.
 */
export interface Method<Request, Response, RequestStream extends boolean, ResponseStream extends boolean> {
  /** `/package.Service/Method` */
  readonly path: string;
  /** The name in camel case, by which grpc-js finds a handler too. */
  readonly originalName: string;
  readonly requestStream: RequestStream;
  readonly responseStream: ResponseStream;
  readonly requestSerialize: (message: Input<Request>) => Buffer;
  readonly requestDeserialize: (bytes: Buffer) => Request;
  readonly responseSerialize: (message: Input<Response>) => Buffer;
  readonly responseDeserialize: (bytes: Buffer) => Response;
}

export function unary<Request, Response>(
  path: string,
  request: MessageType<Request>,
  response: MessageType<Response>,
): Method<Request, Response, false, false> {
  return { ...common(path, request, response), requestStream: false, responseStream: false };
}

export function clientStream<Request, Response>(
  path: string,
  request: MessageType<Request>,
  response: MessageType<Response>,
): Method<Request, Response, true, false> {
  return { ...common(path, request, response), requestStream: true, responseStream: false };
}

export function serverStream<Request, Response>(
  path: string,
  request: MessageType<Request>,
  response: MessageType<Response>,
): Method<Request, Response, false, true> {
  return { ...common(path, request, response), requestStream: false, responseStream: true };
}

export function bidiStream<Request, Response>(
  path: string,
  request: MessageType<Request>,
  response: MessageType<Response>,
): Method<Request, Response, true, true> {
  return { ...common(path, request, response), requestStream: true, responseStream: true };
}

function common<Request, Response>(
  path: string,
  request: MessageType<Request>,
  response: MessageType<Response>,
): Omit<Method<Request, Response, boolean, boolean>, "requestStream" | "responseStream"> {
  const name = path.slice(path.lastIndexOf("/") + 1);
  return {
    path,
    originalName: name.charAt(0).toLowerCase() + name.slice(1),
    requestSerialize: (message) => request.encode(message),
    requestDeserialize: (bytes) => request.decode(bytes),
    responseSerialize: (message) => response.encode(message),
    responseDeserialize: (bytes) => response.decode(bytes),
  };
}
