import type { Server, ServiceDefinition, UntypedHandleCall } from "@grpc/grpc-js";

/*
 * The service as the start registers it: names and bytes. What decodes, answers and encodes is loaded at the first
 * call that needs it.
 */

/** A call whose messages are bytes, as far as the protocol's edge uses it. */
export interface RawCall {
  /** Of a call with one request. */
  readonly request: Buffer;
  /** Whether the client has cancelled the call. */
  readonly cancelled: boolean;
  on(event: "cancelled" | "drain" | "end", listener: () => void): unknown;
  on(event: "data", listener: (bytes: Buffer) => void): unknown;
  off(event: "cancelled" | "drain", listener: () => void): unknown;
  /** Of a call with a stream of responses: false where "drain" says when the client has taken what there is. */
  write(bytes: Buffer): boolean;
  end(): unknown;
  /** Ends the call with a gRPC status. */
  emit(event: "error", status: RawStatus): unknown;
}

/** A gRPC status other than OK. */
export interface RawStatus {
  readonly code: number;
  readonly details: string;
}

export type RawCallback = (status: RawStatus | null, bytes?: Buffer) => void;

/** Answers the calls of one RPC. The callback is for a single response; streams are written to the call. */
export type RawHandler = (call: RawCall, callback: RawCallback) => void;

export type RpcName = keyof typeof rpcs;

export type RawHandlers = Readonly<Record<RpcName, RawHandler>>;

/** What is answered without a handler: the response's bytes, or undefined where there are none. */
export type PreparedAnswers = (name: RpcName) => Buffer | undefined;

const unary = { requestStream: false, responseStream: false };
const serverStream = { requestStream: false, responseStream: true };
const clientStream = { requestStream: true, responseStream: false };

/** Every RPC of `tfplugin6.Provider`, with what is a stream. */
export const rpcs = {
  GetMetadata: unary,
  GetProviderSchema: unary,
  GetResourceIdentitySchemas: unary,
  ValidateProviderConfig: unary,
  ValidateResourceConfig: unary,
  ValidateDataResourceConfig: unary,
  UpgradeResourceState: unary,
  UpgradeResourceIdentity: unary,
  ConfigureProvider: unary,
  ReadResource: unary,
  PlanResourceChange: unary,
  ApplyResourceChange: unary,
  ImportResourceState: unary,
  MoveResourceState: unary,
  ReadDataSource: unary,
  GenerateResourceConfig: unary,
  ValidateEphemeralResourceConfig: unary,
  OpenEphemeralResource: unary,
  RenewEphemeralResource: unary,
  CloseEphemeralResource: unary,
  ListResource: serverStream,
  ValidateListResourceConfig: unary,
  GetFunctions: unary,
  CallFunction: unary,
  ValidateStateStoreConfig: unary,
  ConfigureStateStore: unary,
  ReadStateBytes: serverStream,
  WriteStateBytes: clientStream,
  LockState: unary,
  UnlockState: unary,
  GetStates: unary,
  DeleteState: unary,
  PlanAction: unary,
  InvokeAction: serverStream,
  ValidateActionConfig: unary,
  StopProvider: unary,
} as const;

/**
 * Registers the whole `tfplugin6.Provider` service.
 *
 * @param load gives the handlers; called at the first call that has no prepared answer
 */
export function addRawService(
  grpc: Pick<Server, "addService">,
  load: () => RawHandlers | Promise<RawHandlers>,
  prepared: PreparedAnswers = () => undefined,
): void {
  let handlers: RawHandlers | Promise<RawHandlers> | undefined;
  const same = (bytes: Buffer) => bytes;
  const codecs = {
    requestSerialize: same,
    requestDeserialize: same,
    responseSerialize: same,
    responseDeserialize: same,
  };
  const handler = (name: RpcName) =>
    untyped((call, callback) => {
      let answer: Buffer | undefined;
      try {
        answer = prepared(name);
      } catch (error) {
        // grpc-js would make a status without words of it; at the top it ends the process with its words.
        Promise.reject(error);
        return;
      }
      if (answer !== undefined) return callback(null, answer);
      handlers ??= load();
      if (!(handlers instanceof Promise)) return handlers[name](call, callback);
      // A failure to load reaches the top, and ends the process with a panic: nothing can be answered.
      handlers.then((loaded) => {
        handlers = loaded;
        loaded[name](call, callback);
      });
    });
  const names = Object.keys(rpcs).filter(isRpcName);
  const definition: ServiceDefinition = Object.fromEntries(
    names.map((name) => [name, { path: `/tfplugin6.Provider/${name}`, ...rpcs[name], ...codecs }]),
  );
  grpc.addService(definition, Object.fromEntries(names.map((name) => [name, handler(name)])));
}

/** grpc-js calls a handler with what the RPC's streams ask for, which is no more than a RawCall has. */
function untyped(handler: RawHandler): UntypedHandleCall;
function untyped(handler: unknown): unknown {
  return handler;
}

function isRpcName(name: string): name is RpcName {
  return Object.hasOwn(rpcs, name);
}
