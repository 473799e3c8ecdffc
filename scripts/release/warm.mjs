// Makes the V8 code caches of a staged release, warm: by a real plan and apply against the local
// server. Without this V8 would compile some hundred functions anew in each of a plan's processes.
import { spawn } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { writeCliConfig } from "../build/cli-config.mjs";
import { executable } from "../build/provider.mjs";
import { terraformPath } from "../demo/cli.mjs";
import { startLocalServer } from "../demo/local-server.mjs";
import { fetchDebian } from "./debian.mjs";
import { launcher, nodeFlags } from "./launcher.mjs";
import { nameOf, thisMachine } from "./platforms.mjs";
import { Refusal } from "./refusal.mjs";

const ATTEMPTS = 7;

const recorder = fileURLToPath(new URL("./record-cache.cjs", import.meta.url));

/**
 * Writes the cache of each script in libexec, where this machine can run the platform.
 * @param {import("./platforms.mjs").Platform} platform @param {string} stage
 * @returns {Promise<string>} how the cache was made, or why there is none
 */
export async function warm(platform, stage) {
  const runner = runnerOf(platform);
  if (runner === undefined)
    return `no code cache, so it starts slower: it is made on a machine of that platform, and this is ${thisMachine}`;
  const cli = terraformPath();
  if (cli === undefined)
    throw new Refusal("A release's code cache is made by a plan: neither terraform nor tofu is on the PATH.");

  const folder = mkdtempSync(join(tmpdir(), "openai-warm-"));
  const server = await startLocalServer();
  try {
    symlinkSync(join(resolve(stage), "libexec"), join(folder, "libexec"));
    // The seed of the random numbers makes the cache the same in every run.
    const flags = [...nodeFlags, "--random-seed=1", `--require='${recorder}'`, '"$here/libexec/start.cjs"'];
    const text = launcher([], platform.libraries?.loader, flags);
    const command = ["exec", ...runner.map((word) => `'${word}'`), ""].join(" ");
    writeFileSync(join(folder, executable), text.replace(/^exec /m, command), { mode: 0o755 });
    writeCliConfig(join(folder, "dev.tfrc"), folder, join(folder, "mirror"));
    cpSync("terraform-examples/chat-completion", folder, { recursive: true });
    await settle(join(stage, "libexec"), () => apply(cli, folder, server.url));
  } finally {
    await server.close();
    rmSync(folder, { recursive: true, force: true });
  }
  return `code cache made by an apply ${runner.length === 0 ? "on this machine" : `under ${platform.emulator}`}`;
}

/**
 * Repeats the run, and keeps of each cache what most runs gave: how a connection ends is a race, and may call for a function
 * or not, more often on a busy machine.
 * @param {string} libexec @param {() => Promise<void>} run
 */
async function settle(libexec, run) {
  const scripts = readdirSync(libexec).filter((name) => name.endsWith(".cjs") && name !== "start.cjs");
  const files = scripts.sort().map((name) => join(libexec, name.replace(/cjs$/, "cache")));
  /** @type {Map<string, Buffer[]>} */
  const made = new Map(files.map((file) => [file, []]));
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    for (const file of files) rmSync(file, { force: true });
    await run();
    const missing = files.find((file) => !existsSync(file));
    if (missing !== undefined) throw new Refusal(`The apply left no code cache ${missing}.`);
    for (const [file, all] of made) all.push(readFileSync(file));
  }
  for (const [file, all] of made) writeFileSync(file, mostFrequent(all));
}

/** @param {readonly Buffer[]} all */
function mostFrequent(all) {
  const count = (/** @type {Buffer} */ one) => all.filter((each) => each.equals(one)).length;
  return all.toSorted((a, b) => count(b) - count(a) || Buffer.compare(a, b))[0] ?? Buffer.alloc(0);
}

/** @param {string} cli @param {string} folder @param {string} url */
async function apply(cli, folder, url) {
  // Each run is a first one.
  rmSync(join(folder, "terraform.tfstate"), { force: true });
  const env = {
    PATH: process.env.PATH,
    HOME: folder,
    // By the fixed seed every run has the same names there, another one's or a killed one's, too.
    TMPDIR: folder,
    TF_CLI_CONFIG_FILE: join(folder, "dev.tfrc"),
    TF_IN_AUTOMATION: "1",
    CHECKPOINT_DISABLE: "1",
    OPENAI_API_KEY: "sk-local",
    OPENAI_BASE_URL: url,
  };
  // The server runs in this process, which must not wait for the plan's end.
  const child = spawn(cli, ["apply", "-auto-approve", "-input=false"], { cwd: folder, env });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (text) => (output += text));
  const code = await new Promise((done, failed) => child.on("error", failed).on("close", done));
  if (code !== 0) throw new Error(`The apply that makes the code cache failed:\n${output}`);
}

/**
 * What runs a platform's programs here: nothing, an emulator, or undefined. The emulator is Debian's, pinned as all that
 * a release is made with.
 * @param {import("./platforms.mjs").Platform} platform @returns {readonly string[] | undefined}
 */
export function runnerOf(platform) {
  if (nameOf(platform) === thisMachine) return [];
  if (platform.emulator === undefined || thisMachine !== "linux_amd64") return undefined;
  return [join(fetchDebian("qemu-user-static", "amd64"), `usr/bin/${platform.emulator}-static`)];
}
