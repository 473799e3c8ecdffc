import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, type TestContext } from "node:test";
import { setTimeout as delay } from "node:timers/promises";
import type { ClientUnaryCall } from "@grpc/grpc-js";
import {
  decodeMsgpack,
  encodeMsgpack,
  isUnknown,
  type ObjectValue,
  objectValue,
  type Type,
  type Value,
} from "../../../src/cty/index.ts";
import { isObjectValue } from "../../../src/framework/server/index.ts";
import { builtProvider } from "../../support/root.ts";
import { bytes, diagnosticsOf, message } from "./messages.ts";
import { PluginClient } from "./plugin-client.ts";
import type { Message } from "./proto.ts";
import { type WireSchemas, wireSchemas } from "./wire-schema.ts";

/** Arguments by name; those left out are null, as Terraform sends them. */
export type Arguments = Readonly<Record<string, Value>>;

/** What a read gave. */
export interface ReadResult {
  /** Undefined where the response has none. */
  readonly state: ObjectValue | undefined;
  /** One line each. */
  readonly diagnostics: readonly string[];
}

export interface StartOptions {
  readonly env?: NodeJS.ProcessEnv;
  readonly tls?: boolean;
  /** Whether the test itself says what there is on stderr; else there must be nothing. */
  readonly talks?: boolean;
}

const DATA_SOURCE = "openai_chat_completion";

/** The temporary folder of the providers of this test file. */
const sockets = mkdtempSync(join(tmpdir(), "provider-"));
after(() => {
  const left = readdirSync(sockets);
  rmSync(sockets, { recursive: true });
  assert.deepEqual(left, [], "sockets are left behind");
});

/**
 * The built provider in a process of its own, driven as Terraform drives it. At the end of the test
 * it is shut down, unless the test did, and must have kept stdout to the handshake line, and stderr
 * empty.
 */
export class BuiltProvider {
  readonly client: PluginClient;
  readonly schemas: WireSchemas;

  private constructor(client: PluginClient, schemas: WireSchemas) {
    this.client = client;
    this.schemas = schemas;
  }

  static async start(t: Pick<TestContext, "after">, options: StartOptions = {}): Promise<BuiltProvider> {
    const provider = new BuiltProvider(await connect(options), await allSchemas());
    t.after(() => end(provider.client, options));
    return provider;
  }

  /** An RPC of the provider's service. */
  call(
    rpc: string,
    request: Message = {},
    started: (call: ClientUnaryCall) => void = () => {},
  ): Promise<Message> {
    return this.client.call(`tfplugin6.Provider/${rpc}`, request, started);
  }

  /** Gives the diagnostics. */
  async validateProvider(config: Arguments = {}): Promise<string[]> {
    return diagnosticsOf(
      await this.call("ValidateProviderConfig", { config: encode(config, this.schemas.provider) }),
    );
  }

  /** Gives the diagnostics. */
  async configure(config: Arguments = {}): Promise<string[]> {
    return diagnosticsOf(
      await this.call("ConfigureProvider", {
        terraform_version: "1.11.4",
        config: encode(config, this.schemas.provider),
        client_capabilities: { write_only_attributes_allowed: true },
      }),
    );
  }

  /** Gives the diagnostics. */
  async validateData(config: Arguments): Promise<string[]> {
    return diagnosticsOf(
      await this.call("ValidateDataResourceConfig", {
        type_name: DATA_SOURCE,
        config: encode(config, this.dataSource),
      }),
    );
  }

  async read(config: Arguments, started?: (call: ClientUnaryCall) => void): Promise<ReadResult> {
    const request = { type_name: DATA_SOURCE, config: encode(config, this.dataSource) };
    const response = await this.call("ReadDataSource", request, started);
    const { state } = response;
    return {
      state: state === null ? undefined : decode(state, this.dataSource),
      diagnostics: diagnosticsOf(response),
    };
  }

  /** The type of the data source's arguments and state. */
  get dataSource(): Type {
    const type = this.schemas.dataSources.get(DATA_SOURCE);
    assert.ok(type);
    return type;
  }
}

/** Starts the executable with what a host gives it, and opens the streams a host opens. */
async function connect({ env, tls = true }: StartOptions): Promise<PluginClient> {
  const client = await PluginClient.start({
    command: [builtProvider().executable],
    env: { TMPDIR: sockets, ...env },
    tls,
  });
  for (const stream of [client.openStdio(), client.openBroker()]) stream.on("error", () => {}).resume();
  return client;
}

async function end(client: PluginClient, { talks = false }: StartOptions): Promise<void> {
  try {
    if (client.process.ended) return;
    assert.deepEqual(await client.shutdown(), { code: 0, signal: null });
  } finally {
    await client.dispose();
    const { stdout, stderr } = client.process;
    assert.equal(stdout.indexOf("\n"), stdout.length - 1, "stdout has one line");
    if (!talks) assert.equal(stderr, "");
  }
}

let known: Promise<WireSchemas> | undefined;

/** The schemas as a process of their own returns them: the other processes are never asked. */
function allSchemas(): Promise<WireSchemas> {
  known ??= (async () => {
    const client = await connect({});
    try {
      return wireSchemas(await client.call("tfplugin6.Provider/GetProviderSchema"));
    } finally {
      await end(client, {});
    }
  })();
  return known;
}

/** A configuration as Terraform sends it: arguments that are left out are null. */
export function encode(given: Arguments, type: Type): Message {
  assert.ok(type.kind === "object");
  const unknown = Object.keys(given).filter((name) => !type.attributes.has(name));
  assert.deepEqual(unknown, [], "the schema has no such arguments");
  const names = [...type.attributes.keys()];
  return { msgpack: encodeMsgpack(objectValue(names.map((name) => [name, given[name] ?? null])), type) };
}

/** A state that is a known object. */
export function decode(value: unknown, type: Type): ObjectValue {
  const { msgpack, json } = message(value);
  assert.equal(bytes(json).length, 0);
  const state = decodeMsgpack(bytes(msgpack), type);
  assert.ok(!isUnknown(state) && isObjectValue(state), "a state is a known object");
  return state;
}

/** Waits until something that has to happen has happened. */
export async function until(what: string, happened: () => boolean): Promise<void> {
  const deadline = Date.now() + 10_000;
  while (!happened()) {
    if (Date.now() > deadline) throw new Error(`timed out while waiting for ${what}`);
    await delay(5);
  }
}
