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

/** Settings for other programs, by which a Node or its OpenSSL would change. */
export const nodeSettings = [
  "NODE_OPTIONS",
  "NODE_PATH",
  "NODE_ENV",
  "NODE_DEBUG",
  "NODE_DEBUG_NATIVE",
  "NODE_V8_COVERAGE",
  "NODE_COMPILE_CACHE",
  "NODE_PENDING_DEPRECATION",
  "NODE_PRESERVE_SYMLINKS",
  "NODE_PRESERVE_SYMLINKS_MAIN",
  "NODE_REDIRECT_WARNINGS",
  "NODE_NO_WARNINGS",
  "NODE_ICU_DATA",
  "NODE_TLS_REJECT_UNAUTHORIZED",
  "NODE_USE_ENV_PROXY",
  "NODE_USE_SYSTEM_CA",
  "NODE_CHANNEL_FD",
  "NODE_CHANNEL_SERIALIZATION_MODE",
  "NODE_UNIQUE_ID",
  "NODE_TEST_CONTEXT",
  "WATCH_REPORT_DEPENDENCIES",
  "OPENSSL_CONF",
  "OPENSSL_MODULES",
  "OPENSSL_ENGINES",
  "UV_THREADPOOL_SIZE",
  "UV_USE_IO_URING",
  "GLIBC_TUNABLES",
  "GCONV_PATH",
  "LOCPATH",
];

/** Settings by which the dynamic loader would change. */
const loaderSettings = [
  "LD_PRELOAD",
  "LD_LIBRARY_PATH",
  "LD_AUDIT",
  "LD_DEBUG",
  "LD_DEBUG_OUTPUT",
  "LD_BIND_NOW",
  "LD_BIND_NOT",
  "LD_DYNAMIC_WEAK",
  "LD_PROFILE",
  "LD_SHOW_AUXV",
  "LD_TRACE_LOADED_OBJECTS",
  "LD_VERBOSE",
  "LD_WARN",
  "LD_HWCAP_MASK",
  "DYLD_INSERT_LIBRARIES",
  "DYLD_LIBRARY_PATH",
  "DYLD_FRAMEWORK_PATH",
  "DYLD_FALLBACK_LIBRARY_PATH",
];

/**
 * @param {readonly string[]} files  what has to be there, relative to the launcher
 * @param {string | undefined} loader  file name of the dynamic loader in libexec/lib, on Linux
 * @param {readonly string[]} args  words of sh between Node and the plugin's own arguments
 * @returns {string}
 */
export function launcher(files, loader, args) {
  const template = readFileSync(new URL("./launcher.sh", import.meta.url), "utf8");
  // $ORIGIN is the folder of node: a path in its place would break at a colon, as in localhost:8443.
  const through =
    loader === undefined ? "" : `"$here/libexec/lib/${loader}" --inhibit-cache --library-path '$ORIGIN/lib' `;
  return template
    .replace("@FILES@", files.join(" "))
    .replace("@PROGRAM@", loader === undefined ? "libexec/node" : `libexec/lib/${loader}`)
    .replace("@CLEARED@", [...nodeSettings, ...loaderSettings].join(" "))
    .replace("@NODE@", [`${through}"$here/libexec/node"`, ...args].join(" "));
}
