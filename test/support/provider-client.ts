import type { TestContext } from "node:test";
import {
  type CallOptions,
  Client,
  type ClientReadableStream,
  credentials,
  Server,
  ServerCredentials,
  type ServiceError,
} from "@grpc/grpc-js";
import { encodeMsgpack, type ObjectValue, type Type } from "../../src/cty/index.ts";
import { createLogger, type LogLevel, type Provider } from "../../src/framework/index.ts";
import { ProviderServer } from "../../src/framework/server/index.ts";
import type { Input } from "../../src/protobuf/input.ts";
import type { Method } from "../../src/protobuf/service.ts";
import type { DynamicValue } from "../../src/tfplugin6/messages.gen.ts";
import { addProviderService } from "../../src/tfplugin6/provider-service.ts";

/** A line of the provider's log, as Terraform parses it. */
export type LogLine = { readonly [key: string]: unknown };

/** A client of a provider that is served in this process, over a socket and without TLS. */
export interface ProviderClient {
  readonly log: readonly LogLine[];
  unary<Q, R>(method: Method<Q, R, false, false>, request: Input<Q>, signal?: AbortSignal): Promise<R>;
  /** All messages of the answer. */
  serverStream<Q, R>(method: Method<Q, R, false, true>, request: Input<Q>): Promise<R[]>;
  /** The answer as it comes: to read from, pause and cancel. */
  openStream<Q, R>(method: Method<Q, R, false, true>, request: Input<Q>): ClientReadableStream<R>;
  /** The answer to the requests; with `hangUp` the client cancels after them instead of ending. */
  clientStream<Q, R>(
    method: Method<Q, R, true, false>,
    requests: readonly Input<Q>[],
    hangUp?: boolean,
  ): Promise<R>;
}

/** Serves a provider on the loopback until the test ends. Calls reject with the gRPC status, if it is not OK. */
export async function serve<P>(
  context: TestContext,
  declared: Provider<P>,
  logLevel: LogLevel = "trace",
): Promise<ProviderClient> {
  const log: LogLine[] = [];
  const grpc = new Server();
  addProviderService(
    grpc,
    new ProviderServer(
      declared,
      createLogger(logLevel, (line) => log.push(JSON.parse(line))),
    ),
  );
  const port = await new Promise<number>((resolve, reject) => {
    grpc.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (error, bound) =>
      error === null ? resolve(bound) : reject(error),
    );
  });
  const client = new Client(`127.0.0.1:${port}`, credentials.createInsecure());
  context.after(() => {
    client.close();
    grpc.forceShutdown();
  });
  return { log, ...caller(client) };
}

function caller(client: Client): Omit<ProviderClient, "log"> {
  return {
    unary: (method, request, signal) =>
      new Promise((resolve, reject) => {
        const call = client.makeUnaryRequest(
          method.path,
          method.requestSerialize,
          method.responseDeserialize,
          request,
          deadline(),
          (error, response) => settle(error, response, resolve, reject),
        );
        signal?.addEventListener("abort", () => call.cancel());
      }),
    serverStream: (method, request) =>
      new Promise((resolve, reject) => {
        const messages: Parameters<typeof resolve>[0] & unknown[] = [];
        client
          .makeServerStreamRequest(
            method.path,
            method.requestSerialize,
            method.responseDeserialize,
            request,
            deadline(),
          )
          .on("data", (message) => messages.push(message))
          .on("error", reject)
          .on("end", () => resolve(messages));
      }),
    openStream: (method, request) =>
      client.makeServerStreamRequest(
        method.path,
        method.requestSerialize,
        method.responseDeserialize,
        request,
        deadline(),
      ),
    clientStream: (method, requests, hangUp = false) =>
      new Promise((resolve, reject) => {
        const call = client.makeClientStreamRequest(
          method.path,
          method.requestSerialize,
          method.responseDeserialize,
          deadline(),
          (error, response) => settle(error, response, resolve, reject),
        );
        for (const request of requests) call.write(request);
        if (hangUp) setImmediate(() => call.cancel());
        else call.end();
      }),
  };
}

/** A call without an answer fails its test after 20 seconds, instead of holding it up for ever. */
function deadline(): CallOptions {
  return { deadline: Date.now() + 20_000 };
}

function settle<R>(
  error: ServiceError | null,
  response: R | undefined,
  resolve: (response: R) => void,
  reject: (reason: unknown) => void,
): void {
  if (error !== null || response === undefined) reject(error);
  else resolve(response);
}

/** A configuration on the wire. */
export function wire(config: ObjectValue, of: { readonly type: Type }): Input<DynamicValue> {
  return { msgpack: encodeMsgpack(config, of.type) };
}
