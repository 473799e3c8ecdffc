// Fills a filesystem mirror, so that `terraform init` finds the provider. With dev_overrides alone
// init fails up to Terraform 1.13: it still asks the registry for the package.
import { chmodSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { addresses, executable, host, version } from "./provider.mjs";

/** Terraform's and OpenTofu's default hosts: `hashicorp/openai` means one or the other. */
const hosts = [...new Set([host, "registry.terraform.io", "registry.opentofu.org"])];

/** Go's names for this platform, as in a package's folder. */
const os = { win32: "windows" }[String(process.platform)] ?? process.platform;
const arch = { x64: "amd64", ia32: "386" }[String(process.arch)] ?? process.arch;

/**
 * The package is a launcher that starts the build in `folder`. Its content does not change from
 * build to build, so neither does the checksum that init writes to .terraform.lock.hcl.
 *
 * @param {string} mirror @param {string} folder
 */
export function fillMirror(mirror, folder) {
  rmSync(mirror, { recursive: true, force: true });
  const launcher = `#!/bin/sh\nexec ${quoted(resolve(folder, executable))} "$@"\n`;
  for (const each of hosts) {
    for (const address of addresses) {
      const target = join(mirror, each, address, version, `${os}_${arch}`);
      mkdirSync(target, { recursive: true });
      const file = join(target, `${executable}_v${version}`);
      writeFileSync(file, launcher);
      chmodSync(file, 0o755);
    }
  }
}

/** @param {string} path */
function quoted(path) {
  return `'${path.replaceAll("'", "'\\''")}'`;
}

export { hosts };
