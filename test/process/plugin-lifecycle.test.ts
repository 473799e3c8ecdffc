import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { before, describe, it, type TestContext, test } from "node:test";
import { setTimeout as delay } from "node:timers/promises";
import { bundle, temporaryFolder } from "./support/bundle.ts";
import {
  hostEnvironment,
  PluginClient,
  parseHandshake,
  reattach,
  unaryCall,
} from "./support/plugin-client.ts";
import { PluginProcess } from "./support/plugin-process.ts";

/** A host that starts the plugin, passes its first line on and waits to be killed. */
const HOST = `
  const plugin = require("node:child_process").spawn(process.argv[1], process.argv.slice(2), { stdio: ["ignore", "pipe", "ignore"] });
  plugin.stdout.once("data", (line) => process.stdout.write(plugin.pid + "|" + line));`;

const folder = temporaryFolder();
const sockets = temporaryFolder();
let command: string[] = [];
before(async () => {
  command = await bundle("test/process/support/fixture.ts", folder);
});

async function start(t: TestContext): Promise<PluginClient> {
  const client = await PluginClient.start({ command, env: { TMPDIR: sockets } });
  t.after(() => client.dispose());
  return client;
}

const behave = (client: PluginClient, name: string) =>
  client.call("tfplugin6.Provider/CallFunction", { name, arguments: [] });

async function stillServes(client: PluginClient): Promise<void> {
  const { status } = await client.call("grpc.health.v1.Health/Check", { service: "plugin" });
  assert.equal(status, "SERVING");
}

test("Shutdown is answered, and the process is gone within half a second, its socket too", async (t) => {
  const client = await start(t);
  client.openStdio().on("error", () => {});
  await stillServes(client);
  const begun = performance.now();
  await client.call("plugin.GRPCController/Shutdown");
  assert.deepEqual(await client.exit, { code: 0, signal: null });
  assert.ok(performance.now() - begun < 500, `${performance.now() - begun} ms`);
  assert.equal(existsSync(client.handshake.address), false);
  assert.equal(client.process.stderr, "fixture stops\n");
});

test("Shutdown does not wait for a call in flight", async (t) => {
  const client = await start(t);
  const hanging = assert.rejects(behave(client, "hang"));
  await stillServes(client);
  assert.deepEqual(await client.shutdown(), { code: 0, signal: null });
  await hanging;
});

test("an interrupt is left to the host: serving goes on", { skip: onWindows() }, async (t) => {
  const client = await start(t);
  await stillServes(client);
  for (let times = 0; times < 3; times += 1) {
    client.process.kill("SIGINT");
    await delay(50);
    await stillServes(client);
  }
});

for (const signal of ["SIGTERM", "SIGHUP"] as const) {
  test(`${signal} ends the process in order, without a socket left`, { skip: onWindows() }, async (t) => {
    const client = await start(t);
    await stillServes(client);
    client.process.kill(signal);
    assert.deepEqual(await client.exit, { code: 0, signal: null });
    assert.equal(existsSync(client.handshake.address), false);
    assert.equal(client.process.stderr, "fixture stops\n");
  });
}

test("stdout carries the handshake line and nothing else, whatever the provider prints", async (t) => {
  const client = await start(t);
  await behave(client, "print");
  await client.shutdown();
  assert.equal(client.process.stdout.indexOf("\n"), client.process.stdout.length - 1);
  assert.match(client.process.stderr, /^\[DEBUG\] printed with console\.log$/m);
  assert.match(client.process.stderr, /^\[ERROR\] printed with console\.error$/m);
  assert.match(client.process.stderr, /^printed to process\.stdout$/m);
});

test("a host that stops reading the output does not end the plugin", async (t) => {
  const client = await start(t);
  client.process.closeOutput();
  await behave(client, "print");
  await behave(client, "flood");
  await stillServes(client);
  await client.call("plugin.GRPCController/Shutdown");
  assert.deepEqual(await client.exit, { code: 0, signal: null });
});

for (const [behaviour, message] of [
  ["throw", "thrown by the fixture"],
  ["reject", "rejected by the fixture"],
] as const) {
  test(`an error that nobody catches (${behaviour}) is a panic as Terraform shows it`, async (t) => {
    const client = await start(t);
    await behave(client, behaviour).catch(() => {});
    assert.deepEqual(await client.exit, { code: 2, signal: null });
    assert.ok(
      client.process.stderr.startsWith(`panic: ${message}\n\nError: ${message}\n    at `),
      client.process.stderr,
    );
    assert.equal(existsSync(client.handshake.address), false);
  });
}

