import { spawnSync } from "node:child_process";
import { mkdtempSync, rmdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestContext } from "node:test";

/** Whether this process may mount file systems; a reason to skip where it may not. */
export function missingMounts(): string | false {
  if (process.platform !== "linux") return "mounts are tried on Linux only";
  const folder = spawnSync("mktemp", ["-d"], { encoding: "utf8" }).stdout.trim();
  const mounted = spawnSync("mount", ["-t", "tmpfs", "tmpfs", folder]);
  if (mounted.status === 0) spawnSync("umount", [folder]);
  spawnSync("rmdir", [folder]);
  return mounted.status === 0 ? false : "only root may mount a file system, and not in every container";
}

/** A new file system in memory, with mount's options, until the test ends. */
export function mountMemory(test: TestContext, options: string): string {
  return mounted(test, (folder) => run("mount", "-t", "tmpfs", "-o", options, "tmpfs", folder));
}

/** The same folder at a place where it is read-only, until the test ends. */
export function mountReadOnly(test: TestContext, original: string): string {
  const folder = mounted(test, (target) => run("mount", "--bind", original, target));
  run("mount", "-o", "remount,bind,ro", folder);
  return folder;
}

/** An empty folder for a mount, which is never removed with what is mounted on it. */
function mounted(test: TestContext, mount: (folder: string) => void): string {
  const folder = mkdtempSync(join(tmpdir(), "mount-"));
  mount(folder);
  test.after(() => {
    run("umount", "-l", folder);
    rmdirSync(folder);
  });
  return folder;
}

function run(program: string, ...args: readonly string[]): void {
  const { status, stderr } = spawnSync(program, args, { encoding: "utf8" });
  if (status !== 0) throw new Error(`${program} ${args.join(" ")}: ${stderr}`);
}
