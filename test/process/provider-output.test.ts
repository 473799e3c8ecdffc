import assert from "node:assert/strict";
import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { after, before, beforeEach, type TestContext, test } from "node:test";
import { lacks } from "../support/cli.ts";
import { type OpenAIServer, startOpenAIServer } from "../support/openai-server/server.ts";
import { builtProvider } from "../support/root.ts";
import { unboxed, Workspace } from "../support/terraform.ts";
import { type Arguments, BuiltProvider, until } from "./support/built-provider.ts";
import { PluginClient } from "./support/plugin-client.ts";

let server: OpenAIServer;
before(async () => {
  server = await startOpenAIServer();
});
beforeEach(() => server.control.reset());
after(() => server.close());

/** Secrets that a run knows of; each stands for itself, so that a leak names its place. */
const secrets = {
  environment: "sk-canary-environment-4Qm9Zt7Rw2",
  provider: "sk-canary-provider-8Hn3Xc5Lp1",
  adminEnvironment: "sk-admin-canary-environment-3Vb8Kq1Zs6",
  admin: "canary-of-the-organization-7Gx2Pw9Rd4",
  read: "canary of the read 6Jd0Vb4Ks",
  header: "canary-header-2Yf7Ug9Ea",
  query: "canary-query-5Tc1Oi8Nx",
};

async function start(t: TestContext, env: NodeJS.ProcessEnv): Promise<BuiltProvider> {
  return await BuiltProvider.start(t, {
    env: {
      OPENAI_API_KEY: secrets.environment,
      OPENAI_ADMIN_KEY: secrets.adminEnvironment,
      OPENAI_BASE_URL: server.url,
      ...env,
    },
    talks: true,
  });
}

/** A session with successes and failures of every kind; gives all that was said to the host. */
async function wholeSession(provider: BuiltProvider): Promise<string> {
  const said: (readonly string[])[] = [];
  await provider.call("GetProviderSchema");
  said.push(await provider.validateProvider());
  said.push(await provider.configure());
  said.push(await provider.validateData({ completion_id: "no/such" }));
  const read = async (config: Arguments) => said.push((await provider.read(config)).diagnostics);
  await read({ completion_id: "chatcmpl-abc123" });
  await read({ completion_id: "chatcmpl-missing" });

  const headers = new Map([["X-Gateway-Key", secrets.header]]);
  const query = new Map([["code", secrets.query]]);
  said.push(
    await provider.configure({
      api_key: secrets.provider,
      admin_api_key: secrets.admin,
      headers,
      query,
      max_retries: 0,
    }),
  );
  await read({ completion_id: "chatcmpl-abc123" });
  // Also the key for the other part of the API, which this request did not have.
  const keys = `${secrets.provider}, ${secrets.admin}, ${secrets.adminEnvironment}`;
  const echo = `Incorrect API key provided: ${keys}. Header ${secrets.header}, ?code=${secrets.query}`;
  server.fault({ status: 401, body: { error: { message: echo, type: "invalid_request_error" } } });
  await read({ completion_id: "chatcmpl-abc123" });
  server.fault({ error: "rate_limit", headers: { "retry-after": "0" } });
  await read({ completion_id: "chatcmpl-null-content" });
  server.fault({ status: 500, body: echo });
  await read({ completion_id: "chatcmpl-abc123" });
  server.fault({ reset: "before" });
  await read({ completion_id: "chatcmpl-abc123" });
  server.fault({ body: `<html>${echo}</html>`, contentType: "text/html" });
  await read({ completion_id: "chatcmpl-abc123", api_key: secrets.read });
  server.fault({ status: 302, redirect: `https://elsewhere.invalid/?code=${secrets.query}` });
  await read({ completion_id: "chatcmpl-abc123" });
  said.push(await provider.configure({ base_url: `http://127.0.0.1:1/v1?code=${secrets.query}` }));
  said.push(await provider.configure({ api_key: `${secrets.provider}\n` }));
  await provider.call("StopProvider");
  await provider.client.shutdown();
  return said.flat().join("\n");
}

