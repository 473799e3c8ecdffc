// Compares a single executable with the Node that it was made of, where this machine can run both: a release whose Node
// makes anything else of text, or rejects the code caches, is refused.
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { isDeepStrictEqual } from "node:util";
import { nodeFlags } from "./launcher.mjs";
import { Refusal } from "./refusal.mjs";
import { buildSingleExecutable } from "./single-executable.mjs";

const check = fileURLToPath(new URL("./check-single.cjs", import.meta.url));

/** A language that orders, cases and formats otherwise, and is not there any more: it must change nothing. */
const LANG = "tr_TR.UTF-8";

/**
 * @param {object} options
 * @param {readonly string[]} options.through  the command that runs a program of the platform: emulator, loader
 * @param {string} options.node  the pinned Node of this machine @param {string} options.runtime
 * @param {string} options.assets @param {boolean} options.cutsIcu
 */
export function trySingle({ through, node, runtime, assets, cutsIcu }) {
  const folder = mkdtempSync(join(tmpdir(), "openai-try-"));
  try {
    const output = join(folder, "single");
    buildSingleExecutable({ node, runtime, assets, output, cutsIcu, main: check });
    const expected = run([...through, resolve(runtime), ...nodeFlags, check]);
    const { texts, rejected } = run([...through, output]);
    const changed = Object.keys(expected.texts).filter(
      (name) => !isDeepStrictEqual(texts[name], expected.texts[name]),
    );
    if (changed.length > 0)
      throw new Refusal(
        `The single executable makes something else of text than its Node: ${changed.join(", ")}.`,
      );
    if (rejected.length > 0)
      throw new Refusal(`The single executable rejects the code caches of ${rejected.join(", ")}.`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** @param {readonly string[]} command @returns {{ texts: Record<string, unknown>, rejected: string[] }} */
function run([program = "", ...args]) {
  const { status, stdout, stderr } = spawnSync(program, args, {
    encoding: "utf8",
    maxBuffer: 2 ** 26,
    env: { PATH: process.env.PATH, LANG, LC_ALL: LANG },
  });
  if (status !== 0)
    throw new Refusal(`The single executable does not run here: ${stderr.trim().split("\n").at(-1)}`);
  return JSON.parse(stdout);
}
