// Writes the CLI configuration for a development build: dev_overrides, so that every command takes
// the build as it is, with a filesystem mirror for `terraform init`. Other providers install as ever.
import { writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { hosts } from "./mirror.mjs";
import { addresses } from "./provider.mjs";

/** @param {string} file @param {string} folder @param {string} mirror */
export function writeCliConfig(file, folder, mirror) {
  const names = hosts.flatMap((host) => addresses.map((address) => `${host}/${address}`));
  const list = names.map((name) => `"${name}"`).join(", ");
  writeFileSync(
    file,
    `provider_installation {
  dev_overrides {
${addresses.map((address) => `    "${address}" = ${hcl(resolve(folder))}`).join("\n")}
  }
  filesystem_mirror {
    path    = ${hcl(resolve(mirror))}
    include = [${list}]
  }
  direct {
    exclude = [${list}]
  }
}
`,
  );
}

/** A string literal of HCL. @param {string} text */
function hcl(text) {
  return JSON.stringify(text).replaceAll("${", "$${").replaceAll("%{", "%%{");
}
