// What is measured: the release build of this machine, or the development build where no release can be built; and the
// providers that PEER names. Releases are unpacked by a real `terraform init`, so that all files lie on the disk alike.
import { spawnSync } from "node:child_process";
import { mkdirSync, rmSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { address, executable, host, version } from "../build/provider.mjs";
import { terraformPath } from "../demo/cli.mjs";
import { thisMachine } from "../release/platforms.mjs";
import { parsePeers } from "./parse-peers.mjs";
import { peerZip } from "./peer.mjs";

/**
 * @typedef {object} Contender
 * @property {string} name
 * @property {string} source  namespace and type
 * @property {string} file  the executable, for dev_overrides
 * @property {string | undefined} mirror  what it is installed from by init, where it can be
 * @property {number | undefined} download  bytes of its zip
 */

const bench = resolve("dist/bench");

/**
 * Builds and installs what is measured.
 * @returns {{ own: Contender, peers: Contender[] }}
 */
export function contenders() {
  const named = parsePeers(process.env.PEER);
  rmSync(bench, { recursive: true, force: true });
  mkdirSync(bench, { recursive: true });
  const source = address.split("/").slice(1).join("/");
  const zip = buildRelease(process.cwd(), join(bench, "release"));
  const own =
    zip === undefined
      ? {
          name: "this provider (development build)",
          source,
          file: resolve("dist/dev", executable),
          mirror: undefined,
          download: undefined,
        }
      : installed({ name: "this provider (release)", source, version, zip });
  const peers = named.map((peer, index) => installed(peerZip(peer, join(bench, `peer-${index + 1}`))));
  return { own, peers };
}

/**
 * Builds this machine's release of the project in a folder.
 * @param {string} project @param {string} folder
 * @returns {string | undefined} the zip; undefined where it cannot be built
 */
export function buildRelease(project, folder) {
  const env = {
    ...process.env,
    RELEASE_FOLDER: resolve(folder),
    RELEASE_CACHE: resolve("dist/cache"),
    GPG_KEY: "",
  };
  const args = ["scripts/release.mjs", thisMachine];
  const built = spawnSync(process.execPath, args, {
    cwd: project,
    env,
    stdio: ["ignore", "ignore", "inherit"],
  });
  return built.status === 0 ? resolve(folder, `${executable}_${version}_${thisMachine}.zip`) : undefined;
}

/**
 * Installs a package by a real init.
 * @param {{ name: string, source: string, version: string, zip: string }} released @returns {Contender}
 */
export function installed({ name, source, version, zip }) {
  const home = join(dirname(zip), "installed");
  const mirror = join(home, "mirror");
  const cwd = join(home, "work");
  const place = join(mirror, host, source);
  mkdirSync(place, { recursive: true });
  mkdirSync(cwd);
  const type = source.split("/")[1];
  symlinkSync(zip, join(place, `terraform-provider-${type}_${version}_${thisMachine}.zip`));
  const contender = { name, source, file: "", mirror, download: statSync(zip).size };
  writeFileSync(join(cwd, "main.tf"), configuration(contender, 1));
  initialize(cwd, { ...process.env, TF_CLI_CONFIG_FILE: cliConfig(contender, cwd) });
  const folder = join(cwd, ".terraform/providers", host, source, version, thisMachine);
  return { ...contender, file: join(folder, `terraform-provider-${type}_v${version}`) };
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
  // The package's own folder: through a link to its launcher, each start of ours would ask readlink where it is.
  const overridden = JSON.stringify(dirname(contender.file));
  writeFileSync(
    file,
    `provider_installation {\n  dev_overrides {\n    "${contender.source}" = ${overridden}\n  }\n}\n`,
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
