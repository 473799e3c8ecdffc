// A whole `terraform plan`: time, and the peak memory of the provider's processes.
import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { terraformPath } from "../demo/cli.mjs";
import { cliConfig, configuration, initialize } from "./contenders.mjs";

/** @typedef {import("./contenders.mjs").Contender} Contender */

/** A folder for the plans of one run of the benchmark, removed at its end. */
export class Plans {
  #folder = mkdtempSync(join(tmpdir(), "openai-bench-"));
  #count = 0;

  /**
   * A plan to be run again and again. Without a contender it needs no provider.
   * @param {Contender | undefined} contender @param {number} count @param {string} apiUrl
   * @param {NodeJS.ProcessEnv} [extra]
   */
  prepare(contender, count, apiUrl, extra = {}) {
    this.#count += 1;
    const home = join(this.#folder, String(this.#count));
    const cwd = join(home, "work");
    mkdirSync(cwd, { recursive: true });
    const text =
      contender === undefined ? 'output "nothing" {\n  value = 1\n}\n' : configuration(contender, count);
    writeFileSync(join(cwd, "main.tf"), text);
    const env = {
      ...process.env,
      HOME: home,
      CHECKPOINT_DISABLE: "1",
      OPENAI_API_KEY: "sk-bench",
      OPENAI_BASE_URL: apiUrl,
      OPENAI_API_URL: apiUrl,
      TF_CLI_CONFIG_FILE: contender === undefined ? join(home, "none.tfrc") : cliConfig(contender, home),
      ...extra,
    };
    if (contender === undefined) writeFileSync(join(home, "none.tfrc"), "");
    if (contender?.mirror !== undefined) initialize(cwd, env);
    return { run: () => plan(cwd, env) };
  }

  close() {
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

/** @param {string} cwd @param {NodeJS.ProcessEnv} env @returns {Promise<{ ms: number, peakMiB: number, failed: boolean }>} */
function plan(cwd, env) {
  const cli = terraformPath();
  if (cli === undefined) throw new Error("Neither terraform nor tofu is on the PATH.");
  const started = performance.now();
  const child = spawn(cli, ["plan", "-input=false"], { cwd, env, stdio: "ignore" });
  let peak = 0;
  const watch = setInterval(() => {
    peak = Math.max(peak, peakOfChildren(child.pid ?? 0));
  }, 20);
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("exit", (code) => {
      clearInterval(watch);
      resolve({ ms: performance.now() - started, peakMiB: peak, failed: code !== 0 });
    });
  });
}

/** The largest VmHWM among a process's children, in MiB; 0 where the system does not say. @param {number} parent */
function peakOfChildren(parent) {
  let peak = 0;
  for (const pid of childrenOf(parent)) {
    try {
      const status = readFileSync(`/proc/${pid}/status`, "utf8");
      peak = Math.max(peak, Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024);
    } catch {
      // It has just ended.
    }
  }
  return peak;
}

/** @param {number} parent @returns {string[]} */
function childrenOf(parent) {
  try {
    return readdirSync(`/proc/${parent}/task`).flatMap((task) =>
      readFileSync(`/proc/${parent}/task/${task}/children`, "utf8").split(" ").filter(Boolean),
    );
  } catch {
    return [];
  }
}
