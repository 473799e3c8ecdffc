import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { it } from "node:test";
import packageJson from "../../package.json";
import { until } from "../process/support/built-provider.ts";
import { PluginProcess } from "../process/support/plugin-process.ts";
import { block, Expression, provider, read } from "../support/configurations.ts";
import { startOpenAIServer } from "../support/openai-server/server.ts";
import { descriptors, memoryMiB } from "../support/process-watch.ts";
import { builtProvider } from "../support/root.ts";
import { Workspace } from "../support/terraform.ts";

const plans = 200;
/** By then everything is loaded and every table is made. */
const warm = 50;

it(`one debug process serves ${plans} plans in a row and does not grow`, async (test) => {
  const server = await startOpenAIServer();
  test.after(() => server.close());
  const sockets = mkdtempSync(join(tmpdir(), "debug-soak-"));
  test.after(() => rmSync(sockets, { recursive: true }));
  const plugin = new PluginProcess([builtProvider().executable, "-debug"], { TMPDIR: sockets });
  test.after(async () => {
    plugin.kill("SIGINT");
    await plugin.exit;
  });
  const line = /^\tTF_REATTACH_PROVIDERS='(.*)'$/m;
  await until("the line", () => line.test(plugin.stdout));
  const [, reattach = ""] = line.exec(plugin.stdout) ?? [];

  const work = new Workspace(test, { TF_REATTACH_PROVIDERS: reattach }).write("none.tfrc", "").write(
    "main.tf",
    `terraform {
  required_providers {
    openai = { source = "${packageJson.terraform.address}" }
  }
}
${provider({ api_key: "sk-debug", base_url: server.url })}${read("ten", "chatcmpl-abc123", { count: new Expression("10") })}${block('data "openai_chat_completions" "all"', {})}`,
  );
  const resident: number[] = [];
  const open: number[] = [];
  for (let n = 1; n <= plans; n += 1) {
    const options = { env: { TF_CLI_CONFIG_FILE: join(work.folder, "none.tfrc") } };
    const result = await work.run(["plan"], options);
    assert.equal(result.code, 0, result.output.slice(-2000));
    resident.push(memoryMiB(plugin.pid, "VmRSS"));
    open.push(descriptors(plugin.pid).length);
  }
  const at = (n: number) => `${n}: ${resident[n - 1]?.toFixed(0)} MiB, ${open[n - 1]} descriptors`;
  test.diagnostic([1, 10, warm, 100, 150, plans].map(at).join("; "));

  // Garbage comes and goes: what counts is the least of the last plans against the most after warming up.
  const early = Math.max(...resident.slice(warm - 25, warm + 25));
  const late = Math.min(...resident.slice(-25));
  assert.ok(late <= early * 1.1, `${early} MiB at first, ${late} MiB at last`);
  const lateOpen = Math.min(...open.slice(-25));
  assert.ok(lateOpen <= Math.max(...open.slice(0, warm)), `${open.join(" ")}`);
  assert.equal(plugin.stderr, "");
});
