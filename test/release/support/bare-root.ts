import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { root } from "../../support/root.ts";
import { type Cleanup, terraformPath } from "../../support/terraform.ts";
import { install, mirrorConfiguration, runProgram, type ScriptResult, temporaryFolder } from "./release.ts";

/** PT_INTERP: elf(5). */
const INTERPRETER = 3;

/** Why there can be no chroot here with a Terraform in it, if so. */
export function missingChroot(): string | false {
  if (process.platform !== "linux") return "a chroot is tried on Linux only";
  if (process.getuid?.() !== 0) return "only root may chroot";
  if (process.arch !== "x64") return "the static sh is pinned for amd64 only";
  if (needsInterpreter(readFileSync(terraformPath()))) return "this terraform is not linked statically";
  return false;
}

function needsInterpreter(program: Buffer): boolean {
  const first = Number(program.readBigUInt64LE(32));
  const count = program.readUInt16LE(56);
  return Array.from({ length: count }, (_, index) => program.readUInt32LE(first + index * 56)).includes(
    INTERPRETER,
  );
}

/** The root of a system that holds a static sh, a static terraform, a mirror with the release, and nothing else. */
export class BareRoot {
  readonly folder: string;

  private constructor(folder: string) {
    this.folder = folder;
  }

  static async make(test: Cleanup): Promise<BareRoot> {
    const folder = temporaryFolder(test, "bare-root-");
    for (const name of ["bin", "etc", "tmp", "work"]) mkdirSync(join(folder, name));
    await copyBusybox(join(folder, "bin/sh"));
    copyFileSync(terraformPath(), join(folder, "bin/terraform"));
    const installed = await install(join(folder, "mirror"));
    if (installed.code !== 0) throw new Error(installed.stderr);
    return new BareRoot(folder).write("etc/cli.tfrc", mirrorConfiguration("/mirror"));
  }

  write(path: string, text: string): this {
    writeFileSync(join(this.folder, path), text);
    return this;
  }

  /** Runs terraform in /work within that root. */
  terraform(args: readonly string[], env: Readonly<Record<string, string>>): Promise<ScriptResult> {
    const all = { TF_CLI_CONFIG_FILE: "/etc/cli.tfrc", CHECKPOINT_DISABLE: "1", HOME: "/work", ...env };
    const words = Object.entries(all).map(([name, value]) => `${name}=${value}`);
    // Such a root has no env, so the variables are set here; chroot itself is found by the outer PATH.
    const command = ["-i", ...words, "PATH=/usr/sbin:/usr/bin:/sbin:/bin", "chroot", this.folder];
    return runProgram("env", [...command, "/bin/terraform", "-chdir=/work", ...args, "-no-color"]);
  }
}

/** Debian's static busybox, pinned as the release's own packages are; what it is unpacked to does not outlive the script. */
async function copyBusybox(target: string): Promise<void> {
  const module = pathToFileURL(join(root, "scripts/release/debian.mjs")).href;
  const script = `
    const { fetchDebian } = await import(${JSON.stringify(module)});
    const { copyFileSync } = await import("node:fs");
    copyFileSync(fetchDebian("busybox-static", "amd64") + "/bin/busybox", ${JSON.stringify(target)});`;
  const copied = await runProgram(process.execPath, ["--input-type=module", "-e", script]);
  if (copied.code !== 0) throw new Error(copied.stderr);
}