function assertNoSecret(where: string, text: string): void {
  for (const [whose, secret] of Object.entries(secrets)) {
    assert.ok(!text.includes(secret), `${where} holds the secret of: ${whose}`);
  }
}

for (const level of [{}, { TF_LOG: "trace", TF_LOG_PROVIDER_OPENAI: "off" }]) {
  test(`with ${JSON.stringify(level)} a whole session says nothing on stderr`, async (t) => {
    const provider = await start(t, level);
    assertNoSecret("a diagnostic", await wholeSession(provider));
    assert.equal(provider.client.process.stderr, "");
    assert.equal(provider.client.process.stdout.split("\n").length, 2);
  });
}

for (const level of [{ TF_LOG: "JSON" }, { TF_LOG_PROVIDER: "TRACE" }]) {
  test(`with ${JSON.stringify(level)} every line on stderr is one that Terraform can read, without a secret`, async (t) => {
    const provider = await start(t, level);
    assertNoSecret("a diagnostic", await wholeSession(provider));
    const { stderr, stdout } = provider.client.process;
    assertNoSecret("stderr", stderr);
    const lines = stderr.trimEnd().split("\n").map(hclogLine);
    const rpcs = new Set(lines.map((line) => line.tf_rpc));
    for (const rpc of ["GetProviderSchema", "ConfigureProvider", "ReadDataSource", "StopProvider"]) {
      assert.ok(rpcs.has(rpc), `a line about ${rpc}`);
    }
    const read = lines.filter((line) => line.tf_data_source_type === "openai_chat_completion");
    assert.ok(new Set(read.map((line) => line.tf_req_id)).size > 8, "each request has its id");
    assert.ok(read.some((line) => typeof line.tf_req_duration_ms === "number"));
    assert.ok(lines.some((line) => line["@level"] === "warn" && line.status === 401));
    assert.equal(stdout.split("\n").length, 2);
  });
}

/** go-plugin's reading of a line (log_entry.go); Terraform crashes where @message is not a string. */
function hclogLine(line: string): Record<string, unknown> {
  assert.ok(line.length < 64 * 1024, "go-plugin cuts longer lines");
  const entry: unknown = JSON.parse(line);
  assert.ok(typeof entry === "object" && entry !== null && !Array.isArray(entry), line);
  const fields: Record<string, unknown> = { ...entry };
  assert.equal(typeof fields["@message"], "string", line);
  assert.match(String(fields["@level"]), /^(trace|debug|info|warn|error)$/, line);
  assert.match(String(fields["@timestamp"]), /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/, line);
  for (const value of Object.values(fields)) assert.match(typeof value, /^(string|number|boolean)$/, line);
  return fields;
}

test("the level filters: at warn there are failures, and no line of every call", async (t) => {
  const provider = await start(t, { TF_LOG: "warn" });
  await wholeSession(provider);
  const lines = provider.client.process.stderr.trimEnd().split("\n").map(hclogLine);
  assert.deepEqual([...new Set(lines.map((line) => line["@level"]))], ["warn"]);
});

/**
 * A program error of the kind that no code expects, at the first connection to the API: made by a
 * script that Node loads before the provider.
 */
const crash = `data:text/javascript,${encodeURIComponent(`
  import { Socket } from "node:net";
  const connect = Socket.prototype.connect;
  Socket.prototype.connect = function (...args) {
    setTimeout(() => {
      const key = process.env.OPENAI_API_KEY;
      const error = Object.assign(new Error("a bug with Authorization: Bearer " + key), { key });
      THROW;
    });
    return connect.apply(this, args);
  };`)}`;

const withStack = /^panic: a bug with Authorization: Bearer \[redacted\]\n\nError: a bug .*\n {4}at /m;

