import assert from "node:assert/strict";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { SourceMap } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { after, before, type TestContext, test } from "node:test";
import packageJson from "../../package.json";
import { type OpenAIServer, startOpenAIServer } from "../support/openai-server/server.ts";
import { builtProvider, root } from "../support/root.ts";
import { Workspace } from "../support/terraform.ts";
import { until } from "./support/built-provider.ts";
import { PluginProcess } from "./support/plugin-process.ts";

let server: OpenAIServer;
before(async () => {
  server = await startOpenAIServer();
});
after(() => server.close());

interface DebugProvider {
  readonly plugin: PluginProcess;
  /** The value of TF_REATTACH_PROVIDERS, as printed. */
  readonly reattach: string;
}

async function startDebug(t: TestContext, ...args: string[]): Promise<DebugProvider> {
  const sockets = mkdtempSync(join(tmpdir(), "debug-"));
  const plugin = new PluginProcess([builtProvider().executable, ...args], { TMPDIR: sockets });
  t.after(async () => {
    if (!plugin.ended) plugin.kill("SIGINT");
    assert.deepEqual(await plugin.exit, { code: 0, signal: null });
    assert.deepEqual(readdirSync(sockets), []);
    assert.equal(plugin.stderr, "");
    rmSync(sockets, { recursive: true });
  });
  const line = /^\tTF_REATTACH_PROVIDERS='(.*)'$/m;
  await until("the text", () => line.test(plugin.stdout));
  const [, reattach = ""] = line.exec(plugin.stdout) ?? [];
  return { plugin, reattach };
}

const block = (address: string) => `
terraform {
  required_providers {
    openai = { source = "${address}" }
  }
}
provider "openai" {
  api_key  = "sk-of-the-block"
  base_url = "${server.url}"
}
data "openai_chat_completion" "example" {
  completion_id = "chatcmpl-abc123"
}
output "content" {
  value = data.openai_chat_completion.example.choices[0].message[0].content
}
`;

for (const [args, address] of [
  [["-debug"], packageJson.terraform.address],
  [
    ["--debug", "--address", "registry.terraform.io/hashicorp/openai"],
    "registry.terraform.io/hashicorp/openai",
  ],
] as const) {
  test(`${args.join(" ")}: Terraform plans, applies and destroys with this one process`, async (t) => {
    const { plugin, reattach } = await startDebug(t, ...args);
    const config = JSON.parse(reattach);
    assert.deepEqual(Object.keys(config), [address]);
    assert.equal(config[address].Pid, plugin.pid);

    // Without any installed provider, so that no other process could serve.
    const env = { TF_REATTACH_PROVIDERS: reattach };
    const work = new Workspace(t, env).write("main.tf", block(address)).write("none.tfrc", "");
    const run = async (...command: string[]) => {
      const result = await work.run(command, { env: { TF_CLI_CONFIG_FILE: join(work.folder, "none.tfrc") } });
      assert.equal(result.code, 0, result.output);
      return result.stdout;
    };
    const before = server.requests.length;
    await run("plan");
    await run("apply", "-auto-approve");
    assert.match(await run("output", "-raw", "content"), /^Plan, apply, done:/);
    // Another key for the same process: what it was configured with before is forgotten.
    work.write("main.tf", block(address).replace("sk-of-the-block", "sk-another"));
    await run("destroy", "-auto-approve");
    const keys = server.requests.slice(before).map((request) => request.key);
    assert.deepEqual(new Set(keys), new Set(["sk-of-the-block", "sk-another"]));
    assert.equal(plugin.ended, false);
  });
}

test("debug mode ends with an interrupt and leaves no socket", async (t) => {
  const { plugin, reattach } = await startDebug(t, "-debug");
  const socket: string = JSON.parse(reattach)[packageJson.terraform.address].Addr.String;
  assert.equal(existsSync(socket), true);
  plugin.kill("SIGINT");
  assert.deepEqual(await plugin.exit, { code: 0, signal: null });
  assert.equal(existsSync(socket), false);
});

