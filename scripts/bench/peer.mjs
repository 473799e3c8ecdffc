// The package of a provider that PEER names: an executable is packed, and the zip of a release is taken as it is.
import { spawnSync } from "node:child_process";
import { chmodSync, cpSync, mkdirSync } from "node:fs";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { platformNamed, thisMachine } from "../release/platforms.mjs";
import { fetchRuntime } from "../release/runtime.mjs";

const zipScript = fileURLToPath(new URL("../release/zip.mjs", import.meta.url));

/** The version that an executable is installed as: nothing depends on it. */
const version = "0.0.1";

/**
 * A peer's package, in a folder of its own.
 * @param {import("./parse-peers.mjs").Peer} peer @param {string} folder  a new one
 * @returns {{ name: string, source: string, version: string, zip: string }}
 */
export function peerZip({ name, file, source }, folder) {
  mkdirSync(folder);
  if (file.endsWith(".zip")) {
    const zip = join(folder, basename(file));
    cpSync(file, zip);
    return { name, source, version: releasedVersion(file), zip };
  }
  const staged = join(folder, "package");
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

/** @param {string} zip  named as a release names it */
function releasedVersion(zip) {
  const [, found] = /_([^_]+)_[^_]+_[^_]+\.zip$/.exec(zip) ?? [];
  if (found === undefined)
    throw new Error(
      `PEER: ${zip} is not named as a release is: terraform-provider-TYPE_VERSION_OS_ARCH.zip.`,
    );
  return found;
}
