import assert from "node:assert/strict";
import { test } from "node:test";
import { loadSync } from "@grpc/proto-loader";
import fc from "fast-check";
import { readPackages } from "../../scripts/generate/descriptors.mjs";
import type { Field, Table } from "../../src/protobuf/field.ts";
import { MessageType } from "../../src/protobuf/message.ts";
import { scalars } from "../../src/protobuf/scalar.ts";
import * as generated from "../../src/tfplugin6/messages.gen.ts";

/*
 * Random messages of every RPC of the protocol, with all types inside them, encoded and decoded by src/protobuf and by protobufjs,
 * which @grpc/proto-loader drives.
 */

const runs = process.env.SOAK === undefined ? 20 : 1000;
const seed = 1815;

type Fields = Readonly<Record<string, unknown>>;

/** What protobufjs makes of the requests and the responses of a method. */
interface Method {
  readonly requestSerialize: (message: object) => Buffer;
  readonly requestDeserialize: (bytes: Buffer) => object;
  readonly responseSerialize: (message: object) => Buffer;
  readonly responseDeserialize: (bytes: Buffer) => object;
}

function methodsOf(service: string): Readonly<Record<string, Method>> {
  const options = { includeDirs: ["proto"], keepCase: true, longs: Number, defaults: true };
  const definition = loadSync("tfplugin6.proto", options)[service];
  assert.ok(definition !== undefined && !("format" in definition), service);
  return definition;
}

/** The generated type of this name. */
function typeOf(name: string): MessageType<unknown> {
  const found = Object.values(generated).find((one) => one instanceof MessageType && one.name === name);
  assert.ok(found instanceof MessageType, name);
  return found;
}

/** Any message of the table; deeper than `depth`, without messages in it. */
function messages(table: Table, depth: number): fc.Arbitrary<Fields> {
  const known = table.fields.map((field): [string, fc.Arbitrary<unknown>] => [
    field.name,
    values(field, depth),
  ]);
  return fc.record(Object.fromEntries(known), { requiredKeys: [] }).map((message) => {
    const kept = { ...message };
    // Of the members of a oneof, only the first that there is.
    for (const members of table.oneofs.values()) {
      for (const extra of members.filter((member) => member in kept).slice(1)) delete kept[extra];
    }
    return kept;
  });
}

function values({ rule, type }: Field, depth: number): fc.Arbitrary<unknown> {
  const one = "table" in type && rule !== "map" ? nested(type.table, depth) : undefined;
  if (rule === "map") {
    const entry = "table" in type ? type.table.fields : [];
    const [key, value] = entry;
    assert.ok(key !== undefined && value !== undefined);
    // Not __proto__: proto-loader's objects cannot have it. src/protobuf's own tests do.
    const keys = fc.string({ unit: "grapheme", maxLength: 6 }).filter((name) => name !== "__proto__");
    const pairs = fc.uniqueArray(fc.tuple(keys, values({ ...value, rule: "plain" }, depth - 1)), {
      maxLength: 3,
      selector: ([name]) => name,
    });
    return depth < 0 ? fc.constant(new Map()) : pairs.map((all) => new Map(all));
  }
  const element = one ?? scalar(type);
  return rule === "repeated" ? fc.array(element, { maxLength: depth < 0 ? 0 : 3 }) : element;
}

function nested(table: Table, depth: number): fc.Arbitrary<Fields> {
  return depth <= 0 ? fc.constant({}) : messages(table, depth - 1);
}

function scalar(type: Field["type"]): fc.Arbitrary<unknown> {
  switch (type) {
    case scalars.bool:
      return fc.boolean();
    case scalars.string:
      return fc.string({ unit: "binary", maxLength: 20 });
    case scalars.bytes:
      return fc.uint8Array({ maxLength: 20 }).map((bytes) => Buffer.from(bytes));
    case scalars.int64:
      return fc.oneof(fc.maxSafeInteger(), fc.integer());
    case scalars.uint32:
      return fc.integer({ min: 0, max: 0xffff_ffff });
    default:
      return fc.integer();
  }
}

/** As proto-loader takes it: maps as objects. */
function forLoader(value: unknown): unknown {
  if (Buffer.isBuffer(value)) return value;
  if (Array.isArray(value)) return value.map(forLoader);
  if (value instanceof Map) return Object.fromEntries([...value].map(([key, one]) => [key, forLoader(one)]));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, forLoader(one)]));
}

test("random requests and responses of every RPC are the same to src/protobuf and to protobufjs", (t) => {
  const theirs = methodsOf("tfplugin6.Provider");
  const methods = readPackages("proto", ["tfplugin6.proto"]).flatMap(({ services }) =>
    services.flatMap((one) => one.methods),
  );
  assert.ok(methods.length >= 36);
  for (const { name, request, response } of methods) {
    const method = theirs[name];
    assert.ok(method, name);
    compare(typeOf(request), method.requestSerialize, method.requestDeserialize);
    compare(typeOf(response), method.responseSerialize, method.responseDeserialize);
  }
  t.diagnostic(`${methods.length * 2 * runs} messages of ${methods.length} RPCs from seed ${seed}`);
});

function compare(
  type: MessageType<unknown>,
  serialize: (message: object) => Buffer,
  deserialize: (bytes: Buffer) => object,
): void {
  const property = fc.property(messages(type.table, 4), (message) => {
    const own = type.encode(message);
    const theirs = serialize(Object(forLoader(message)));
    assert.deepEqual(type.decode(theirs), type.decode(own));
    assert.deepEqual(deserialize(own), deserialize(theirs));
  });
  fc.assert(property, { numRuns: runs, seed });
}
