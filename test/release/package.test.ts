import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import {
  chmodSync,
  copyFileSync,
  existsSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { describe, it, type TestContext } from "node:test";
import { bundle } from "../../scripts/build/bundle.mjs";
import { root } from "../support/root.ts";
import {
  launcherIn,
  release,
  runProgram,
  type ScriptResult,
  temporaryFolder,
  unpackedPackage,
} from "./support/release.ts";

function build(folder: string, platform: string, env: NodeJS.ProcessEnv = {}): Promise<ScriptResult> {
  const all = { ...process.env, GPG_KEY: "", RELEASE_FOLDER: folder, ...env };
  return runProgram(process.execPath, ["scripts/release.mjs", platform], all);
}

function sha256(file: string): string {
  return createHash("sha256").update(readFileSync(file)).digest("hex");
}

describe("a release", () => {
  it("holds the sums of its zip and manifest, as the Registry asks for them", () => {
    const { folder, version, platform } = release();
    const stem = `terraform-provider-openai_${version}`;
    const sums = readFileSync(join(folder, `${stem}_SHA256SUMS`), "utf8");
    const names = [`${stem}_${platform}.zip`, `${stem}_manifest.json`];
    assert.equal(sums, names.map((name) => `${sha256(join(folder, name))}  ${name}\n`).join(""));
    const manifest = JSON.parse(readFileSync(join(folder, `${stem}_manifest.json`), "utf8"));
    assert.deepEqual(manifest, { version: 1, metadata: { protocol_versions: ["6.0"] } });
    assert.ok(statSync(join(folder, names[0] ?? "")).size <= 36e6, "the limit for Linux");
  });

  it("is the same, byte for byte, when it is built again", async (test) => {
    const again = join(temporaryFolder(test), "again");
    const built = await build(again, release().platform);
    assert.equal(built.code, 0, built.stderr);
    for (const name of readdirSync(release().folder))
      assert.equal(sha256(join(again, name)), sha256(join(release().folder, name)), name);
  });

  it("brings its papers, and the licences of all that is in it", async (test) => {
    const folder = await unpackedPackage();
    for (const name of ["LICENSE", "README.md", "CHANGELOG.md"])
      assert.deepEqual(readFileSync(join(folder, name)), readFileSync(join(root, name)));
    const parts = ["node", "npm/@grpc/grpc-js", "npm/msgpack-lite", "npm/undici"].map(
      (name) => `${name}/LICENSE`,
    );
    for (const name of [...parts, "glibc/copyright", "gcc-runtime/copyright", "LGPL-2.1", "GPL-3"])
      assert.ok(statSync(join(folder, "licenses", name)).size > 500, name);
    const { sources } = await bundle(join(temporaryFolder(test), "bundle"));
    const bundled = new Set(
      Object.values(sources)
        .flat()
        .flatMap((source) => /.*node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(source)?.[1] ?? []),
    );
    assert.ok(bundled.size >= 3);
    for (const name of bundled) assert.ok(existsSync(join(folder, "licenses/npm", name, "LICENSE")), name);
    const list = readFileSync(join(folder, "licenses/README"), "utf8");
    if (process.arch === "x64") assert.match(list, /^libc6 .*, changed on .* clone3 counts as missing, in/m);
    assert.match(
      list,
      /^Node\.js \S+, https:\/\/nodejs\.org, changed: .*without ICU's data of other languages/m,
    );
    assert.match(list, /^libgcc-s1 .*, unchanged, in libexec/m);
    assert.equal(statSync(launcherIn(folder)).mode & 0o111, 0o111);
  });
});

/** A folder for the front of the PATH, in which a program says this and fails. */
function failing(test: TestContext, program: string, message: string): string {
  const folder = temporaryFolder(test);
  writeFileSync(join(folder, program), `#!/bin/sh\necho '${message}' >&2\nexit 1\n`);
  chmodSync(join(folder, program), 0o755);
  return `${folder}:${process.env.PATH}`;
}

/** The runtime's package in a cache of its own. @returns its file */
function copyRuntime(cache: string): string {
  const name = readdirSync("dist/cache").find((file) => /^node-linux-.*\.tgz$/.test(file)) ?? "";
  copyFileSync(join("dist/cache", name), join(cache, name));
  return join(cache, name);
}

describe("what lies in the cache", () => {
  it("is compared with its checksum again, and fetched anew where it was changed", async (test) => {
    const cache = temporaryFolder(test);
    const file = copyRuntime(cache);
    const bytes = readFileSync(file);
    bytes.writeUInt8(bytes.readUInt8(bytes.length - 9) ^ 1, bytes.length - 9);
    writeFileSync(file, bytes);
    const PATH = failing(test, "npm", "npm error code E404");
    const env = { PATH, RELEASE_CACHE: cache };
    const { code, stderr } = await build(temporaryFolder(test), release().platform, env);
    assert.equal(code, 1);
    assert.match(stderr, /^The runtime package \S+ cannot be had from the npm registry/);
  });

  it("is no folder of unpacked files, which nothing compares", () => {
    const packages = readdirSync("dist/cache", { withFileTypes: true }).filter(
      ({ name }) => !name.startsWith("apt-"),
    );
    const current = packages.filter(({ name }) => /\.(tgz|deb)$/.test(name));
    assert.ok(current.length >= 5);
    assert.ok(current.every((entry) => entry.isFile()));
  });
});

describe("a release that cannot be built says in one line", () => {
  it("which platform it does not know, and which it does", async (test) => {
    const { code, stderr } = await build(temporaryFolder(test), "plan9_mips");
    assert.equal(code, 1);
    assert.match(stderr, /^There is no release for plan9_mips.* linux_amd64, .*windows_amd64\.\n$/);
  });

  it("which runtime package is missing", async (test) => {
    const PATH = failing(test, "npm", "npm error code E404");
    const env = { PATH, RELEASE_CACHE: temporaryFolder(test) };
    const { code, stderr } = await build(temporaryFolder(test), release().platform, env);
    assert.equal(code, 1);
    assert.match(stderr, /^The runtime package node-\S+@\S+ cannot be had from the npm registry: .*E404\n$/);
  });

  it("which Debian package is missing", async (test) => {
    const cache = temporaryFolder(test);
    copyRuntime(cache);
    const PATH = failing(test, "apt-get", "E: Version was not found");
    const env = { PATH, RELEASE_CACHE: cache };
    const { code, stderr } = await build(temporaryFolder(test), release().platform, env);
    assert.equal(code, 1);
    assert.match(stderr, /^The Debian 12 package \S+=\S+ cannot be had: E: Version was not found\.\n$/);
    assert.deepEqual(
      readdirSync(cache).filter((name) => name.startsWith(".new-")),
      [],
    );
  });

  it("which key cannot sign its sums", async (test) => {
    const folder = temporaryFolder(test);
    const script = 'await (await import("./scripts/release/sums.mjs")).writeSums(process.argv[1], "nobody")';
    const env = { ...process.env, GNUPGHOME: folder };
    const { code, stderr } = await runProgram(
      process.execPath,
      ["--input-type=module", "-e", script, folder],
      env,
    );
    assert.equal(code, 1);
    assert.match(stderr, /GPG_KEY: gpg cannot sign with nobody: /);
  });
});
