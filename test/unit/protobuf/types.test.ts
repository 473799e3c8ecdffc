import assert from "node:assert/strict";
import { test } from "node:test";
import { Server } from "@grpc/grpc-js";
import {
  type GRPCControllerService,
  GRPCStdioService,
  StdioData_Channel,
} from "../../../src/plugin/messages.gen.ts";
import type { Implementation, RequestOf, UnaryMethods } from "../../../src/protobuf/handlers.ts";
import type { Input } from "../../../src/protobuf/input.ts";
import {
  type ProviderService,
  ReadDataSource_Response,
  StopProvider_Request,
} from "../../../src/tfplugin6/messages.gen.ts";

// What must not compile is marked: `tsc` fails when an expected error is missing. Each runs too,
// so that a mistake which escapes the compiler is seen to be refused when it is encoded.

test("a misspelt field does not compile, and is refused", () => {
  // @ts-expect-error the field is called state
  assert.throws(() => ReadDataSource_Response.encode({ stat: {} }), /no field stat/);
  const deep = { attribute: { steps: [{ attribute_name: "a" }] } };
  ReadDataSource_Response.encode({ diagnostics: [deep] });
  assert.throws(
    // @ts-expect-error the field is called attribute_name
    () => ReadDataSource_Response.encode({ diagnostics: [{ attribute: { steps: [{ attribute: "a" }] } }] }),
    /diagnostics: attribute: steps: there is no field attribute/,
  );
});

test("an empty message takes no fields", () => {
  assert.equal(StopProvider_Request.encode({}).length, 0);
  // @ts-expect-error the request has no fields
  assert.throws(() => StopProvider_Request.encode({ reason: "" }), /no field reason/);
});

test("a value of another type does not compile, and is refused", () => {
  // @ts-expect-error bytes are no text
  assert.throws(() => ReadDataSource_Response.encode({ state: { json: "{}" } }), TypeError);
  // @ts-expect-error the severities end at 2
  assert.ok(ReadDataSource_Response.encode({ diagnostics: [{ severity: 3 }] }).length > 0);
});

test("a decoded message may be encoded again", () => {
  const decoded = ReadDataSource_Response.decode(Buffer.alloc(0));
  const input: Input<ReadDataSource_Response> = decoded;
  assert.equal(ReadDataSource_Response.encode(input).length, 0);
  // @ts-expect-error a message field may be unset
  assert.throws(() => decoded.state.msgpack, TypeError);
});

interface Context {
  readonly signal: AbortSignal;
}
type ProviderHandlers = UnaryMethods<typeof ProviderService, Context>;

test("a table of unary handlers is typed by the service", async () => {
  const handlers: Pick<ProviderHandlers, "ReadDataSource" | "StopProvider"> = {
    async ReadDataSource(request, { signal }): Promise<Input<ReadDataSource_Response>> {
      const name: string = request.type_name;
      return { diagnostics: [{ summary: `${name} ${signal.aborted}` }] };
    },
    // @ts-expect-error the field is called Error
    StopProvider: async () => ({ error: "" }),
  };
  const request: RequestOf<typeof ProviderService.ReadDataSource> = {
    type_name: "t",
    config: undefined,
    provider_meta: undefined,
    client_capabilities: undefined,
  };
  const response = await handlers.ReadDataSource(request, { signal: new AbortController().signal });
  assert.deepEqual(response, { diagnostics: [{ summary: "t false" }] });
});

test("a misspelt method does not compile, and a stream is not a unary method", () => {
  // @ts-expect-error the method is called ReadDataSource
  const misspelt: Partial<ProviderHandlers> = { ReadDatasource: async () => ({}) };
  // @ts-expect-error ListResource sends a stream
  const stream: Partial<ProviderHandlers> = { ListResource: async () => ({}) };
  assert.ok(misspelt && stream);
});

test("grpc-js takes a service definition and its implementation as they are", () => {
  const stdio: Implementation<typeof GRPCStdioService> = {
    StreamStdio(call) {
      call.write({ channel: StdioData_Channel.STDOUT, data: Buffer.from("x") });
      // @ts-expect-error the field is called data
      call.write({ bytes: Buffer.from("x") });
    },
  };
  const server = new Server();
  server.addService(GRPCStdioService, stdio);
  // @ts-expect-error the method is called Shutdown
  const controller: Implementation<typeof GRPCControllerService> = { shutdown: stdio.StreamStdio };
  assert.ok(controller);
  server.forceShutdown();
});
