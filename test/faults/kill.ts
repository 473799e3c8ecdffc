import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestContext } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { startOpenAIServer } from "../support/openai-server/server.ts";
import { Workspace } from "../support/terraform.ts";
import { processesWith } from "./processes.ts";

const KEY = "sk-canary-killed-5Lw8Rt";

/**
 * Kills Terraform at random moments of an apply that reads and creates, and looks for what is left: no
 * process after 5 seconds, no socket, and no key in any file. The seed is printed; KILL_SEED repeats it.
 */
export async function killings(t: TestContext, times: number): Promise<void> {
  const seed = Number(process.env.KILL_SEED ?? Date.now() % 1_000_000);
  t.diagnostic(`seed ${seed}`);
  const server = await startOpenAIServer();
  t.after(() => server.close());
  let random = seed;
  for (let round = 0; round < times; round += 1) {
    // A linear congruential generator (Numerical Recipes).
    random = (Math.imul(random, 1_664_525) + 1_013_904_223) >>> 0;
    await killAt(t, server.url, 50 + (random / 2 ** 32) * 2_500);
  }
}

async function killAt(t: TestContext, url: string, moment: number): Promise<void> {
  const temporary = mkdtempSync(join(tmpdir(), "killed-"));
  t.after(() => rmSync(temporary, { recursive: true }));
  const work = new Workspace(t, { OPENAI_API_KEY: KEY, OPENAI_BASE_URL: url, TMPDIR: temporary });
  work.write(
    "main.tf",
    `data "openai_chat_completion" "x" {\n  completion_id = "chatcmpl-abc123"\n}\n` +
      'resource "openai_chat_completion" "y" {\n  model = "gpt-4o-mini"\n  messages = [{ role = "user", content = "Hi" }]\n}\n',
  );
  let kill = () => {};
  const run = work.run(["apply", "-auto-approve"], {
    started: (child) => (kill = () => void child.kill("SIGKILL")),
  });
  await sleep(moment);
  kill();
  await run;
  const variable = `TMPDIR=${temporary}`;
  const deadline = Date.now() + 5_000;
  while (processesWith(variable).length > 0 && Date.now() < deadline) await sleep(50);
  const at = `killed after ${Math.round(moment)} ms`;
  assert.deepEqual(processesWith(variable), [], at);
  const left = readdirSync(temporary).filter((name) => name.startsWith("plugin"));
  assert.deepEqual(left, [], at);
  for (const folder of [temporary, work.folder]) {
    for (const name of readdirSync(folder, { recursive: true, encoding: "utf8" })) {
      const file = join(folder, name);
      if (statSync(file).isFile())
        assert.ok(!readFileSync(file).includes(KEY), `${at}: the key is in ${name}`);
    }
  }
}
