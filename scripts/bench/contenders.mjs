// What is measured: the release build of this machine where there is one, else the development build,
// and any other provider that PEER names: PEER=name=folder:namespace/type.
import { existsSync, mkdirSync, readdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { address, executable } from "../build/provider.mjs";

/** @typedef {{ name: string, file: string, source: string }} Contender */

/** @returns {Contender[]} */
export function contenders() {
  const own = { name: "this provider", source: address.split("/").slice(1).join("/") };
  const released = releasedFile();
  const first =
    released === undefined
      ? { ...own, name: "this provider (development build)", file: resolve("dist/dev", executable) }
      : { ...own, name: "this provider (release)", file: released };
  const peer = process.env.PEER;
  return peer === undefined || peer === "" ? [first] : [first, parsePeer(peer)];
}

/** The launcher that `make release` leaves unpacked for this machine. */
function releasedFile() {
  const folder = resolve("dist/release/local");
  if (!existsSync(folder)) return undefined;
  const name = readdirSync(folder).find((file) => file.startsWith(executable));
  return name === undefined ? undefined : join(folder, name);
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
  const overrides = join(folder, "override");
  mkdirSync(overrides, { recursive: true });
  const type = contender.source.split("/")[1];
  symlinkSync(contender.file, join(overrides, `terraform-provider-${type}`));
  const file = join(folder, "cli.tfrc");
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
