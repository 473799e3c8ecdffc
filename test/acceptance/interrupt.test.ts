import assert from "node:assert/strict";
import type { ChildProcess } from "node:child_process";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { createServer as createTcpServer } from "node:net";
import { join } from "node:path";
import { it, type TestContext } from "node:test";
import { block, Expression, provider, read } from "../support/configurations.ts";
import { startOpenAIServer } from "../support/openai-server/server.ts";
import { unboxed, Workspace } from "../support/terraform.ts";

/** Far less than any timeout here; after a second interrupt Terraform itself waits for 5 seconds. */
const soonMs = 15_000;
/** Reads that are not aborted would end before it. */
const timeout = 60_000;

it("Ctrl-C aborts a request that is under way: Terraform ends, and the connection is closed", {
  timeout,
}, async (test) => {
  const server = await silentServer(test);
  const work = new Workspace(test).write("main.tf", provider(server.values) + read("slow", "slow"));
  const interrupt = interruption(() => server.asked() > 0);
  const result = await work.run(["plan"], interrupt);
  interrupt.assertSoon();
  assert.equal(result.code, 1, result.output);
  assert.match(unboxed(result.output), /Read cancelled .*interrupted/i);
  await server.closed;
});

it("Ctrl-C ends a creation that waits for a proxy which never answers: nothing is sent, paid or in state", {
  timeout,
}, async (test) => {
  let connections = 0;
  const proxy = createTcpServer((socket) => {
    connections += 1;
    socket.on("error", () => {}).resume();
  });
  await new Promise<void>((resolve) => proxy.listen(0, "127.0.0.1", resolve));
  test.after(() => void proxy.close());
  const address = proxy.address();
  assert.ok(address !== null && typeof address === "object");
  const work = new Workspace(test, { HTTPS_PROXY: `http://127.0.0.1:${address.port}` }).write(
    "main.tf",
    provider({ api_key: "sk-interrupt", base_url: "https://api.test/v1" }) +
      block('resource "openai_chat_completion" "slow"', {
        model: "gpt-4o-mini",
        messages: [{ role: "user", content: "Hello" }],
      }),
  );
  const interrupt = interruption(() => connections > 0);
  const result = await work.run(["apply", "-auto-approve"], interrupt);
  interrupt.assertSoon();
  assert.equal(result.code, 1, result.output);
  // The plan has warned, on the other stream, that a creation is paid for.
  assert.match(unboxed(result.stderr), /Creation cancelled/);
  assert.doesNotMatch(result.stderr, /paid/);
  assert.equal(connections, 1);
});

it("Ctrl-C ends the wait for a completion that is not there yet", { timeout }, async (test) => {
  const server = await startOpenAIServer();
  test.after(() => server.close());
  const work = new Workspace(test, { OPENAI_API_KEY: "sk-interrupt", OPENAI_BASE_URL: server.url });
  work.write("main.tf", read("slow", "never", { wait_timeout: "40s" }));
  const interrupt = interruption(() => server.requests.length >= 3);
  const result = await work.run(["plan"], interrupt);
  interrupt.assertSoon();
  assert.equal(result.code, 1, result.output);
  assert.match(unboxed(result.output), /Read cancelled/);
});

it("Ctrl-C while applying keeps what was done in the state", { timeout }, async (test) => {
  const server = await silentServer(test);
  const first = block('resource "terraform_data" "first"', { input: "slow" });
  const work = new Workspace(test).write(
    "main.tf",
    first + provider(server.values) + read("slow", new Expression("terraform_data.first.output")),
  );
  const interrupt = interruption(() => server.asked() > 0);
  const result = await work.run(["apply", "-auto-approve"], interrupt);
  interrupt.assertSoon();
  assert.equal(result.code, 1, result.output);
  assert.match(unboxed(result.output), /Read cancelled/);
  const state = JSON.parse(readFileSync(join(work.folder, "terraform.tfstate"), "utf8"));
  assert.deepEqual(
    state.resources.map((resource: { type: string; instances: unknown[] }) => [
      resource.type,
      resource.instances.length,
    ]),
    [
      ["openai_chat_completion", 0],
      ["terraform_data", 1],
    ],
  );
  await server.closed;
});

it("a second Ctrl-C, which kills, leaves no provider behind either", { timeout }, async (test) => {
  const server = await silentServer(test);
  const work = new Workspace(test).write("main.tf", provider(server.values) + read("slow", "slow"));
  // Terraform does not stop providers while `apply` plans: the first interrupt alone would wait for the read.
  const interrupt = interruption(() => server.asked() > 0, 2);
  const result = await work.run(["apply", "-auto-approve"], interrupt);
  interrupt.assertSoon();
  assert.equal(result.code, 1, result.output);
  await server.closed;
});

/** For `run`: sends as many interrupts as said once the condition is true, and measures the time from then on. */
function interruption(when: () => boolean, times = 1) {
  let at: number | undefined;
  return {
    started(child: ChildProcess) {
      let left = times;
      const timer = setInterval(() => {
        if (child.exitCode !== null || left === 0) return clearInterval(timer);
        if (at === undefined && !when()) return;
        at ??= performance.now();
        child.kill("SIGINT");
        left -= 1;
      }, 100);
    },
    assertSoon() {
      assert.ok(at !== undefined, "it was interrupted");
      const took = performance.now() - at;
      assert.ok(took < soonMs, `Terraform ended ${Math.round(took)} ms after the interrupt`);
    },
  };
}

/** A server that takes requests, never answers, and sees when a connection of theirs closes. */
async function silentServer(test: TestContext) {
  let asked = 0;
  let close = () => {};
  const closed = new Promise<void>((resolve) => {
    close = resolve;
  });
  const server = createServer((message) => {
    asked += 1;
    message.socket.on("close", () => close());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  test.after(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  assert.ok(address !== null && typeof address === "object");
  return {
    values: {
      api_key: "sk-interrupt",
      timeout: "40s",
      max_retries: 0,
      base_url: `http://127.0.0.1:${address.port}/v1`,
    },
    asked: () => asked,
    /** Resolves when the connection of a request is closed, which only the other side does. */
    closed,
  };
}
