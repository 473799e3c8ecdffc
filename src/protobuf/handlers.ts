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

/** The names of the methods without streams. */
export type UnaryNames<S extends AnyService> = {
  [Name in keyof S]: S[Name] extends { readonly requestStream: false; readonly responseStream: false }
    ? Name
    : never;
}[keyof S];

/**
 * A handler for each unary method of a service, as a function of the request and whatever Context
 * the server gives to it. Handlers should write out their return type, `Promise<Input<…>>`: in an
 * inferred one TypeScript does not look for misspelt fields, and only encoding would find them.
 */
export type UnaryMethods<S extends AnyService, Context> = {
  readonly [Name in UnaryNames<S>]: (
    request: RequestOf<S[Name]>,
    context: Context,
  ) => Promise<ResponseOf<S[Name]>>;
};

/** A handler for each method of a service, as grpc-js's `Server.addService` takes them. */
export type Implementation<S extends AnyService> = { readonly [Name in keyof S]: Handler<S[Name]> };

type Handler<M extends AnyMethod> = M["requestStream"] extends true
  ? M["responseStream"] extends true
    ? handleBidiStreamingCall<RequestOf<M>, ResponseOf<M>>
    : handleClientStreamingCall<RequestOf<M>, ResponseOf<M>>
  : M["responseStream"] extends true
    ? handleServerStreamingCall<RequestOf<M>, ResponseOf<M>>
    : handleUnaryCall<RequestOf<M>, ResponseOf<M>>;
