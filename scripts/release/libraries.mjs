// What official Node needs of a Linux system: its dynamic loader and the libraries it names. They come
// along, because Alpine has another C library, and slim images lack some of these. All are Debian's bytes, but for one system call (clone3.mjs).
import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { withoutClone3 } from "./clone3.mjs";
import { fetchDebian } from "./debian.mjs";
import { Refusal } from "./refusal.mjs";

/** Each Debian package, and the libraries taken from it: the NEEDED entries of Node 26. */
const wanted = {
  libc6: ["libc.so.6", "libm.so.6", "libdl.so.2", "libpthread.so.0"],
  "libstdc++6": ["libstdc++.so.6"],
  "libgcc-s1": ["libgcc_s.so.1"],
  libatomic1: ["libatomic.so.1"],
};

const tuples = { amd64: "x86_64-linux-gnu", arm64: "aarch64-linux-gnu" };

/**
 * Copies them into a folder.
 * @param {{ loader: string, debian: "amd64" | "arm64" }} libraries @param {string} folder
 */
export function copyLibraries({ loader, debian }, folder) {
  mkdirSync(folder, { recursive: true });
  for (const [name, files] of Object.entries(wanted)) {
    const root = fetchDebian(name, debian);
    for (const file of name === "libc6" ? [loader, ...files] : files) {
      const found = ["lib", "usr/lib"]
        .map((lib) => join(root, lib, tuples[debian], file))
        .find((path) => existsSync(path));
      if (found === undefined)
        throw new Refusal(`The Debian package ${name} for ${debian} holds no ${file}.`);
      if (file === "libc.so.6") writeFileSync(join(folder, file), withoutClone3(readFileSync(found), debian));
      else copyFileSync(found, join(folder, file));
    }
  }
}

/** Licence texts of these libraries, by the name each gets. @param {"amd64" | "arm64"} arch */
export function libraryLicenses(arch) {
  const text = (/** @type {string} */ root, /** @type {string} */ path) =>
    readFileSync(join(root, path), "utf8");
  const base = fetchDebian("base-files", "amd64");
  return new Map([
    ["glibc/copyright", text(fetchDebian("libc6", arch), "usr/share/doc/libc6/copyright")],
    [
      "gcc-runtime/copyright",
      text(fetchDebian("gcc-12-base", "amd64"), "usr/share/doc/gcc-12-base/copyright"),
    ],
    ["LGPL-2.1", text(base, "usr/share/common-licenses/LGPL-2.1")],
    ["GPL-3", text(base, "usr/share/common-licenses/GPL-3")],
  ]);
}

export const debianPackages = Object.keys(wanted);
