// The release for Windows, which has no sh: Node's single executable, with the scripts as assets.
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { nodeFlags, nodeSettings } from "./launcher.mjs";
import { Refusal } from "./refusal.mjs";
import { writeScripts } from "./scripts.mjs";

/**
 * @param {string} node  the pinned Node of this machine, which builds it
 * @param {string} runtime  the Node that it becomes
 * @param {import("./scripts.mjs").Scripts} scripts @param {string} output
 */
export function buildSingleExecutable(node, runtime, scripts, output) {
  const folder = mkdtempSync(join(tmpdir(), "openai-single-"));
  try {
    writeScripts(scripts, folder);
    const cleared = join(folder, "cleared.json");
    writeFileSync(cleared, JSON.stringify(nodeSettings));
    const config = {
      main: fileURLToPath(new URL("./start-single.cjs", import.meta.url)),
      executable: resolve(runtime),
      output: resolve(output),
      disableExperimentalSEAWarning: true,
      useCodeCache: false,
      useSnapshot: false,
      execArgv: nodeFlags,
      // NODE_OPTIONS is not meant for us.
      execArgvExtension: "none",
      assets: Object.fromEntries([
        ...[...scripts.files.keys()].map((name) => [name, join(folder, name)]),
        ["cleared", cleared],
      ]),
    };
    const file = join(folder, "single.json");
    writeFileSync(file, JSON.stringify(config));
    const built = spawnSync(node, ["--build-sea", file], { encoding: "utf8" });
    if (built.status !== 0)
      throw new Refusal(`node --build-sea failed: ${built.stderr.trim().split("\n").at(-1)}`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
