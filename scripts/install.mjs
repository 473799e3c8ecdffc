// Puts this machine's release into a filesystem mirror, for a plain `terraform init`. MIRROR names the
// folder; unset, it is one that Terraform and OpenTofu look into by themselves. `node scripts/install.mjs
// [ZIP]` takes a package that is already built.
import { spawnSync } from "node:child_process";
import { homedir } from "node:os";
import { join, resolve } from "node:path";
import { hosts } from "./build/mirror.mjs";
import { executable, releaseAddresses, version } from "./build/provider.mjs";
import { nextSteps } from "./install/next-steps.mjs";
import { place } from "./install/place.mjs";
import { platformNamed, thisMachine } from "./release/platforms.mjs";
import { refuse } from "./release/refusal.mjs";

const ownFolder = join(homedir(), ".terraform.d/plugins");
const mirror = resolve(process.env.MIRROR || ownFolder);
const name = `${executable}_${version}_${thisMachine}.zip`;

try {
  platformNamed(thisMachine);
  const zip = process.argv[2] ?? build();
  const sources = hosts.flatMap((host) => releaseAddresses.map((each) => join(host, each)));
  place(
    zip,
    sources.map((source) => join(mirror, source, name)),
  );
  console.log(`Installed ${version} into ${mirror} as:`);
  for (const source of sources) console.log(`  ${source}`);
  const implied = mirror === ownFolder;
  console.log(`\n${nextSteps({ mirror, implied, sources, addresses: releaseAddresses })}`);
} catch (error) {
  refuse(error);
}

/** @returns {string} the zip */
function build() {
  const folder = "dist/install";
  const env = { ...process.env, RELEASE_FOLDER: folder };
  const built = spawnSync(process.execPath, ["scripts/release.mjs", thisMachine], { stdio: "inherit", env });
  if (built.status !== 0) process.exit(1);
  return join(folder, name);
}
