import assert from "node:assert/strict";
import { test } from "node:test";
import { ProviderService } from "../../../src/tfplugin6/messages.gen.ts";
import { configuration, fakeProvider, thing, thingAttributes } from "../../support/fake-provider.ts";
import { type LogLine, serve, wire } from "../../support/provider-client.ts";

const type_name = "fake_thing";
const config = wire(configuration(thingAttributes, { name: "hunter2" }), thing().schema);

function linesOf(log: readonly LogLine[], rpc: string): LogLine[] {
  return log.filter((line) => line.tf_rpc === rpc);
}

test("each line of a call has its request id, RPC, protocol version and data source type", async (context) => {
  const source = thing({
    read: async ({ config, log }) => {
      log.log("info", "Reading", { attempt: 1 });
      return { ...config, id: "x" };
    },
  });
  const client = await serve(context, fakeProvider({ dataSources: [source] }));
  await client.unary(ProviderService.ConfigureProvider, {});
  await client.unary(ProviderService.ReadDataSource, { type_name, config });
  const lines = linesOf(client.log, "ReadDataSource");
  assert.deepEqual(
    lines.map((line) => [line["@level"], line["@message"]]),
    [
      ["trace", "Received request"],
      ["debug", "Calling provider defined DataSource Read"],
      ["info", "Reading"],
      ["debug", "Called provider defined DataSource Read"],
      ["debug", "Served request"],
    ],
  );
  assert.equal(new Set(lines.map(({ tf_req_id }) => tf_req_id)).size, 1);
  assert.match(String(lines[0]?.tf_req_id), /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
  for (const line of lines) {
    assert.equal(line.tf_data_source_type, type_name);
    assert.equal(line.tf_proto_version, "6.11");
    assert.equal(line["@module"], "provider");
  }
});

test("the last line of a call has its duration in whole milliseconds", async (context) => {
  const client = await serve(context, fakeProvider());
  await client.unary(ProviderService.GetProviderSchema, {});
  const last = linesOf(client.log, "GetProviderSchema").at(-1);
  assert.equal(last?.["@message"], "Served request");
  assert.ok(Number.isSafeInteger(last?.tf_req_duration_ms));
});

test("two calls have two request ids", async (context) => {
  const client = await serve(context, fakeProvider());
  await client.unary(ProviderService.GetMetadata, {});
  await client.unary(ProviderService.GetMetadata, {});
  assert.equal(new Set(linesOf(client.log, "GetMetadata").map(({ tf_req_id }) => tf_req_id)).size, 2);
});

test("no line shows a value of the configuration or of the state", async (context) => {
  const client = await serve(context, fakeProvider());
  await client.unary(ProviderService.ConfigureProvider, {});
  await client.unary(ProviderService.ValidateDataResourceConfig, { type_name, config });
  await client.unary(ProviderService.ReadDataSource, { type_name, config });
  assert.ok(client.log.length > 0);
  assert.doesNotMatch(JSON.stringify(client.log), /hunter2/);
});

test("with the log off nothing is written", async (context) => {
  const client = await serve(context, fakeProvider(), "off");
  await client.unary(ProviderService.ConfigureProvider, {});
  await client.unary(ProviderService.ReadDataSource, { type_name, config });
  assert.deepEqual(client.log, []);
});
