import { spawn } from "node:child_process";
import { accessSync, constants, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { builtProvider } from "./root.ts";

export interface CliResult {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** Both, for messages and for errors, which Terraform splits between the two. */
  readonly output: string;
}

export interface RunOptions {
  /** Variables beside those of the workspace; undefined removes one. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly input?: string;
  /** Called with the process, to interrupt or kill it. */
  readonly started?: (child: import("node:child_process").ChildProcess) => void;
}

/** The CLI under test: TF_ACC_TERRAFORM_PATH, else `terraform`, else `tofu`, on the PATH. */
export function terraformPath(env: NodeJS.ProcessEnv = process.env): string {
  const chosen = env.TF_ACC_TERRAFORM_PATH;
  if (chosen !== undefined && chosen !== "") {
    if (isExecutable(chosen)) return chosen;
    throw new Error(`TF_ACC_TERRAFORM_PATH names ${chosen}, which is no executable file.`);
  }
  for (const name of ["terraform", "tofu"]) {
    for (const folder of (env.PATH ?? "").split(delimiter)) {
      const file = join(folder, name);
      if (isExecutable(file)) return file;
    }
  }
  throw new Error(
    "These tests drive a real Terraform CLI, and neither terraform nor tofu is on the PATH. " +
      "Install Terraform, or name it in TF_ACC_TERRAFORM_PATH.",
  );
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** What a test's context does, and a suite's hooks can do: runs something at the end. */
export interface Cleanup {
  after(last: () => void): void;
}

/** A folder with a configuration, in which a real CLI runs with an environment of its own. */
export class Workspace {
  readonly folder: string;
  readonly #home: string;
  readonly #env: Readonly<Record<string, string | undefined>>;

  /** Removed at the end of the test. `env` is what the provider shall see, for example its key. */
  constructor(test: Cleanup, env: Readonly<Record<string, string | undefined>> = {}) {
    const base = mkdtempSync(join(tmpdir(), "tf-acc-"));
    this.folder = join(base, "work");
    this.#home = join(base, "home");
    mkdirSync(this.folder);
    mkdirSync(this.#home);
    this.#env = env;
    test.after(() => rmSync(base, { recursive: true, force: true }));
  }

  write(file: string, text: string): this {
    const path = join(this.folder, file);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
    return this;
  }

  remove(file: string): void {
    rmSync(join(this.folder, file));
  }

  /** Runs the CLI to its end, with whatever exit code. Interactive prompts are off. */
  run(args: readonly string[], options: RunOptions = {}): Promise<CliResult> {
    const env = defined({
      PATH: process.env.PATH,
      HOME: this.#home,
      TMPDIR: process.env.TMPDIR,
      TF_CLI_CONFIG_FILE: builtProvider().cliConfig,
      TF_IN_AUTOMATION: "1",
      TF_INPUT: "0",
      CHECKPOINT_DISABLE: "1",
      // Terraform's garbage collector takes a tenth of a short run's CPU time.
      GOGC: "400",
      ...this.#env,
      ...options.env,
    });
    const child = spawn(terraformPath(), args, { cwd: this.folder, env, stdio: ["pipe", "pipe", "pipe"] });
    options.started?.(child);
    child.stdin.on("error", () => {});
    child.stdin.end(options.input ?? "");
    let stdout = "";
    let stderr = "";
    child.stdout.setEncoding("utf8").on("data", (text) => (stdout += text));
    child.stderr.setEncoding("utf8").on("data", (text) => (stderr += text));
    return new Promise((resolve, reject) => {
      child.on("error", reject);
      child.on("close", (code) => {
        const [out, err] = [plain(stdout), plain(stderr)];
        resolve({ code, stdout: out, stderr: err, output: out + err });
      });
    });
  }

  /** Runs a command that has to succeed. */
  async ok(...args: readonly string[]): Promise<CliResult> {
    const result = await this.run(args);
    if (result.code !== 0)
      throw new Error(`terraform ${args.join(" ")} failed (${result.code}):\n${result.output}`);
    return result;
  }

  /** Runs a command that has to fail, and gives its output without Terraform's box and line breaks. */
  async fails(...args: readonly string[]): Promise<string> {
    const result = await this.run(args);
    if (result.code === 0)
      throw new Error(`terraform ${args.join(" ")} should have failed:\n${result.output}`);
    return unboxed(result.output);
  }

  /** `terraform output -json NAME`, parsed. */
  async output(name: string): Promise<unknown> {
    return JSON.parse((await this.ok("output", "-json", name)).stdout);
  }
}

/** Terraform draws a box around a diagnostic and wraps its lines: undone, so that texts can be found. */
export function unboxed(output: string): string {
  return output.replace(/[╷│╵]/g, " ").replace(/\s+/g, " ").trim();
}

/** Without colours: -no-color is not understood by every command. */
function plain(text: string): string {
  return stripVTControlCharacters(text);
}

function defined(env: Readonly<Record<string, string | undefined>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(env).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}