// Processes of their own, whose ends are waited for.
describe("in the course of seconds", { concurrency: 5 }, () => {
  it("a host that disconnects without a word is missed within seconds", async (t) => {
    const client = await start(t);
    await stillServes(client);
    client.close();
    assert.deepEqual(await within(5000, client.exit), { code: 0, signal: null });
    assert.equal(existsSync(client.handshake.address), false);
    assert.match(client.process.stderr, /the last client has disconnected: exiting/);
  });

  for (const connected of [false, true]) {
    const when = connected ? "after others had reattached" : "before it ever connected";
    it(`a host killed ${when} is missed within seconds`, { skip: onWindows() }, async (t) => {
      const parent = new PluginProcess([process.execPath, "-e", HOST, ...command], {
        ...hostEnvironment(undefined, "5,6"),
        TMPDIR: sockets,
      });
      const [pid = "", ...line] = (await parent.firstLine()).split("|");
      const { address } = parseHandshake(line.join("|"));
      t.after(() => {
        if (isRunning(Number(pid))) process.kill(Number(pid), "SIGKILL");
      });
      if (connected) {
        const connection = reattach("unix", address);
        await unaryCall(connection, "grpc.health.v1.Health/Check", { service: "plugin" });
        connection.close();
      }
      assert.equal(existsSync(address), true);
      assert.equal(isRunning(Number(pid)), true);
      parent.kill("SIGKILL");
      await parent.exit;
      const deadline = Date.now() + 5000;
      while (isRunning(Number(pid)) && Date.now() < deadline) await delay(100);
      assert.equal(isRunning(Number(pid)), false, "the plugin outlived its host");
      assert.equal(existsSync(address), false);
    });
  }

  it("hosts without TLS share a process: it outlives each of them", async (t) => {
    const client = await PluginClient.start({ command, tls: false, env: { TMPDIR: sockets } });
    t.after(() => client.dispose());
    for (let host = 0; host < 2; host += 1) {
      const connection = reattach("unix", client.handshake.address);
      const { status } = await unaryCall(connection, "grpc.health.v1.Health/Check", { service: "plugin" });
      assert.equal(status, "SERVING");
      connection.close();
      // Longer than a plugin waits for a host that it serves alone.
      await delay(2500);
    }
    await stillServes(client);
    assert.deepEqual(await client.shutdown(), { code: 0, signal: null });
  });

  it("SIGUSR1 opens no inspector", { skip: onWindows() }, async (t) => {
    const client = await start(t);
    await stillServes(client);
    client.process.kill("SIGUSR1");
    await delay(300);
    await stillServes(client);
    assert.equal(client.process.stderr, "");
  });

  it("debug mode prints how to reattach and serves one host after another until it is interrupted", async (t) => {
    const own = temporaryFolder();
    const plugin = new PluginProcess([...command, "--debug"], { TMPDIR: own });
    t.after(async () => {
      if (!plugin.ended) plugin.kill("SIGKILL");
      await plugin.exit;
    });
    assert.match(
      await plugin.firstLine(),
      /^Provider started\. To attach Terraform CLI, set the TF_REATTACH_PROVIDERS/,
    );
    const [, json = ""] = /^\tTF_REATTACH_PROVIDERS='(.*)'$/m.exec(plugin.stdout) ?? [];
    const config: unknown = JSON.parse(json);
    const address = readdirSync(own).map((name) => `${own}/${name}`)[0] ?? "";
    assert.deepEqual(config, {
      "registry.terraform.io/acme/fixture": {
        Protocol: "grpc",
        ProtocolVersion: 6,
        Pid: plugin.pid,
        Test: true,
        Addr: { Network: "unix", String: address },
      },
    });
    for (let host = 0; host < 2; host += 1) {
      const connection = reattach("unix", address);
      const { status } = await unaryCall(connection, "grpc.health.v1.Health/Check", { service: "plugin" });
      assert.equal(status, "SERVING");
      await unaryCall(connection, "plugin.GRPCController/Shutdown");
      connection.close();
      // Longer than a plugin in production waits for its host.
      await delay(2500);
    }
    plugin.kill("SIGINT");
    assert.deepEqual(await plugin.exit, { code: 0, signal: null });
    assert.deepEqual(readdirSync(own), []);
  });
});

test("the timeline of a run is one line of JSON, and only where it is asked for", async (t) => {
  const file = `${folder}/timeline.jsonl`;
  const client = await PluginClient.start({ command, env: { TMPDIR: sockets, TF_OPENAI_TIMELINE: file } });
  t.after(() => client.dispose());
  await behave(client, "echo");
  await client.shutdown();
  const lines = readFileSync(file, "utf8").trim().split("\n");
  assert.equal(lines.length, 1);
  const { pid, marks } = JSON.parse(lines[0] ?? "");
  assert.equal(pid, client.process.pid);
  const expected = [
    "runtime ready",
    "evaluated",
    "certificate",
    "listening",
    "handshake",
    "server ready",
    "client accepted",
  ];
  const names = [...expected, "first call in", "last call out", "Shutdown", "exit"];
  assert.deepEqual(Object.keys(marks).sort(), [...names].sort());
  const times = names.map((name) => marks[name]);
  assert.deepEqual(
    times,
    times.toSorted((one, other) => one - other),
  );
});

async function within<T>(milliseconds: number, promise: Promise<T>): Promise<T | undefined> {
  return await Promise.race([promise, delay(milliseconds, undefined, { ref: false })]);
}

/** A process that has ended but that nobody has waited for, as in a container without an init, does not run. */
function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch {
    return false;
  }
  if (process.platform !== "linux") return true;
  try {
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, "utf8"));
  } catch {
    return false;
  }
}

function onWindows(): string | false {
  return process.platform === "win32" ? "Windows has no such signals" : false;
}
