// The provider of others that PEER names, as a package: PEER=file, a Go provider's executable whose address is
// mkdev-me/openai, or PEER=name=file:namespace/type. A folder stands for the terraform-provider-… file in it.
import { spawnSync } from "node:child_process";
import { chmodSync, cpSync, existsSync, mkdirSync, readdirSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { platformNamed, thisMachine } from "../release/platforms.mjs";
import { fetchRuntime } from "../release/runtime.mjs";

const zipScript = fileURLToPath(new URL("../release/zip.mjs", import.meta.url));

/** The version that it is installed as: nothing depends on it. */
const version = "0.0.1";

/**
 * @param {string} text  of PEER @param {string} folder  for the package
 * @returns {{ name: string, source: string, version: string, zip: string }}
 */
export function peerZip(text, folder) {
  const { name, file, source } = parsePeer(text);
  const staged = join(folder, "peer");
  mkdirSync(staged);
  const main = join(staged, `terraform-provider-${source.split("/")[1]}_v${version}`);
  cpSync(file, main);
  chmodSync(main, 0o755);
  const zip = join(folder, "peer.zip");
  const node = fetchRuntime(platformNamed(thisMachine).runtime).executable;
  const packed = spawnSync(node, [zipScript, staged, zip], { encoding: "utf8" });
  if (packed.status !== 0) throw new Error(`PEER cannot be packed: ${packed.stderr}`);
  return { name, source, version, zip };
}

/** @param {string} text @returns {{ name: string, file: string, source: string }} */
export function parsePeer(text) {
  const [, name = "the Go provider", path = text, source = "mkdev-me/openai"] =
    /^([^=]+)=(.+):([\w-]+\/[\w-]+)$/.exec(text) ?? [];
  const place = resolve(path);
  const found = !existsSync(place)
    ? undefined
    : statSync(place).isFile()
      ? place
      : readdirSync(place)
          .filter((each) => each.startsWith("terraform-provider-"))
          .map((each) => join(place, each))[0];
  if (found === undefined)
    throw new Error(
      "PEER must be a provider's executable, or name=file:namespace/type; see scripts/bench/peer.mjs.",
    );
  return { name, file: found, source };
}
