import assert from "node:assert/strict";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, beforeEach, type TestContext, test } from "node:test";
import type { ClientUnaryCall } from "@grpc/grpc-js";
import { type OpenAIServer, startOpenAIServer } from "../support/openai-server/server.ts";
import { Workspace } from "../support/terraform.ts";
import { type Arguments, BuiltProvider, type ReadResult, until } from "./support/built-provider.ts";

let server: OpenAIServer;
before(async () => {
  server = await startOpenAIServer();
});
beforeEach(() => server.control.reset());
after(() => server.close());

const completion = { completion_id: "chatcmpl-abc123" };
/** Longer than any of these tests may take. */
const NEVER_MS = 60_000;

async function configured(t: TestContext): Promise<BuiltProvider> {
  const env = { OPENAI_API_KEY: "sk-process", OPENAI_BASE_URL: server.url };
  const provider = await BuiltProvider.start(t, { env });
  assert.deepEqual(await provider.configure(), []);
  return provider;
}

/** A read that the server has and does not answer. */
async function readInFlight(provider: BuiltProvider, fault = { delayMs: NEVER_MS }) {
  server.fault({ id: completion.completion_id, ...fault });
  let call: ClientUnaryCall | undefined;
  const result = provider.read(completion, (started) => {
    call = started;
  });
  // A later await sees the rejection all the same.
  result.catch(() => {});
  await until("the request", () => server.requests.length === 1);
  return { result, cancel: () => call?.cancel() };
}

async function stillReads(provider: BuiltProvider, config: Arguments = {}): Promise<void> {
  server.control.reset();
  const { state, diagnostics } = await provider.read({ ...completion, ...config });
  assert.deepEqual(diagnostics, []);
  assert.equal(state?.model, "gpt-4o-mini-2024-07-18");
}

function isCancelled({ state, diagnostics }: ReadResult): void {
  assert.equal(state, undefined);
  assert.equal(diagnostics.length, 1);
  assert.match(diagnostics[0] ?? "", /^ERROR .*(cancelled|interrupted)/i);
}

test("StopProvider ends a read that waits for the API, hangs up on it, and serving goes on", async (t) => {
  const provider = await configured(t);
  const { result } = await readInFlight(provider);
  assert.equal((await provider.call("StopProvider")).Error, "");
  isCancelled(await result);
  await until("the API to lose its client", () => server.requests[0]?.abandoned === true);
  await stillReads(provider);
});

test("StopProvider ends a read in the middle of the answer's body", async (t) => {
  const provider = await configured(t);
  const slow = { bytesPerSecond: 20, delayMs: 0 };
  const { result } = await readInFlight(provider, slow);
  await provider.call("StopProvider");
  isCancelled(await result);
  await until("the API to lose its client", () => server.requests[0]?.abandoned === true);
  await stillReads(provider);
});

test("StopProvider ends all reads in flight, not only the first", async (t) => {
  const provider = await configured(t);
  server.fault({ delayMs: NEVER_MS, times: "always" });
  const reads = Array.from({ length: 12 }, () => provider.read(completion));
  await until("requests", () => server.requests.length >= 10);
  await provider.call("StopProvider");
  for (const result of await Promise.all(reads)) isCancelled(result);
  await stillReads(provider);
});

for (const [what, fault, config] of [
  ["before another attempt", { status: 500, times: "always" }, {}],
  [
    "for a rate limit to pass",
    { error: "rate_limit", headers: { "retry-after": "60" }, times: "always" },
    {},
  ],
  ["for a completion to appear", { error: "not_found", times: "always" }, { wait_timeout: "60s" }],
] as const) {
  test(`StopProvider ends a read that waits ${what}`, async (t) => {
    const provider = await configured(t);
    server.fault({ id: completion.completion_id, ...fault });
    let ended = false;
    const result = provider.read({ ...completion, ...config }).finally(() => {
      ended = true;
    });
    await until("an answer", () => server.requests[0]?.status !== undefined);
    await new Promise((resolve) => setTimeout(resolve, 100));
    assert.equal(ended, false, "the read waits");
    await provider.call("StopProvider");
    isCancelled(await result);
    assert.ok(server.requests.length < 4);
    // Another key, since the first has to wait for a minute.
    await stillReads(provider, { api_key: "sk-another" });
  });
}