test("a debugger attaches, finds the sources, and the log is on the process's own stderr", async (t) => {
  const sockets = mkdtempSync(join(tmpdir(), "debug-"));
  const { executable } = builtProvider();
  const plugin = new PluginProcess([process.execPath, "--inspect=127.0.0.1:0", executable, "--debug"], {
    TMPDIR: sockets,
    TF_LOG_PROVIDER: "debug",
  });
  t.after(async () => {
    if (!plugin.ended) plugin.kill("SIGINT");
    await plugin.exit;
    rmSync(sockets, { recursive: true });
  });
  const line = /^\tTF_REATTACH_PROVIDERS='(.*)'$/m;
  await until("the text", () => line.test(plugin.stdout));
  const [, reattach = ""] = line.exec(plugin.stdout) ?? [];
  const [, port = ""] = /^Debugger listening on ws:\/\/127\.0\.0\.1:(\d+)\//m.exec(plugin.stderr) ?? [];
  const targets = await (await fetch(`http://127.0.0.1:${port}/json/list`)).text();
  assert.match(targets, /"webSocketDebuggerUrl"/);
  for (const [script, source, text] of [
    [executable, "src/plugin/cookie.ts", "function hasMagicCookie("],
    [
      join(dirname(executable), "core.cjs"),
      "src/framework/server/read-data-source.ts",
      "async function readDataSource",
    ],
  ] as const) {
    assert.deepEqual(placeOf(script, text), placeIn(join(root, source), text), text);
  }

  const work = new Workspace(t, { TF_REATTACH_PROVIDERS: reattach, TF_LOG_PROVIDER: "debug" });
  work.write("main.tf", block(packageJson.terraform.address)).write("none.tfrc", "");
  const env = { TF_CLI_CONFIG_FILE: join(work.folder, "none.tfrc") };
  const { code, output } = await work.run(["plan"], { env });
  assert.equal(code, 0, output);
  assert.match(plugin.stderr, /^\{.*"tf_rpc":"ReadDataSource".*"@message":"request done"/m);
  assert.doesNotMatch(output, /request done/);
});

/** Where a script's source map says that the text's first place comes from. */
function placeOf(script: string, text: string) {
  const { line, column } = lineOf(script, text);
  const map = new SourceMap(JSON.parse(readFileSync(`${script}.map`, "utf8")));
  const entry = map.findEntry(line, column);
  assert.ok("originalSource" in entry, text);
  return { file: resolve(dirname(script), entry.originalSource), line: entry.originalLine };
}

function placeIn(file: string, text: string) {
  return { file, line: lineOf(file, text).line };
}

function lineOf(file: string, text: string) {
  const lines = readFileSync(file, "utf8").split("\n");
  const line = lines.findIndex((each) => each.includes(text));
  return { line, column: lines[line]?.indexOf(text) ?? 0 };
}

async function run(...args: string[]) {
  const plugin = new PluginProcess([builtProvider().executable, ...args], {});
  const { code } = await plugin.exit;
  return { code, stdout: plugin.stdout, stderr: plugin.stderr };
}

for (const flag of ["--version", "-version"]) {
  test(`${flag} prints the version of package.json`, async () => {
    const { code, stdout, stderr } = await run(flag);
    assert.deepEqual([code, stdout, stderr], [0, `terraform-provider-openai ${packageJson.version}\n`, ""]);
  });
}

for (const flag of ["--help", "-help", "-h"]) {
  test(`${flag} explains every argument`, async () => {
    const { code, stdout, stderr } = await run(flag);
    assert.deepEqual([code, stderr], [0, ""]);
    for (const part of ["-debug", "-address", packageJson.terraform.address, "TF_REATTACH_PROVIDERS"]) {
      assert.ok(stdout.includes(part), part);
    }
  });
}

test("started by hand it says what it is and how it is used, on stderr, with exit code 1", async () => {
  const { code, stdout, stderr } = await run();
  assert.deepEqual([code, stdout], [1, ""]);
  assert.match(stderr, /^This binary is a plugin\./);
});
