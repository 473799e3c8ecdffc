// A whole `terraform plan` of one completion, against a plan that needs no provider.
import { spawn, spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { terraformPath } from "../demo/cli.mjs";
import { startLocalServer } from "../demo/local-server.mjs";

export async function planCases() {
  const cli = terraformPath();
  if (cli === undefined) throw new Error("Neither terraform nor tofu is on the PATH.");
  const folder = mkdtempSync(join(tmpdir(), "openai-bench-"));
  const server = await startLocalServer();
  const env = {
    ...process.env,
    HOME: folder,
    TF_CLI_CONFIG_FILE: resolve("dist/dev.tfrc"),
    CHECKPOINT_DISABLE: "1",
    OPENAI_API_KEY: "sk-local",
    OPENAI_BASE_URL: server.url,
  };
  const none = join(folder, "none");
  const one = join(folder, "one");
  mkdirSync(none);
  mkdirSync(one);
  writeFileSync(join(none, "main.tf"), 'output "nothing" {\n  value = 1\n}\n');
  copyFileSync("terraform-examples/chat-completion/main.tf", join(one, "main.tf"));
  for (const cwd of [none, one]) {
    const init = spawnSync(cli, ["init"], { cwd, env, encoding: "utf8" });
    if (init.status !== 0) throw new Error(init.stderr);
  }
  return {
    title: "terraform plan (floor: no provider); the API is local and answers at once",
    entries: [
      { name: "no provider", run: () => plan(cli, none, env) },
      { name: "one completion", run: () => plan(cli, one, env) },
    ],
    close: () => {
      void server.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** @param {string} cli @param {string} cwd @param {NodeJS.ProcessEnv} env @returns {Promise<number>} */
function plan(cli, cwd, env) {
  const started = performance.now();
  const child = spawn(cli, ["plan", "-input=false"], { cwd, env, stdio: "ignore" });
  return new Promise((done, failed) => {
    child.on("error", failed);
    child.on("exit", (code) =>
      code === 0
        ? done(performance.now() - started)
        : failed(new Error(`terraform plan exited with ${code}`)),
    );
  });
}
