// The file that Terraform starts on Linux and macOS: a shell script that becomes Node at once. It
// forks nothing and looks nothing up, so it costs no time, and a static sh is all it needs.
import { readFileSync } from "node:fs";

/**
 * Flags of Node 26 that were measured to help, and one that keeps a stray signal from opening a
 * debugger's port. V8 flags beyond these make Node reject its built-in code cache.
 */
export const nodeFlags = [
  // No parsing of Node's own root certificates at start; the client brings its authorities itself.
  "--use-openssl-ca",
  "--min-semi-space-size=4",
  "--max-semi-space-size=4",
  "--v8-pool-size=1",
  "--disable-sigusr1",
];

/**
 * @param {readonly string[]} files  what has to be there, relative to the launcher
 * @param {string | undefined} loader  file name of the dynamic loader in libexec/lib, on Linux
 * @param {readonly string[]} [extra]  further arguments of Node, before the script
 * @returns {string}
 */
export function launcher(files, loader, extra = []) {
  const template = readFileSync(new URL("./launcher.sh", import.meta.url), "utf8");
  // $ORIGIN is the folder of node: a path in its place would break at a colon, as in localhost:8443.
  const through =
    loader === undefined ? "" : `"$here/libexec/lib/${loader}" --inhibit-cache --library-path '$ORIGIN/lib' `;
  return template
    .replace("@FILES@", files.join(" "))
    .replace("@PROGRAM@", loader === undefined ? "libexec/node" : `libexec/lib/${loader}`)
    .replace("@NODE@", `${through}"$here/libexec/node" ${[...nodeFlags, ...extra].join(" ")}`);
}
