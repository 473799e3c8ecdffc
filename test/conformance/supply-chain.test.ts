import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { root } from "../support/root.ts";

const workflows = join(root, ".github", "workflows");
const files = readdirSync(workflows);

function textOf(...path: string[]): string {
  return readFileSync(join(root, ...path), "utf8");
}

test("workflows pin each action to a commit, and say which version that is", (t) => {
  let count = 0;
  for (const file of files) {
    for (const [line] of textOf(".github", "workflows", file).matchAll(/^.*\buses:.*$/gm)) {
      count += 1;
      assert.match(line, /uses: [\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/, `${file}: ${line.trim()}`);
    }
  }
  t.diagnostic(`${count} uses in ${files.length} workflows`);
  assert.ok(count >= 8);
});

test("workflows may read, and only the job that publishes may write", () => {
  for (const file of files) {
    const text = textOf(".github", "workflows", file);
    assert.match(text, /^permissions:\n {2}contents: read$/m, file);
    const writes = [...text.matchAll(/^ +([\w-]+): write$/gm)].map(([, what]) => what);
    assert.deepEqual(writes, file === "release.yml" ? ["contents"] : [], file);
    const checkouts = [...text.matchAll(/actions\/checkout@/g)].length;
    assert.equal(
      [...text.matchAll(/persist-credentials: false/g)].length,
      checkouts,
      `${file} keeps no token`,
    );
    assert.doesNotMatch(text, /pull_request_target/, file);
  }
});

interface Lock {
  readonly packages: Readonly<
    Record<string, { version?: string; integrity?: string; license?: string; dev?: boolean; link?: boolean }>
  >;
}

const lock: Lock = JSON.parse(textOf("package-lock.json"));
const packages = Object.entries(lock.packages).filter(([path]) => path !== "");

test("the lock file holds the content of each package, and its licence is a permissive one", (t) => {
  const permissive = new Set(["MIT", "ISC", "Apache-2.0", "BSD-3-Clause", "MIT OR Apache-2.0"]);
  for (const [path, { integrity, license }] of packages) {
    assert.match(integrity ?? "", /^sha512-/, path);
    assert.ok(permissive.has(license ?? ""), `${path}: ${license}`);
  }
  const shipped = packages.filter(([, { dev }]) => dev !== true);
  t.diagnostic(`${packages.length} packages, ${shipped.length} of them not for development only`);
});

test("no package runs a script when it is installed, and all of ours are pinned", () => {
  assert.match(textOf(".npmrc"), /^ignore-scripts=true$/m);
  const { scripts, dependencies, devDependencies } = JSON.parse(textOf("package.json"));
  for (const name of ["preinstall", "install", "postinstall", "prepare"]) assert.ok(!(name in scripts), name);
  for (const [name, version] of Object.entries({ ...dependencies, ...devDependencies }))
    assert.match(String(version), /^\d+\.\d+\.\d+$/, name);
});
