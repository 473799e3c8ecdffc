import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { after, before, type TestContext, test } from "node:test";
import { Client, credentials } from "@grpc/grpc-js";
import { preparedRpcs } from "../../src/prepared-answers.ts";
import { type OpenAIServer, startOpenAIServer } from "../support/openai-server/server.ts";
import { builtProvider } from "../support/root.ts";
import { BuiltProvider } from "./support/built-provider.ts";

/*
 * Which scripts each process of a command loads. Terraform asks the first one for the schema alone, the second validates,
 * the third plans and reads.
 */

let server: OpenAIServer;
const folder = mkdtempSync(join(tmpdir(), "scripts-"));
const recorder = join(folder, "record.cjs");
before(async () => {
  server = await startOpenAIServer();
  const list = "Object.keys(require.cache).filter((file) => file !== __filename)";
  writeFileSync(
    recorder,
    `process.on("exit", () => require("node:fs").writeFileSync(process.env.LOADED, JSON.stringify(${list})));`,
  );
});
after(async () => {
  await server.close();
  rmSync(folder, { recursive: true });
});

/** Names of the scripts that a process loaded to answer what `use` asks. */
async function loaded(t: TestContext, use: (provider: BuiltProvider) => Promise<void>): Promise<string[]> {
  const file = join(folder, "loaded.json");
  const provider = await BuiltProvider.start(t, {
    env: {
      OPENAI_API_KEY: "sk-scripts",
      OPENAI_BASE_URL: server.url,
      NODE_OPTIONS: `--require=${recorder}`,
      LOADED: file,
    },
  });
  await use(provider);
  assert.deepEqual(await provider.client.shutdown(), { code: 0, signal: null });
  const scripts: string[] = JSON.parse(readFileSync(file, "utf8"));
  return scripts.map((script) => basename(script)).sort();
}

const KERNEL = "terraform-provider-openai";
const completion = { completion_id: "chatcmpl-abc123" };

test("what the build has answered needs the kernel alone", async (t) => {
  assert.deepEqual(
    await loaded(t, async (provider) => {
      for (const rpc of preparedRpcs) await provider.call(rpc);
    }),
    [KERNEL],
  );
});

test("validating and configuring the provider alone loads no object", async (t) => {
  assert.deepEqual(
    await loaded(t, async (provider) => {
      assert.deepEqual(await provider.validateProvider(), []);
    }),
    ["core.cjs", KERNEL].sort(),
  );
  const scripts = await loaded(t, async (provider) => {
    assert.deepEqual(await provider.configure(), []);
  });
  assert.deepEqual(scripts, ["api.cjs", "core.cjs", "declarations.cjs", KERNEL].sort());
});

/** Apart from the scripts that a data source of chat completions consists of, which must be among them. */
function withoutCompletion(scripts: readonly string[]): string[] {
  const own = /^provider-chat-completion-(completion|data-source|read-by-id)\.cjs$/;
  assert.ok(scripts.includes("provider-chat-completion-data-source.cjs"), scripts.join());
  return scripts.filter((script) => !own.test(script));
}

test("validating a data source loads its script, and no operation, no client and no other object's", async (t) => {
  const scripts = await loaded(t, async (provider) => {
    assert.deepEqual(await provider.validateProvider(), []);
    assert.deepEqual(await provider.validateData(completion), []);
  });
  assert.deepEqual(withoutCompletion(scripts), ["core.cjs", "declarations.cjs", KERNEL].sort());
});

test("reading a data source loads its script and the client, and no other object's", async (t) => {
  const scripts = await loaded(t, async (provider) => {
    assert.deepEqual(await provider.configure(), []);
    assert.deepEqual((await provider.read(completion)).diagnostics, []);
  });
  const shared = ["api.cjs", "client.cjs", "core.cjs", "declarations.cjs", KERNEL];
  assert.deepEqual(withoutCompletion(scripts), shared.sort());
});

test("the processes of a plan load as few bytes of script as their calls need", async (t) => {
  const folder = dirname(builtProvider().executable);
  const kib = (scripts: readonly string[]) =>
    scripts.reduce((sum, script) => sum + statSync(join(folder, script)).size, 0) / 1024;
  const schema = await loaded(t, async (provider) => void (await provider.call("GetProviderSchema")));
  const validation = await loaded(t, async (provider) => {
    assert.deepEqual(await provider.validateProvider(), []);
    assert.deepEqual(await provider.validateData(completion), []);
  });
  const read = await loaded(t, async (provider) => {
    assert.deepEqual(await provider.configure(), []);
    assert.deepEqual((await provider.read(completion)).diagnostics, []);
  });
  for (const [phase, scripts, limit] of [
    ["P1", schema, 240],
    ["P2", validation, 780],
    ["P3", read, 1500],
  ] as const)
    assert.ok(kib(scripts) < limit, `${phase}: ${kib(scripts).toFixed(0)} KiB of ${scripts.join(", ")}`);
});

test("a name that the provider does not have loads no object, and is answered with those there are", async (t) => {
  const scripts = await loaded(t, async (provider) => {
    const response = await provider.call("ValidateDataResourceConfig", { type_name: "openai_nothing" });
    assert.match(JSON.stringify(response), /It has: openai_chat_completion, .*openai_vector_store_files[,.]/);
    for (const type_name of ["__proto__", "constructor", ""]) {
      const inherited = await provider.call("ValidateDataResourceConfig", { type_name });
      assert.match(JSON.stringify(inherited), /Unknown data source type/);
    }
  });
  assert.deepEqual(scripts, ["core.cjs", KERNEL].sort());
});

/** The bytes of an answer. */
function raw(connection: Client, rpc: string): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const same = (bytes: Buffer) => bytes;
    connection.makeUnaryRequest(
      `/tfplugin6.Provider/${rpc}`,
      same,
      same,
      Buffer.alloc(0),
      { deadline: Date.now() + 30_000 },
      (error, bytes) => (bytes === undefined ? reject(error) : resolve(bytes)),
    );
  });
}

test("with a log the objects themselves are asked, and say the same byte by byte", async (t) => {
  const answers: Buffer[][] = [];
  for (const level of ["off", "trace"]) {
    const provider = await BuiltProvider.start(t, {
      env: { TF_LOG_PROVIDER_OPENAI: level },
      tls: false,
      talks: true,
    });
    const { address } = provider.client.handshake;
    const connection = new Client(`unix:${address}`, credentials.createInsecure());
    t.after(() => connection.close());
    answers.push(await Promise.all(preparedRpcs.map((rpc) => raw(connection, rpc))));
  }
  const [prepared, computed] = answers;
  assert.deepEqual(computed, prepared);
});
