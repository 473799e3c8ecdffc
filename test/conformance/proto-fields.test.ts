import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import type { Field, Method, Package } from "../../scripts/generate/descriptors.mjs";
import { readPackages } from "../../scripts/generate/descriptors.mjs";
import { againstOutsideData } from "../support/outside-data.ts";

// Names, numbers and types decide what goes over the wire. Ours are compared, as lines of text,
// with a table drawn up from the protocol's published versions, and with the few below, typed from
// the protocol's documentation, that the provider cannot do without.

const FIELDS = join("data", "tfplugin6-fields.json");

interface FieldTable {
  readonly rpcs: Record<
    string,
    { request: string; response: string; client_stream: boolean; server_stream: boolean }
  >;
  readonly messages: Record<
    string,
    { fields: Record<string, { number: number; type: string; oneof?: string }> }
  >;
  readonly enums: Record<string, { values: Record<string, number> }>;
}

let table: FieldTable = { rpcs: {}, messages: {}, enums: {} };
againstOutsideData((data) => {
  table = JSON.parse(readFileSync(join(data, FIELDS), "utf8"));
});
// In minor 3 only; minor 4 moved it out of GetProviderSchema, with the same field numbers.
delete table.messages["GetProviderSchema.ServerCapabilities"];

function compare(name: string, body: () => void): void {
  againstOutsideData(() => void test(name, body));
}

const GO_PLUGIN = ["grpc_controller.proto", "grpc_stdio.proto", "grpc_broker.proto", "health.proto"];

function packageOf(name: string): Package {
  const found = readPackages("proto", ["tfplugin6.proto", ...GO_PLUGIN]).find((each) => each.name === name);
  assert.ok(found, `package ${name}`);
  return found;
}

const provider = packageOf("tfplugin6");

function local(name: string): string {
  return name.replace(/^(tfplugin6|plugin|grpc\.health\.v1)\./, "");
}

function fieldLine({ name, number, rule, type, reference, key, oneof }: Field): string {
  const value = local(reference ?? type);
  const whole = {
    one: value,
    optional: `optional ${value}`,
    repeated: `repeated ${value}`,
    map: `map<${key}, ${value}>`,
  };
  return `${whole[rule]} ${name} = ${number}${oneof === undefined ? "" : ` of ${oneof}`}`;
}

function methodLine({ request, response, requestStream, responseStream }: Method): string {
  const side = (name: string, stream: boolean) => (stream ? `stream ${local(name)}` : local(name));
  return `${side(request, requestStream)} -> ${side(response, responseStream)}`;
}

/** A type of the table with the scope that its name leaves out. */
function scoped(type: string, scope: string): string {
  const [, before = "", name = "", after = ""] =
    /^(repeated |optional |map<string, )?([\w.]+)(>?)$/.exec(type) ?? [];
  for (let outer = scope; outer !== ""; outer = outer.slice(0, Math.max(0, outer.lastIndexOf(".")))) {
    const full = `${outer}.${name}`;
    if (full in table.messages || full in table.enums) return before + full + after;
  }
  return type;
}

compare("every message has the table's fields, numbers, types and oneofs", () => {
  const expected = new Map<string, string[]>();
  for (const [scope, { fields }] of Object.entries(table.messages)) {
    // A message that only holds others is no type of ours.
    if (Object.keys(fields).length === 0 && hasNested(scope)) continue;
    const lines = Object.entries(fields).map(([name, { number, type, oneof }]) => {
      return `${scoped(type, scope)} ${name} = ${number}${oneof === undefined ? "" : ` of ${oneof}`}`;
    });
    expected.set(scope, lines);
  }
  assert.deepEqual(provider.messages.map(({ name }) => local(name)).sort(), [...expected.keys()].sort());
  for (const { name, fields } of provider.messages) {
    assert.deepEqual(fields.map(fieldLine), expected.get(local(name)), name);
  }
});

function hasNested(name: string): boolean {
  return Object.keys(table.messages).some((other) => other.startsWith(`${name}.`));
}

