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

/**
 * Addresses that the development build answers to, without host: our own, the one that Terraform
 * implies for a configuration without `required_providers`, and that of the provider our users come
 * from. `ADDRESSES="acme/openai …"` adds others.
 */
export const addresses = [
  ...new Set([
    address.slice(host.length + 1),
    `hashicorp/${type}`,
    `mkdev-me/${type}`,
    ...(process.env.ADDRESSES ?? "")
      .split(/[\s,]+/)
      .filter(Boolean)
      .map(checked),
  ]),
];

/** @param {string} name */
function checked(name) {
  if (!new RegExp(`^[0-9A-Za-z-]+/${type}$`).test(name)) {
    console.error(`ADDRESSES: "${name}" is no source address of the form namespace/${type}.`);
    process.exit(1);
  }
  return name;
}
