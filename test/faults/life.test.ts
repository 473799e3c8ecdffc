import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, it, type TestContext } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { createCertificate } from "../../src/plugin/certificate.ts";
import { PluginClient } from "../process/support/plugin-client.ts";
import { PluginProcess } from "../process/support/plugin-process.ts";
import type { ServerOptions } from "../support/openai-server/options.ts";
import { startOpenAIServer } from "../support/openai-server/server.ts";
import { builtProvider } from "../support/root.ts";
import { unboxed, Workspace } from "../support/terraform.ts";
import { killings } from "./kill.ts";
import { processesWith, providersWith, withoutProc, withoutRoot } from "./processes.ts";

const timeout = 90_000;
const KEY = "sk-canary-life-7Hq2Wm";
const resource = `resource "openai_chat_completion" "it" {
  model    = "gpt-4o-mini"
  messages = [{ role = "user", content = "Hello" }]
  metadata = { team = "life" }
}
`;
const data = 'data "openai_chat_completion" "it" {\n  completion_id = "chatcmpl-abc123"\n}\n';

/** A server, a configuration, and a temporary folder in which nothing may stay. */
async function fixture(t: TestContext, configuration: string, options: ServerOptions = {}) {
  const server = await startOpenAIServer(options);
  const temporary = mkdtempSync(join(tmpdir(), "life-"));
  t.after(() => {
    rmSync(temporary, { recursive: true, force: true });
    return server.close();
  });
  const env = { OPENAI_API_KEY: KEY, OPENAI_BASE_URL: server.url, TMPDIR: temporary };
  const work = new Workspace(t, env).write("main.tf", configuration);
  return { server, work, temporary, variable: `TMPDIR=${temporary}` };
}

function stateOf(work: Workspace): {
  resources: { instances: { status?: string; attributes: { id: string } }[] }[];
} {
  return JSON.parse(readFileSync(join(work.folder, "terraform.tfstate"), "utf8"));
}

async function until(what: string, happened: () => boolean, withinMs = 20_000): Promise<void> {
  const deadline = Date.now() + withinMs;
  while (!happened()) {
    if (Date.now() > deadline) throw new Error(`timed out while waiting for ${what}`);
    await sleep(10);
  }
}

/** Runs a command, and interrupts it so many times once the condition is true, a second apart. */
async function interrupted(work: Workspace, args: string[], when: () => boolean, times: number) {
  let interrupt = () => {};
  let ended = false;
  const run = work
    .run(args, { started: (child) => (interrupt = () => void child.kill("SIGINT")) })
    .finally(() => {
      ended = true;
    });
  await until("the moment", when);
  for (let left = times; left > 0 && !ended; left -= 1) {
    interrupt();
    await sleep(1_000);
  }
  return await run;
}

const apply = ["apply", "-auto-approve"];