test("a call that the host cancels ends its request, and no other", async (t) => {
  const provider = await configured(t);
  const { result, cancel } = await readInFlight(provider);
  server.fault({ id: "chatcmpl-null-content", delayMs: 300 });
  const other = provider.read({ completion_id: "chatcmpl-null-content" });
  await until("the other request", () => server.requests.length === 2);
  cancel();
  await assert.rejects(result, { code: 1 });
  await until("the API to lose its client", () => server.requests[0]?.abandoned === true);
  assert.deepEqual((await other).diagnostics, []);
  assert.equal(server.requests[1]?.abandoned, false);
  await stillReads(provider);
});

test("Shutdown with a read in flight: the process is gone within half a second, its socket too", async (t) => {
  const provider = await configured(t);
  const { result } = await readInFlight(provider);
  const begun = performance.now();
  assert.deepEqual(await provider.client.shutdown(), { code: 0, signal: null });
  const took = performance.now() - begun;
  assert.ok(took < 500, `${took} ms`);
  await assert.rejects(result);
  assert.equal(existsSync(provider.client.handshake.address), false);
  await until("the API to lose its client", () => server.requests[0]?.abandoned === true);
});

test("Shutdown after a read, with the connection to the API still open, does not wait for it", async (t) => {
  const provider = await configured(t);
  await stillReads(provider);
  const begun = performance.now();
  assert.deepEqual(await provider.client.shutdown(), { code: 0, signal: null });
  const took = performance.now() - begun;
  assert.ok(took < 500, `${took} ms`);
});

test("SIGTERM with a read in flight ends in order", { skip: onWindows() }, async (t) => {
  const provider = await configured(t);
  await readInFlight(provider);
  provider.client.process.kill("SIGTERM");
  assert.deepEqual(await provider.client.exit, { code: 0, signal: null });
  assert.equal(existsSync(provider.client.handshake.address), false);
});

test("an interrupt with a read in flight is left to the host", { skip: onWindows() }, async (t) => {
  const provider = await configured(t);
  const { result } = await readInFlight(provider, { delayMs: 300 });
  provider.client.process.kill("SIGINT");
  assert.deepEqual((await result).diagnostics, []);
});

const example = 'data "openai_chat_completion" "example" {\n  completion_id = "chatcmpl-abc123"\n}\n';

test("Terraform killed while a read is in flight leaves no process and no socket", {
  skip: process.platform !== "linux" ? "needs /proc" : false,
}, async (t) => {
  const own = mkdtempSync(join(tmpdir(), "killed-"));
  t.after(() => rmSync(own, { recursive: true }));
  const work = new Workspace(t, { OPENAI_API_KEY: "sk-process", OPENAI_BASE_URL: server.url, TMPDIR: own });
  work.write("main.tf", example);
  await work.ok("init");
  server.fault({ delayMs: NEVER_MS });
  let kill = () => {};
  const killed = work.run(["plan"], { started: (child) => (kill = () => void child.kill("SIGKILL")) });
  await until("the request", () => server.requests.length === 1);
  const providers = processesWith(`TMPDIR=${own}`).filter((name) => /node|openai/.test(name));
  assert.equal(providers.length, 1, "one provider reads");
  assert.equal(sockets(own).length, 1);
  kill();
  await killed;
  await until("the provider's end", () => processesWith(`TMPDIR=${own}`).length === 0);
  assert.deepEqual(sockets(own), []);
  await until("the API to lose its client", () => server.requests[0]?.abandoned === true);
});

test("Terraform interrupted while a read is in flight ends at once", { skip: onWindows() }, async (t) => {
  const work = new Workspace(t, { OPENAI_API_KEY: "sk-process", OPENAI_BASE_URL: server.url });
  work.write("main.tf", example);
  await work.ok("init");
  server.fault({ delayMs: NEVER_MS });
  let interrupt = () => {};
  const run = work.run(["plan"], { started: (child) => (interrupt = () => void child.kill("SIGINT")) });
  await until("the request", () => server.requests.length === 1);
  interrupt();
  const { code, output } = await run;
  assert.equal(code, 1);
  assert.match(output, /Interrupt received/);
  assert.equal(server.requests.length, 1);
});

function sockets(folder: string): string[] {
  return readdirSync(folder).filter((name) => name.startsWith("plugin"));
}

/** Names of the running processes whose environment has the variable. */
function processesWith(variable: string): string[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => {
      try {
        const has = readFileSync(`/proc/${pid}/environ`, "utf8").split("\0").includes(variable);
        return has ? [readFileSync(`/proc/${pid}/comm`, "utf8").trim()] : [];
      } catch {
        // Gone in between, or another user's.
        return [];
      }
    });
}

function onWindows(): string | false {
  return process.platform === "win32" ? "Windows has no such signals" : false;
}
