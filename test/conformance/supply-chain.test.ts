import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
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

/** The jobs of a workflow, by name, as text. */
function jobsOf(file: string): Map<string, string> {
  const [, jobs = ""] = textOf(".github", "workflows", file).split(/^jobs:\n/m);
  const parts = jobs.split(/^ {2}([\w-]+):\n/m).slice(1);
  return new Map(parts.flatMap((part, index) => (index % 2 === 0 ? [[part, parts[index + 1] ?? ""]] : [])));
}

test("the signing key is in one protected job, in which nothing but gpg runs", () => {
  const holders = files.flatMap((file) =>
    [...jobsOf(file)].filter(([, text]) => text.includes("secrets.")).map(([name]) => `${file} ${name}`),
  );
  assert.deepEqual(holders, ["release.yml sign"]);
  const sign = jobsOf("release.yml").get("sign") ?? "";
  assert.match(sign, /^ {4}environment: release$/m);
  assert.doesNotMatch(sign, /checkout|container:|\b(make|npm|node|npx|apt-get)\b|scripts\//);
  const [, script = ""] = /^ +run: \|\n([\s\S]*?)\n {6}- /m.exec(sign) ?? [];
  assert.deepEqual([...new Set(script.match(/\b(cd|sha256sum|printf|gpg)(?= )/g))].sort(), [
    "cd",
    "gpg",
    "printf",
    "sha256sum",
  ]);
});

test("the signing job's script signs sums that hold, and stops where they do not", (t) => {
  const [, script = ""] =
    /^ +run: \|\n([\s\S]*?)\n {6}- /m.exec(jobsOf("release.yml").get("sign") ?? "") ?? [];
  const folder = mkdtempSync(join(tmpdir(), "sign-"));
  t.after(() => rmSync(folder, { recursive: true }));
  mkdirSync(join(folder, "release"));
  const put = (name: string, text: string) => writeFileSync(join(folder, "release", name), text);
  put("x.zip", "content");
  put("x_SHA256SUMS", `${createHash("sha256").update("content").digest("hex")}  x.zip\n`);
  // In the place of gpg, a program that writes what it was asked to.
  const gpg = '#!/bin/sh\ncat >/dev/null\n[ "$2" != --output ] || echo signed > "$3"\n';
  writeFileSync(join(folder, "gpg"), gpg, { mode: 0o755 });
  const env = { ...process.env, PATH: `${folder}:${process.env.PATH}`, GPG_PRIVATE_KEY: "key" };
  // As GitHub runs it.
  const run = () =>
    spawnSync("bash", ["-e", "-o", "pipefail", "-c", script], { cwd: folder, env, input: "" });
  assert.equal(run().status, 0);
  assert.ok(existsSync(join(folder, "release", "x_SHA256SUMS.sig")));
  rmSync(join(folder, "release", "x_SHA256SUMS.sig"));
  put("x.zip", "changed");
  assert.notEqual(run().status, 0);
  assert.ok(!existsSync(join(folder, "release", "x_SHA256SUMS.sig")));
});

test("a release is made with a pinned image, a pinned Terraform, and no package that is not pinned", () => {
  const build = jobsOf("release.yml").get("build") ?? "";
  assert.match(build, /^ {4}container: \S+@sha256:[0-9a-f]{64}$/m);
  assert.match(build, /^ {10}terraform_version: \d+\.\d+\.\d+$/m);
  assert.doesNotMatch(textOf(".github", "workflows", "release.yml"), /\bapt-get\b|\bapt install\b/);
  const { node, debian } = JSON.parse(textOf("scripts", "release", "runtimes.json"));
  for (const integrity of Object.values(node.packages)) assert.match(String(integrity), /^sha512-/);
  for (const [name, { version, amd64 }] of Object.entries<Record<string, string>>(debian)) {
    assert.ok(version, name);
    assert.match(amd64 ?? "", /^[0-9a-f]{64}$/, name);
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
