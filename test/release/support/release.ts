import { spawn } from "node:child_process";
import {
  copyFileSync,
  existsSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { root } from "../../support/root.ts";
import { type Cleanup, Workspace } from "../../support/terraform.ts";

/** A release of this machine's platform, as scripts/test.mjs packed it for this run. */
export interface Release {
  readonly folder: string;
  readonly zip: string;
  readonly version: string;
  /** By Go's names, such as linux_amd64. */
  readonly platform: string;
}

export function release(): Release {
  const folder = process.env.TEST_RELEASE;
  if (folder === undefined) throw new Error("Run tests with scripts/test.mjs, which packs a release first.");
  const name = readdirSync(folder).find((file) => file.endsWith(".zip"));
  const [, version, platform] = /^terraform-provider-openai_(.*?)_(.*)\.zip$/.exec(name ?? "") ?? [];
  if (name === undefined || version === undefined || platform === undefined)
    throw new Error(`${folder} holds no release.`);
  return { folder, zip: join(folder, name), version, platform };
}

/** The source address under which the provider is published. */
export const SOURCE = "terraform-provider-openai/openai";

/** A configuration that names the provider as a practitioner does, and reads the example's completion. */
export function configuration(source = SOURCE): string {
  return `terraform {
  required_providers {
    openai = {
      source = "${source}"
    }
  }
}

data "openai_chat_completion" "example" {
  completion_id = "chatcmpl-abc123"
}

output "finish_reason" {
  value = data.openai_chat_completion.example.choices[0].finish_reason
}
`;
}

export interface ScriptResult {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a program to its end. A script of the project is `["scripts/x.mjs", …]` for `process.execPath`. */
export function runProgram(
  program: string,
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>> = process.env,
  cwd = root,
): Promise<ScriptResult> {
  const child = spawn(program, args, { cwd, env: { ...env }, stdio: ["ignore", "pipe", "pipe"] });
  let stdout = "";
  let stderr = "";
  child.stdout.setEncoding("utf8").on("data", (text) => (stdout += text));
  child.stderr.setEncoding("utf8").on("data", (text) => (stderr += text));
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) => resolve({ code, stdout, stderr }));
  });
}

/** A temporary folder that is gone after the test. */
export function temporaryFolder(test: Cleanup, name = "release-"): string {
  const folder = mkdtempSync(join(tmpdir(), name));
  test.after(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Installs the release into a mirror with the script behind `make install`. */
export async function install(mirror: string, more: NodeJS.ProcessEnv = {}): Promise<ScriptResult> {
  const env = { ...process.env, ADDRESSES: "", MIRROR: mirror, ...more };
  return runProgram(process.execPath, ["scripts/install.mjs", release().zip], env);
}

/** CLI configuration that takes providers from this mirror and from nowhere else. */
export function mirrorConfiguration(mirror: string): string {
  return `provider_installation {\n  filesystem_mirror {\n    path = ${JSON.stringify(mirror)}\n  }\n}\n`;
}

/** CLI configuration that takes the provider from a folder, without init and checksums. */
export function overrideConfiguration(folder: string): string {
  return `provider_installation {\n  dev_overrides {\n    "${SOURCE}" = ${JSON.stringify(folder)}\n  }\n}\n`;
}

/**
 * A package as `terraform init` unpacks it: the folder with the launcher and libexec. All files of a run share it, so no
 * test may change it.
 */
export async function unpackedPackage(): Promise<string> {
  const { folder, version, platform } = release();
  const shared = `${folder}-unpacked`;
  if (!existsSync(shared)) {
    const made = mkdtempSync(`${shared}-`);
    try {
      await unpackInto(made);
      renameSync(made, shared);
    } catch (error) {
      rmSync(made, { recursive: true, force: true });
      // Another test file may have been as quick.
      if (!existsSync(shared)) throw error;
    }
  }
  return join(shared, "data/providers/registry.terraform.io", SOURCE, version, platform);
}

async function unpackInto(folder: string): Promise<void> {
  const mirror = join(folder, "mirror");
  const installed = await install(mirror);
  if (installed.code !== 0) throw new Error(installed.stderr);
  const cliConfig = join(folder, "cli.tfrc");
  writeFileSync(cliConfig, mirrorConfiguration(mirror));
  const cleanups: (() => void)[] = [];
  const test = { after: (last: () => void) => cleanups.push(last) };
  try {
    const work = new Workspace(test, { TF_CLI_CONFIG_FILE: cliConfig, TF_DATA_DIR: join(folder, "data") });
    await work.write("main.tf", configuration()).ok("init");
  } finally {
    for (const last of cleanups) last();
  }
}

/**
 * The same package in another folder, of hard links where the file system has them: no test may change it.
 * @param own  files of it that are copies, which may be changed, by their names below the folder
 */
export function linked(whole: string, folder: string, ...own: readonly string[]): void {
  for (const name of readdirSync(whole, { recursive: true, encoding: "utf8" })) {
    const [from, to] = [join(whole, name), join(folder, name)];
    if (statSync(from).isDirectory()) mkdirSync(to, { recursive: true });
    else if (own.includes(name) || !link(from, to)) copyFileSync(from, to);
  }
}

function link(from: string, to: string): boolean {
  mkdirSync(dirname(to), { recursive: true });
  try {
    linkSync(from, to);
    return true;
  } catch {
    return false;
  }
}

/** The launcher in an unpacked package. */
export function launcherIn(folder: string): string {
  return join(folder, `terraform-provider-openai_v${release().version}`);
}
