import type {
  handleBidiStreamingCall,
  handleClientStreamingCall,
  handleServerStreamingCall,
  handleUnaryCall,
} from "@grpc/grpc-js";

/** Any method: what the types below need to know of it. */
interface AnyMethod {
  readonly requestStream: boolean;
  readonly responseStream: boolean;
  readonly requestDeserialize: (bytes: Buffer) => unknown;
  readonly responseSerialize: (message: never) => Buffer;
}

/** The methods of a service, by name. */
export type AnyService = Readonly<Record<string, AnyMethod>>;

/** The message that a method's handler receives. */
export type RequestOf<M extends AnyMethod> = ReturnType<M["requestDeserialize"]>;

/** The message that a method's handler answers with: an Input. */
export type ResponseOf<M extends AnyMethod> = Parameters<M["responseSerialize"]>[0];

/** A handler for each method of a service, as grpc-js's `Server.addService` takes them. */
export type Implementation<S extends AnyService> = { readonly [Name in keyof S]: Handler<S[Name]> };

type Handler<M extends AnyMethod> = M["requestStream"] extends true
  ? M["responseStream"] extends true
    ? handleBidiStreamingCall<RequestOf<M>, ResponseOf<M>>
    : handleClientStreamingCall<RequestOf<M>, ResponseOf<M>>
  : M["responseStream"] extends true
    ? handleServerStreamingCall<RequestOf<M>, ResponseOf<M>>
    : handleUnaryCall<RequestOf<M>, ResponseOf<M>>;
