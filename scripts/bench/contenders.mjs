// What is measured: the release build of this machine, installed as a practitioner installs it and by
// dev_overrides, or the development build where no release can be built; and any other provider that PEER
// names: PEER=name=folder:namespace/type.
import { spawnSync } from "node:child_process";
import { mkdirSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { address, executable, version } from "../build/provider.mjs";
import { terraformPath } from "../demo/cli.mjs";
import { thisMachine } from "../release/platforms.mjs";

/** A provider to measure; with a mirror it is installed by init, else taken by dev_overrides. */
/** @typedef {{ name: string, file: string, source: string, mirror?: string }} Contender */

/** @returns {Contender[]} */
export function contenders() {
  const source = address.split("/").slice(1).join("/");
  const released = release(source);
  const own =
    released === undefined
      ? [{ name: "this provider (development build)", source, file: resolve("dist/dev", executable) }]
      : [
          { name: "this provider (release)", source, file: released.file },
          { name: "this provider (release, installed)", source, ...released },
        ];
  const peer = process.env.PEER;
  return peer === undefined || peer === "" ? own : [...own, parsePeer(peer)];
}

/**
 * Builds this machine's release, and installs it by a real init. Undefined where that cannot be done.
 * @param {string} source
 */
function release(source) {
  const mirror = resolve("dist/bench/mirror");
  const cwd = resolve("dist/bench/installed");
  rmSync(resolve("dist/bench"), { recursive: true, force: true });
  mkdirSync(cwd, { recursive: true });
  const env = { ...process.env, MIRROR: mirror };
  const placed = spawnSync(process.execPath, ["scripts/install.mjs"], {
    env,
    stdio: ["ignore", "ignore", "inherit"],
  });
  if (placed.status !== 0) return undefined;
  const installed = { name: "installed", source, file: "", mirror };
  writeFileSync(join(cwd, "main.tf"), configuration(installed, 1));
  initialize(cwd, { ...process.env, TF_CLI_CONFIG_FILE: cliConfig(installed, cwd) });
  const folder = join(cwd, ".terraform/providers", address, version, thisMachine);
  return { file: join(folder, `${executable}_v${version}`), mirror };
}

/** `terraform init`, which has to succeed. @param {string} cwd @param {NodeJS.ProcessEnv} env */
export function initialize(cwd, env) {
  const result = spawnSync(terraformPath() ?? "terraform", ["init", "-input=false"], {
    cwd,
    env,
    encoding: "utf8",
  });
  if (result.status !== 0) throw new Error(`terraform init failed: ${result.stderr}`);
}

/** @param {string} text @returns {Contender} */
function parsePeer(text) {
  const [, name = "", folder = "", source = ""] = /^([^=]+)=(.+):([\w-]+\/[\w-]+)$/.exec(text) ?? [];
  const file =
    folder === "" ? undefined : readdirSync(folder).find((each) => each.startsWith("terraform-provider-"));
  if (file === undefined) {
    console.error(
      "PEER must be name=folder:namespace/type, where the folder holds a terraform-provider-… file.",
    );
    process.exit(1);
  }
  return { name, file: join(resolve(folder), file), source };
}

/**
 * A CLI configuration that makes a contender's address its build. Returns the file.
 * @param {Contender} contender @param {string} folder
 */
export function cliConfig(contender, folder) {
  const file = join(folder, "cli.tfrc");
  if (contender.mirror !== undefined) {
    const path = JSON.stringify(contender.mirror);
    writeFileSync(file, `provider_installation {\n  filesystem_mirror {\n    path = ${path}\n  }\n}\n`);
    return file;
  }
  const overrides = join(folder, "override");
  mkdirSync(overrides, { recursive: true });
  const type = contender.source.split("/")[1];
  symlinkSync(contender.file, join(overrides, `terraform-provider-${type}`));
  writeFileSync(
    file,
    `provider_installation {\n  dev_overrides {\n    "${contender.source}" = ${JSON.stringify(overrides)}\n  }\n}\n`,
  );
  return file;
}

/**
 * A configuration that reads `count` completions by one contender.
 * @param {Contender} contender @param {number} count
 */
export function configuration(contender, count) {
  const type = contender.source.split("/")[1];
  return `terraform {
  required_providers {
    ${type} = { source = "${contender.source}" }
  }
}

data "openai_chat_completion" "read" {
  count         = ${count}
  completion_id = "chatcmpl-\${count.index}"
}

output "tokens" {
  value = length(data.openai_chat_completion.read)
}
`;
}
