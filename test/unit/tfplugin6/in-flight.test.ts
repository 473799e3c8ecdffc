import assert from "node:assert/strict";
import { once } from "node:events";
import { test } from "node:test";
import { ProviderService, type ReadDataSource_Response } from "../../../src/tfplugin6/messages.gen.ts";
import { configuration, fakeProvider, thing, thingAttributes } from "../../support/fake-provider.ts";
import { type ProviderClient, serve, wire } from "../../support/provider-client.ts";

/** A data source whose read of a thing named "slow" ends only when it is aborted; as `fetch`, by throwing. */
function slowThing() {
  const started: AbortSignal[] = [];
  let waiting: { readonly count: number; readonly resolve: () => void } | undefined;
  const source = thing({
    async read({ config, signal }) {
      if (config.name !== "slow") return { ...config, id: "quick" };
      started.push(signal);
      if (started.length === waiting?.count) waiting.resolve();
      if (!signal.aborted) await once(signal, "abort");
      signal.throwIfAborted();
      return { ...config, id: "slow" };
    },
  });
  /** Until so many slow reads are in flight. */
  const inFlight = (count: number) =>
    new Promise<void>((resolve) => {
      if (started.length >= count) resolve();
      else waiting = { count, resolve };
    });
  return { source, started, inFlight };
}

async function configured(context: Parameters<typeof serve>[0], source: ReturnType<typeof thing>) {
  const client = await serve(context, fakeProvider({ dataSources: [source] }));
  await client.unary(ProviderService.ConfigureProvider, {});
  return client;
}

function read(client: ProviderClient, name: string, signal?: AbortSignal): Promise<ReadDataSource_Response> {
  const config = wire(configuration(thingAttributes, { name }), thing().schema);
  return client.unary(ProviderService.ReadDataSource, { type_name: "fake_thing", config }, signal);
}

test("StopProvider ends the reads in flight, each with a diagnostic that speaks of no bug", async (context) => {
  const { source, inFlight } = slowThing();
  const client = await configured(context, source);
  const reads = [read(client, "slow"), read(client, "slow")];
  await inFlight(2);
  assert.equal((await client.unary(ProviderService.StopProvider, {})).Error, "");
  for (const { state, diagnostics } of await Promise.all(reads)) {
    assert.equal(state, undefined);
    assert.deepEqual(
      diagnostics.map(({ severity, summary }) => [severity, summary]),
      [[1, "Operation cancelled"]],
    );
  }
});

test("after StopProvider reads are served as before, and it can stop them again", async (context) => {
  const { source, inFlight } = slowThing();
  const client = await configured(context, source);
  await client.unary(ProviderService.StopProvider, {});
  assert.deepEqual((await read(client, "quick")).diagnostics, []);
  const slow = read(client, "slow");
  await inFlight(1);
  await client.unary(ProviderService.StopProvider, {});
  assert.equal((await slow).diagnostics[0]?.summary, "Operation cancelled");
});

test("a cancelled call aborts its own read and no other", async (context) => {
  const { source, started, inFlight } = slowThing();
  const client = await configured(context, source);
  const cancel = new AbortController();
  const first = read(client, "slow", cancel.signal);
  await inFlight(1);
  const second = read(client, "slow");
  await inFlight(2);
  const [mine, others] = started;
  assert.ok(mine && others);
  const aborted = once(mine, "abort");
  cancel.abort();
  await assert.rejects(first, { code: 1 });
  await aborted;
  assert.equal(others.aborted, false);
  await client.unary(ProviderService.StopProvider, {});
  await second;
});

test("a finished read's signal is left alone, though grpc-js reports every call as cancelled", async (context) => {
  const seen: AbortSignal[] = [];
  const source = thing({
    read: async ({ config, signal }) => {
      seen.push(signal);
      return { ...config, id: "x" };
    },
  });
  const client = await configured(context, source);
  await read(client, "x");
  await client.unary(ProviderService.StopProvider, {});
  await read(client, "y");
  assert.deepEqual(
    seen.map(({ aborted }) => aborted),
    [false, false],
  );
});

test("many reads at once make Node warn of no leak", async (context) => {
  const warnings: string[] = [];
  const listener = (warning: Error) => warnings.push(warning.message);
  process.on("warning", listener);
  context.after(() => process.off("warning", listener));
  const { source, inFlight } = slowThing();
  const client = await configured(context, source);
  const reads = Array.from({ length: 40 }, () => read(client, "slow"));
  await inFlight(40);
  await client.unary(ProviderService.StopProvider, {});
  await Promise.all(reads);
  assert.deepEqual(warnings, []);
});