for (const [how, code, shown] of [
  ["an error is thrown", "throw error", withStack],
  ["a rejection is not handled", "Promise.reject(error)", withStack],
  ["something is thrown that is no error", "throw { cause: key }", /^panic: \{ cause: '\[redacted\]' \}$/m],
] as const) {
  test(`where ${how}, the crash is one that Terraform shows, without the key`, async (t) => {
    server.fault({ delayMs: 30_000 });
    const script = crash.replace("THROW", encodeURIComponent(code));
    const provider = await start(t, { NODE_OPTIONS: `--import=${script}`, TF_LOG: "trace" });
    await provider.configure();
    await assert.rejects(provider.read({ completion_id: "chatcmpl-abc123" }));
    assert.deepEqual(await provider.client.exit, { code: 2, signal: null });
    const { stderr } = provider.client.process;
    assert.match(stderr, shown);
    assertNoSecret("the crash", stderr);
    await until("the API to lose its client", () => server.requests.every(({ abandoned }) => abandoned));
  });
}

/** Errors before any call, when the kernel's script alone is loaded: one, and another while the first is being shown. */
const early = `data:text/javascript,${encodeURIComponent(`
  for (const which of ["first", "second"])
    setTimeout(() => { throw new Error(which + " bug with " + process.env.OPENAI_API_KEY); }, 400);`)}`;

/** Starts the build in a folder with these errors before it; returns all of stderr when the process has ended. */
async function panicOf(folder: string, script = early): Promise<string> {
  const client = await PluginClient.start({
    command: [process.execPath, join(folder, "terraform-provider-openai")],
    env: { OPENAI_API_KEY: secrets.environment, NODE_OPTIONS: `--import=${script}` },
  });
  assert.deepEqual(await client.exit, { code: 2, signal: null });
  return client.process.stderr;
}

test("a panic before what removes secrets is loaded shows the first error, without the key", async () => {
  const stderr = await panicOf(dirname(builtProvider().executable));
  assert.match(stderr, /^panic: first bug with \[redacted\]\n\nError: first bug with \[redacted\]\n {4}at /);
  assert.doesNotMatch(stderr, /second bug/);
  assertNoSecret("the panic", stderr);
});

test("a panic leaves the connection open for a tenth of a second, in which Terraform reads it", async () => {
  const clock = encodeURIComponent(`
    import fs from "node:fs";
    const { writeSync } = fs;
    let shown;
    fs.writeSync = (file, text, ...rest) => {
      if (text.startsWith("panic: ")) shown = performance.now();
      return writeSync(file, text, ...rest);
    };
    process.on("exit", () => writeSync(2, "ended after " + (performance.now() - shown) + " ms"));`);
  const stderr = await panicOf(dirname(builtProvider().executable), early + clock);
  const [, ms] = /ended after ([\d.]+) ms$/.exec(stderr) ?? [];
  assert.ok(Number(ms) >= 99, stderr);
});

for (const script of ["api.cjs", "core.cjs"]) {
  test(`a panic shows nothing of its error where ${script} is missing, which removes secrets`, async (t) => {
    const folder = mkdtempSync(join(tmpdir(), "panic-"));
    t.after(() => rmSync(folder, { recursive: true }));
    cpSync(dirname(builtProvider().executable), folder, { recursive: true });
    rmSync(join(folder, script));
    const stderr = await panicOf(folder);
    assert.match(stderr, /^panic: the text of an error is not shown, because what removes secrets .*\n$/);
    assertNoSecret("the panic", stderr);
  });
}

test("real Terraform shows the crash with its stack, without the key", {
  skip: lacks("report of a plugin's crash"),
}, async (t) => {
  server.fault({ delayMs: 30_000 });
  // A release takes no NODE_OPTIONS.
  const TF_CLI_CONFIG_FILE = builtProvider().developmentConfig;
  const own = { OPENAI_API_KEY: secrets.environment, OPENAI_BASE_URL: server.url, TF_CLI_CONFIG_FILE };
  const work = new Workspace(t, own);
  work.write("main.tf", 'data "openai_chat_completion" "x" {\n  completion_id = "chatcmpl-abc123"\n}\n');
  await work.ok("init");
  const script = crash.replace("THROW", encodeURIComponent("throw error"));
  const { code, output } = await work.run(["plan"], { env: { NODE_OPTIONS: `--import=${script}` } });
  assert.equal(code, 1);
  assert.match(output, /Stack trace from the terraform-provider-openai plugin:\s+panic: a bug with/);
  assert.match(unboxed(output), /The terraform-provider-openai plugin crashed!/);
  assertNoSecret("Terraform's output", output);
});
