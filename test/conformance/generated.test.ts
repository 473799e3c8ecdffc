import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import {
  appendFileSync,
  cpSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { test } from "node:test";
import { loadSync } from "@grpc/proto-loader";
import type { Field } from "../../scripts/generate/descriptors.mjs";
import { readPackages } from "../../scripts/generate/descriptors.mjs";
import {
  GRPCBrokerService,
  GRPCControllerService,
  GRPCStdioService,
  HealthService,
} from "../../src/plugin/messages.gen.ts";
import { ProviderService } from "../../src/tfplugin6/messages.gen.ts";

// The generated message types against proto-loader, which reads the same .proto files at run time
// and is used for nothing else here.

const FILES = [
  "tfplugin6.proto",
  "grpc_controller.proto",
  "grpc_stdio.proto",
  "grpc_broker.proto",
  "health.proto",
];

const packages = readPackages("proto", FILES);
const messages = new Map(packages.flatMap((each) => each.messages).map((message) => [message.name, message]));
const enums = new Map(packages.flatMap((each) => each.enums).map((each) => [each.name, each.values]));

/** What ours and proto-loader's definition of a method have in common, whatever its messages. */
interface MethodCodecs {
  readonly path: string;
  readonly requestStream: boolean;
  readonly responseStream: boolean;
  requestSerialize(message: unknown): Buffer;
  requestDeserialize(bytes: Buffer): unknown;
  responseSerialize(message: unknown): Buffer;
  responseDeserialize(bytes: Buffer): unknown;
}

const SERVICES: Record<string, Record<string, MethodCodecs>> = {
  "tfplugin6.Provider": ProviderService,
  "plugin.GRPCController": GRPCControllerService,
  "plugin.GRPCStdio": GRPCStdioService,
  "plugin.GRPCBroker": GRPCBrokerService,
  "grpc.health.v1.Health": HealthService,
};

const loaded = loadSync(FILES, { keepCase: true, longs: Number, defaults: true, includeDirs: ["proto"] });

/** proto-loader's definition of a method of ours. */
function theirs(service: string, method: string): MethodCodecs {
  const definition = loaded[service];
  assert.ok(definition !== undefined && !("format" in definition), service);
  const found = Object.entries(definition).find(([name]) => name === method)?.[1];
  assert.ok(found !== undefined, method);
  return found;
}

/** Fills every field of a message, down to `depth` messages in it; of a oneof, one member a variant. */
function sample(name: string, variant: number, depth: number, seen: Set<string>): Record<string, unknown> {
  seen.add(name);
  const message = messages.get(name);
  assert.ok(message, name);
  const filled: Record<string, unknown> = {};
  for (const field of message.fields) {
    const members = message.fields.filter(({ oneof }) => oneof !== undefined && oneof === field.oneof);
    if (members.length > 0 && members.indexOf(field) !== variant % members.length) continue;
    if (depth === 0 && field.type === "message") continue;
    const make = (offset: number) => value(field, field.type, field.number + offset, variant, depth, seen);
    if (field.rule === "repeated") filled[field.name] = [make(0), make(1)];
    else if (field.rule === "map")
      filled[field.name] = new Map([
        ["é", make(0)],
        ["", make(1)],
      ]);
    else filled[field.name] = make(0);
  }
  return filled;
}

function value(
  field: Field,
  type: string,
  seed: number,
  variant: number,
  depth: number,
  seen: Set<string>,
): unknown {
  switch (type) {
    case "bool":
      return variant !== 1;
    case "bytes":
      return Buffer.alloc(seed * variant * 20, seed + 0x7f);
    case "enum":
      return enums.get(field.reference ?? "")?.at(-1 - (variant % 2))?.number;
    case "int32":
      return variant === 1 ? -seed : seed * 0x0100_0001;
    case "int64":
      return [seed, -seed, -seed * 2 ** 45][variant];
    case "message":
      return sample(field.reference ?? "", variant, depth - 1, seen);
    case "string":
      return `${field.name} ${"é".repeat(seed * variant * 3)}`;
    case "uint32":
      return variant === 1 ? 0xffff_ffff : seed;
  }
  return assert.fail(`a sample for ${type}`);
}

/** The form in which both sides' messages are equal: Maps as objects, and nothing unset. */
function plain(message: unknown): unknown {
  if (Array.isArray(message)) return message.map(plain);
  if (typeof message !== "object" || message === null || Buffer.isBuffer(message)) return message;
  const entries = message instanceof Map ? [...message] : Object.entries(message);
  return Object.fromEntries(
    entries
      .filter(([, element]) => element !== undefined && element !== null)
      .map(([key, element]) => [key, plain(element)]),
  );
}

interface Codec {
  encode(message: unknown): Buffer;
  decode(bytes: Buffer): unknown;
}

/** The request and the response of each method of a service, with both sides' codecs. */
function sides(service: string): { message: string; ours: Codec; theirs: Codec }[] {
  return Object.entries(SERVICES[service] ?? {}).flatMap(([name, ours]) => {
    const other = theirs(service, name);
    const method = packages
      .flatMap(({ services }) => services.flatMap(({ methods }) => methods))
      .find(({ path }) => path === ours.path);
    assert.ok(method, ours.path);
    const { request, response } = method;
    const requests = (from: MethodCodecs) => ({
      encode: from.requestSerialize,
      decode: from.requestDeserialize,
    });
    const responses = (from: MethodCodecs) => ({
      encode: from.responseSerialize,
      decode: from.responseDeserialize,
    });
    return [
      { message: request, ours: requests(ours), theirs: requests(other) },
      { message: response, ours: responses(ours), theirs: responses(other) },
    ];
  });
}

const VARIANTS = [0, 1, 2];
const DEPTH = 6;

for (const service of Object.keys(SERVICES)) {
  test(`proto-loader and the static types of ${service} read each other's bytes`, () => {
    for (const { message, ours, theirs } of sides(service)) {
      for (const variant of VARIANTS) {
        const filled = sample(message, variant, DEPTH, new Set());
        const expected = plain(theirs.decode(theirs.encode(plain(filled))));
        const encoded = ours.encode(filled);
        assert.deepEqual(plain(theirs.decode(encoded)), expected, `${message}: ours read by proto-loader`);
        assert.deepEqual(plain(ours.decode(encoded)), expected, `${message}: ours read by ours`);
        assert.deepEqual(
          plain(ours.decode(theirs.encode(plain(filled)))),
          expected,
          `${message}: proto-loader's read by ours`,
        );
      }
      const none = Buffer.alloc(0);
      assert.deepEqual(plain(ours.decode(none)), plain(theirs.decode(none)), `${message}: defaults`);
    }
  });

  test(`the methods of ${service} are those of the .proto file`, () => {
    const expected = packages
      .flatMap((each) =>
        each.services.map(({ name, methods }) => ({ name: `${each.name}.${name}`, methods })),
      )
      .find(({ name }) => name === service);
    const streams = (method: { path: string; requestStream: boolean; responseStream: boolean }) => [
      method.path,
      method.requestStream,
      method.responseStream,
    ];
    assert.deepEqual(Object.values(SERVICES[service] ?? {}).map(streams), expected?.methods.map(streams));
    for (const [name, method] of Object.entries(SERVICES[service] ?? {})) {
      assert.deepEqual(streams(method), streams(theirs(service, name)));
    }
  });
}

test("every message of the .proto files is part of a request or a response", () => {
  const seen = new Set<string>();
  for (const service of Object.keys(SERVICES)) {
    for (const { message } of sides(service)) {
      for (const variant of VARIANTS) sample(message, variant, DEPTH, seen);
    }
  }
  const used = [...messages.keys()].filter((name) => !name.startsWith("google.protobuf.") || seen.has(name));
  assert.deepEqual([...seen].sort(), used.sort());
});

/** Runs a copy of the generator in check mode, after `spoil` was given the copy's folder. */
function check(spoil: (folder: string) => void): { status: number | null; stderr: string } {
  const folder = mkdtempSync(join(tmpdir(), "generate-"));
  try {
    for (const path of ["proto", "scripts", "src", "package.json"]) {
      cpSync(path, join(folder, path), { recursive: true });
    }
    symlinkSync(resolve("node_modules"), join(folder, "node_modules"), "dir");
    spoil(folder);
    const script = join(folder, "scripts", "generate.mjs");
    const { status, stderr } = spawnSync(process.execPath, [script, "--check"], { encoding: "utf8" });
    return { status, stderr };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

test("the checked-in files are what the generator writes", () => {
  assert.deepEqual(
    check(() => {}),
    { status: 0, stderr: "" },
  );
});

test("the check names a file that was edited, and leaves it as it is", () => {
  const { status, stderr } = check((folder) =>
    appendFileSync(join(folder, "src/plugin/messages.gen.ts"), "\n"),
  );
  assert.equal(status, 1);
  assert.match(stderr, /^src\/plugin\/messages\.gen\.ts is not what proto\/ says: run "npm run generate"/);
  assert.doesNotMatch(stderr, /tfplugin6/);
});

test("the check names the registry where an object has another name, or was added", () => {
  const { status, stderr } = check((folder) => {
    const file = join(folder, "src/provider/objects/model.ts");
    writeFileSync(file, readFileSync(file, "utf8").replaceAll("openai_model", "openai_engine"));
  });
  assert.equal(status, 1, stderr);
  assert.match(
    stderr,
    /^src\/provider\/registry\.gen\.ts is not what the declarations of src\/provider say: run/,
  );
});

test("the check names a file that is missing, and one whose .proto file changed", () => {
  const { status, stderr } = check((folder) => {
    rmSync(join(folder, "src/plugin/messages.gen.ts"));
    appendFileSync(join(folder, "proto/tfplugin6.proto"), "message Another {}\n");
  });
  assert.equal(status, 1);
  assert.match(
    stderr,
    /src\/tfplugin6\/messages\.gen\.ts is not[\s\S]*src\/plugin\/messages\.gen\.ts is not/,
  );
});
