// The CLI that the demo drives.
import { spawn } from "node:child_process";
import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";

/** TF_ACC_TERRAFORM_PATH, else terraform, else tofu on the PATH; undefined where there is none. */
export function terraformPath() {
  const candidates = [process.env.TF_ACC_TERRAFORM_PATH ?? ""];
  for (const name of ["terraform", "tofu"]) {
    for (const folder of (process.env.PATH ?? "").split(delimiter)) candidates.push(join(folder, name));
  }
  return candidates.filter(Boolean).find((file) => {
    try {
      accessSync(file, constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

/**
 * Runs it with its output on the terminal; resolves with the exit code.
 * @param {string} cli @param {string[]} args @param {string} cwd @param {NodeJS.ProcessEnv} env
 * @returns {Promise<number>}
 */
export function runCli(cli, args, cwd, env) {
  const child = spawn(cli, args, { cwd, env, stdio: ["ignore", "inherit", "inherit"] });
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) => resolve(code ?? 1));
  });
}
