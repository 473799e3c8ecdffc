import assert from "node:assert/strict";
import { test } from "node:test";
import type { Server } from "@grpc/grpc-js";
import { ProviderService } from "../../../src/tfplugin6/messages.gen.ts";
import {
  addRawService,
  type RawCall,
  type RawCallback,
  type RawHandlers,
  rpcs,
} from "../../../src/tfplugin6/raw-service.ts";

type Service = Parameters<Server["addService"]>;

/** What a service puts on a server. */
function added(...args: Parameters<typeof addRawService> extends [unknown, ...infer Rest] ? Rest : never) {
  const services: Service[] = [];
  addRawService({ addService: (...service: Service) => void services.push(service) }, ...args);
  const [[definition, implementation] = []] = services;
  assert.ok(definition && implementation);
  return { definition, implementation };
}

/** Handlers that answer with the RPC's name; `loads` counts how often they were asked for. */
function handlers() {
  const answer = (name: string) => [
    name,
    (_call: RawCall, callback: RawCallback) => callback(null, Buffer.from(name)),
  ];
  const all: RawHandlers = Object.fromEntries(Object.keys(rpcs).map(answer));
  const counted = {
    loads: 0,
    async load() {
      counted.loads += 1;
      return all;
    },
  };
  return counted;
}

function ask(handler: unknown): Promise<string> {
  assert.ok(typeof handler === "function");
  return new Promise((resolve) => handler({}, (_status: null, bytes: Buffer) => resolve(bytes.toString())));
}

test("the service has every RPC of the protocol, by path and streams, with its bytes as they are", () => {
  const { definition } = added(handlers().load);
  const of = (methods: typeof definition) =>
    Object.values(methods)
      .map(({ path, requestStream, responseStream }) => ({ path, requestStream, responseStream }))
      .sort((a, b) => (a.path < b.path ? -1 : 1));
  assert.deepEqual(of(definition), of(ProviderService));
  const bytes = Buffer.from([1, 2, 3]);
  for (const method of Object.values(definition)) {
    assert.equal(method.requestDeserialize(bytes), bytes);
    assert.equal(method.responseSerialize(bytes), bytes);
  }
});

test("the handlers are loaded at the first call without a prepared answer, and once for calls at the same time", async () => {
  const counted = handlers();
  const prepared = (name: string) => (name === "GetMetadata" ? Buffer.from("prepared") : undefined);
  const { implementation } = added(counted.load, prepared);
  assert.equal(await ask(implementation.GetMetadata), "prepared");
  assert.equal(counted.loads, 0);
  const both = [ask(implementation.StopProvider), ask(implementation.ReadDataSource)];
  assert.deepEqual(await Promise.all(both), ["StopProvider", "ReadDataSource"]);
  assert.equal(await ask(implementation.CallFunction), "CallFunction");
  assert.equal(counted.loads, 1);
  assert.equal(await ask(implementation.GetMetadata), "prepared");
});
