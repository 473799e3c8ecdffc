import assert from "node:assert/strict";
import { test } from "node:test";
import { Server } from "@grpc/grpc-js";
import {
  type GRPCControllerService,
  GRPCStdioService,
  StdioData_Channel,
} from "../../../src/plugin/messages.gen.ts";
import type { Implementation } from "../../../src/protobuf/handlers.ts";
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

type ProviderHandlers = Implementation<typeof ProviderService>;

test("a table of handlers is typed by the service", () => {
  const handlers: Pick<ProviderHandlers, "ReadDataSource" | "StopProvider"> = {
    ReadDataSource(call, callback) {
      const name: string = call.request.type_name;
      callback(null, { diagnostics: [{ summary: name }] });
    },
    StopProvider(_call, callback) {
      // @ts-expect-error the field is called Error
      callback(null, { error: "" });
    },
  };
  assert.ok(handlers);
});

test("a misspelt method does not compile, and a stream is not a unary method", () => {
  // @ts-expect-error the method is called ReadDataSource
  const misspelt: Partial<ProviderHandlers> = { ReadDatasource: () => {} };
  const stream: Partial<ProviderHandlers> = {
    // @ts-expect-error ListResource sends a stream, and calls nothing back
    ListResource: (_call, callback) => callback(null, {}),
  };
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