compare("every enum has the table's values", () => {
  const expected = Object.entries(table.enums).map(([name, { values }]) => [name, values]);
  const actual = provider.enums.map(({ name, values }) => [
    local(name),
    Object.fromEntries(values.map((value) => [value.name, value.number])),
  ]);
  assert.deepEqual(Object.fromEntries(actual), Object.fromEntries(expected));
});

compare("every method has the table's messages and streams", () => {
  const expected = Object.entries(table.rpcs).map(([name, rpc]) => [
    name,
    methodLine({
      ...rpc,
      name,
      path: "",
      requestStream: rpc.client_stream,
      responseStream: rpc.server_stream,
    }),
  ]);
  const actual = provider.services.flatMap(({ methods }) =>
    methods.map((method) => [method.name, methodLine(method)]),
  );
  assert.deepEqual(Object.fromEntries(actual), Object.fromEntries(expected));
});

function linesOf(from: Package, message: string): string[] {
  const found = from.messages.find(({ name }) => name === `${from.name}.${message}`);
  assert.ok(found, message);
  return found.fields.map(fieldLine);
}

test("the messages that a data source needs have their numbers", () => {
  assert.deepEqual(linesOf(provider, "DynamicValue"), ["bytes msgpack = 1", "bytes json = 2"]);
  assert.deepEqual(linesOf(provider, "AttributePath.Step"), [
    "string attribute_name = 1 of selector",
    "string element_key_string = 2 of selector",
    "int64 element_key_int = 3 of selector",
  ]);
  assert.deepEqual(linesOf(provider, "Diagnostic"), [
    "Diagnostic.Severity severity = 1",
    "string summary = 2",
    "string detail = 3",
    "AttributePath attribute = 4",
  ]);
  assert.ok(linesOf(provider, "Schema.Attribute").includes("Schema.Object nested_type = 10"));
  assert.ok(
    linesOf(provider, "GetProviderSchema.Response").includes("map<string, Schema> data_source_schemas = 3"),
  );
  assert.deepEqual(linesOf(provider, "ReadDataSource.Response"), [
    "DynamicValue state = 1",
    "repeated Diagnostic diagnostics = 2",
    "Deferred deferred = 3",
  ]);
  // The odd one out: every other validation answers with number 1.
  assert.deepEqual(linesOf(provider, "ValidateProviderConfig.Response"), [
    "repeated Diagnostic diagnostics = 2",
  ]);
});

test("go-plugin's services and gRPC's health check have their numbers", () => {
  const plugin = packageOf("plugin");
  const health = packageOf("grpc.health.v1");
  assert.deepEqual(linesOf(plugin, "StdioData"), ["StdioData.Channel channel = 1", "bytes data = 2"]);
  assert.deepEqual(linesOf(plugin, "ConnInfo"), [
    "uint32 service_id = 1",
    "string network = 2",
    "string address = 3",
    "ConnInfo.Knock knock = 4",
  ]);
  assert.deepEqual(linesOf(plugin, "ConnInfo.Knock"), ["bool knock = 1", "bool ack = 2", "string error = 3"]);
  assert.deepEqual(linesOf(health, "HealthCheckRequest"), ["string service = 1"]);
  assert.deepEqual(linesOf(health, "HealthCheckResponse"), ["HealthCheckResponse.ServingStatus status = 1"]);
  const methods = [...plugin.services, ...health.services].flatMap((service) => service.methods);
  assert.deepEqual(
    methods.map((method) => `${method.path}: ${methodLine(method)}`),
    [
      "/plugin.GRPCController/Shutdown: Empty -> Empty",
      "/plugin.GRPCStdio/StreamStdio: google.protobuf.Empty -> stream StdioData",
      "/plugin.GRPCBroker/StartStream: stream ConnInfo -> stream ConnInfo",
      "/grpc.health.v1.Health/Check: HealthCheckRequest -> HealthCheckResponse",
      "/grpc.health.v1.Health/Watch: HealthCheckRequest -> stream HealthCheckResponse",
    ],
  );
});