describe("the life of a provider", { concurrency: 2 }, () => {
  it("Ctrl-C while a completion is created: its answer is waited for, and it is in state", {
    timeout,
  }, async (t) => {
    const { server, work } = await fixture(t, resource);
    server.fault({ method: "POST", delayMs: 2_500 });
    const posted = () => server.requests.some(({ method }) => method === "POST");
    const { output } = await interrupted(work, apply, posted, 1);
    assert.match(output, /Interrupt received/);
    const [instance] = stateOf(work).resources[0]?.instances ?? [];

    assert.equal(instance?.status, undefined, "it is not tainted");
    assert.equal(server.requests.filter(({ method }) => method === "POST").length, 1);
    // Nothing is bought twice.
    const { output: again } = await work.ok("plan");
    assert.match(again, /No changes/);
  });

  it("Ctrl-C twice while a completion is created: Terraform gives up, and the completion is found by its metadata", {
    timeout,
  }, async (t) => {
    const { server, work, variable } = await fixture(t, resource);
    server.fault({ method: "POST", delayMs: 12_000, carryOut: true });
    const posted = () => server.requests.some(({ method }) => method === "POST");
    const { code } = await interrupted(work, apply, posted, 2);
    assert.equal(code, 1);
    await until("the provider's end", () => providersWith(variable).length === 0, 5_000);
    const orphan = server.control.ids().at(-1);
    // As the page of the resource says: found by its metadata, and imported.
    const found = `data "openai_chat_completions" "lost" {\n  metadata = { team = "life" }\n}\noutput "ids" {\n  value = data.openai_chat_completions.lost.ids\n}\n`;
    rmSync(join(work.folder, ".terraform.tfstate.lock.info"), { force: true });
    work.write("main.tf", found);
    await work.ok("apply", "-auto-approve", "-lock=false");
    assert.deepEqual(await work.output("ids"), [orphan]);
  });

  for (const times of [1, 2]) {
    it(`Ctrl-C ${times === 1 ? "once" : "twice"} while a completion is deleted: the next destroy ends it`, {
      timeout,
    }, async (t) => {
      const { server, work, variable } = await fixture(t, resource);
      await work.ok(...apply);
      server.control.clearRequests();
      server.fault({ method: "DELETE", delayMs: 12_000 });
      const asked = () => server.requests.some(({ method }) => method === "DELETE");
      const { code } = await interrupted(work, ["destroy", "-auto-approve"], asked, times);
      assert.equal(code, 1);
      await until("the provider's end", () => providersWith(variable).length === 0, 5_000);
      assert.equal(stateOf(work).resources.length, 1, "it stays in state until it is surely gone");
      await work.ok("destroy", "-auto-approve", "-lock=false");
      assert.equal(stateOf(work).resources.length, 0);
    });
  }

  it("SIGTERM to Terraform while it plans leaves no provider", { timeout, skip: withoutProc }, async (t) => {
    const { server, work, temporary, variable } = await fixture(t, data);
    server.fault({ delayMs: 30_000, times: "always" });
    let terminate = () => {};
    const run = work.run(["plan"], { started: (child) => (terminate = () => void child.kill("SIGTERM")) });
    await until("the request", () => server.requests.length > 0);
    terminate();
    await run;
    await until("the provider's end", () => processesWith(variable).length === 0, 5_000);
    assert.deepEqual(readdirSync(temporary), []);
  });

  it(
    "kill -9 of Terraform at a random moment leaves no process, no socket and no key",
    {
      timeout,
      skip: withoutProc,
    },
    (t) => killings(t, 3),
  );

  it("kill -9 of the provider: Terraform says so, and the next run recovers", {
    timeout,
    skip: withoutProc,
  }, async (t) => {
    const { server, work, variable, temporary } = await fixture(t, data);
    server.fault({ delayMs: 30_000 });
    const run = work.run(["plan"]);
    await until("the request", () => server.requests.length > 0);
    const [provider, ...more] = providersWith(variable);
    assert.ok(provider);
    assert.deepEqual(more, []);
    process.kill(provider.pid, "SIGKILL");
    const { code, output } = await run;
    assert.equal(code, 1);
    assert.match(unboxed(output), /Plugin did not respond|plugin exited|connection|request was cancelled/i);
    await work.ok(...apply);
    // What was killed could not remove its socket; nobody else's is there, and it holds nothing.
    assert.ok(readdirSync(temporary).every((name) => /^plugin\d+$/.test(name)));
  });

  it("kill -9 of the provider while it creates: nothing is bought again unasked, and the orphan has its metadata", {
    timeout,
    skip: withoutProc,
  }, async (t) => {
    const { server, work, variable } = await fixture(t, resource);
    server.fault({ method: "POST", delayMs: 30_000, carryOut: true });
    const run = work.run(apply);
    await until("the POST", () => server.requests.some(({ method }) => method === "POST"));
    const [provider] = providersWith(variable);
    assert.ok(provider);
    process.kill(provider.pid, "SIGKILL");
    assert.equal((await run).code, 1);
    assert.equal(server.requests.filter(({ method }) => method === "POST").length, 1);
  });

  it("an unwritable temporary folder does not keep the provider from serving", {
    timeout,
    skip: withoutRoot,
  }, async (t) => {
    // Root may write anywhere: only another user cannot.
    const folder = mkdtempSync(join(tmpdir(), "unwritable-"));
    t.after(() => rmSync(folder, { recursive: true }));
    chmodSync(folder, 0o555);
    const environment = { TMPDIR: folder };
    const command = [
      "setpriv",
      "--reuid=65534",
      "--regid=65534",
      "--clear-groups",
      builtProvider().executable,
    ];
    const client = await PluginClient.start({ command, env: environment }).catch((error: unknown) => error);
    if (client instanceof PluginClient) {
      t.after(() => client.dispose());
      assert.ok(!client.handshake.address.startsWith(folder));
      await client.call("tfplugin6.Provider/GetProviderSchema");
    } else t.skip(`another user cannot run what was built here: ${String(client).split("\n")[0]}`);
  });

  it("a temporary folder that does not exist is gone round", { timeout }, async (t) => {
    const client = await PluginClient.start({
      command: [builtProvider().executable],
      env: { TMPDIR: "/nowhere/at/all" },
    });
    t.after(() => client.dispose());
    await client.call("tfplugin6.Provider/GetProviderSchema");
  });

  it("a full disk is no obstacle, since nothing is written to it", {
    timeout,
    skip: withoutRoot,
  }, async (t) => {
    const folder = mkdtempSync(join(tmpdir(), "full-"));
    try {
      execFileSync("mount", ["-t", "tmpfs", "-o", "size=16k", "tmpfs", folder], { stdio: "ignore" });
    } catch {
      rmSync(folder, { recursive: true });
      return t.skip("no tmpfs can be mounted here");
    }
    t.after(() => {
      execFileSync("umount", ["-l", folder]);
      rmSync(folder, { recursive: true });
    });
    mkdirSync(join(folder, "tmp"));
    assert.throws(() => writeFileSync(join(folder, "filler"), Buffer.alloc(1 << 20)), { code: "ENOSPC" });
    const client = await PluginClient.start({
      command: [builtProvider().executable],
      env: { TMPDIR: join(folder, "tmp"), HOME: folder },
    });
    t.after(() => client.dispose());
    await client.call("tfplugin6.Provider/GetProviderSchema");
  });

  it("no room for a socket anywhere is said in one line, with the variable to set", { timeout }, async () => {
    const started = new PluginProcess([builtProvider().executable], {
      ...(await hostVariables()),
      PLUGIN_UNIX_SOCKET_DIR: "/nowhere/at/all",
    });
    assert.deepEqual(await started.exit, { code: 1, signal: null });
    assert.match(started.stdout, /^No Unix socket to listen on: .* Set PLUGIN_UNIX_SOCKET_DIR.*\n$/);
    assert.doesNotMatch(started.stderr, /\n\s+at /);
  });

  async function hostVariables() {
    const { hostEnvironment } = await import("../process/support/plugin-client.ts");
    return hostEnvironment(createCertificate(), "6");
  }

  for (const [what, days, served] of [
    ["a host's certificate of this very second", 0, true],
    ["a host whose clock is a day ahead", 1, false],
    ["a host whose clock is a day behind", -1, true],
  ] as const) {
    it(`${what} is ${served ? "served" : "refused, and the process goes on"}`, { timeout }, async (t) => {
      // go-plugin's certificates are valid from half a minute before they are made, for thirty years.
      const made = Date.now() + days * 86_400_000;
      const certificate = createCertificate({
        namedCurve: "P-521",
        notBefore: new Date(made - 30_000),
        notAfter: new Date(made + 262_980 * 3_600_000),
      });
      const client = await PluginClient.start({ command: [builtProvider().executable], certificate });
      t.after(() => client.dispose());
      const call = client.call("tfplugin6.Provider/GetProviderSchema");
      if (served) await call;
      else {
        await assert.rejects(call, { code: 14 });
        assert.match(client.process.stderr, /its certificate has expired or is not valid yet/);
        assert.equal(client.process.ended, false);
      }
    });
  }
});
