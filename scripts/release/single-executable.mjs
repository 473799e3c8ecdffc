// Node's single executable: a Node that holds the scripts, their code caches and the answers, and runs them alone.
import { spawnSync } from "node:child_process";
import { copyFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { stripped, withoutBytes } from "./elf.mjs";
import { smallerIcu } from "./icu.mjs";
import { nodeFlags, nodeSettings } from "./launcher.mjs";
import { Refusal } from "./refusal.mjs";

export const startSingle = fileURLToPath(new URL("./start-single.cjs", import.meta.url));

/**
 * @param {object} options
 * @param {string} options.node  the pinned Node of this machine, which builds it
 * @param {string} options.runtime  the Node that it becomes
 * @param {string} options.assets  a folder with the files that it is to hold
 * @param {string} options.output
 * @param {boolean} [options.cutsIcu]  whether ICU's data of other languages is left out, of an ELF program
 * @param {string} [options.main]  the script that it starts with
 */
export function buildSingleExecutable({
  node,
  runtime,
  assets,
  output,
  cutsIcu = false,
  main = startSingle,
}) {
  const folder = mkdtempSync(join(tmpdir(), "openai-single-"));
  try {
    // The executable keeps the name: a bare one is the same wherever a release is built.
    copyFileSync(main, join(folder, "start.cjs"));
    writeFileSync(join(folder, "cleared"), JSON.stringify(nodeSettings));
    const names = readdirSync(assets).sort();
    const config = {
      main: "start.cjs",
      executable: resolve(runtime),
      output: resolve(output),
      disableExperimentalSEAWarning: true,
      useCodeCache: false,
      useSnapshot: false,
      execArgv: nodeFlags,
      // NODE_OPTIONS is not meant for us.
      execArgvExtension: "none",
      assets: {
        ...Object.fromEntries(names.map((name) => [name, resolve(assets, name)])),
        cleared: "cleared",
      },
    };
    writeFileSync(join(folder, "single.json"), JSON.stringify(config));
    const built = spawnSync(node, ["--build-sea", "single.json"], { encoding: "utf8", cwd: folder });
    if (built.status !== 0)
      throw new Refusal(`node --build-sea failed: ${built.stderr.trim().split("\n").at(-1)}`);
    if (cutsIcu) writeFileSync(output, withSmallerIcu(readFileSync(output)));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * After `--build-sea`, which would fill what was cut out before. @param {Buffer} program
 */
function withSmallerIcu(program) {
  const { at, length, replacement } = smallerIcu(program);
  replacement.copy(program, at);
  return stripped(withoutBytes(program, at + replacement.length, at + length));
}
