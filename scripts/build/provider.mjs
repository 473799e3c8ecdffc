// The provider's name, version and addresses: one truth, in package.json.
import { readFileSync } from "node:fs";

/** @type {{ version: string, terraform: { address: string } }} */
const manifest = JSON.parse(readFileSync("package.json", "utf8"));

export const { version } = manifest;

/** The source address under which the provider is published. */
export const { address } = manifest.terraform;

const [host = "", , type = ""] = address.split("/");

export { host, type };

/** File name of the executable, as Terraform looks for it in a package. */
export const executable = `terraform-provider-${type}`;

const own = address.slice(host.length + 1);

const others = (process.env.ADDRESSES ?? "")
  .split(/[\s,]+/)
  .filter(Boolean)
  .map(checked);

/** Addresses, without host, that a release is installed under; `ADDRESSES="acme/openai …"` adds others. */
export const releaseAddresses = [...new Set([own, ...others])];

/**
 * Addresses that the development build answers to, without host: our own, the one that Terraform
 * implies for a configuration without `required_providers`, that of the provider our users come
 * from, and those of ADDRESSES.
 */
export const addresses = [...new Set([own, `hashicorp/${type}`, `mkdev-me/${type}`, ...others])];

/** @param {string} name */
function checked(name) {
  if (!new RegExp(`^[0-9A-Za-z-]+/${type}$`).test(name)) {
    console.error(`ADDRESSES: "${name}" is no source address of the form namespace/${type}.`);
    process.exit(1);
  }
  return name;
}
