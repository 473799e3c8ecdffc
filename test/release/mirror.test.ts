import assert from "node:assert/strict";
import {
  copyFileSync,
  existsSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { basename, join } from "node:path";
import { after, before, describe, it, type TestContext } from "node:test";
import { type OpenAIServer, startOpenAIServer } from "../support/openai-server/server.ts";
import { type Cleanup, Workspace } from "../support/terraform.ts";
import {
  configuration,
  install,
  launcherIn,
  mirrorConfiguration,
  release,
  runProgram,
  SOURCE,
  temporaryFolder,
} from "./support/release.ts";

let server: OpenAIServer;
before(async () => {
  server = await startOpenAIServer();
});
after(() => server.close());

/** A practitioner's machine: no program on the PATH, no CLI configuration. */
function workspace(test: Cleanup, env: Record<string, string | undefined> = {}): Workspace {
  const empty = temporaryFolder(test);
  return new Workspace(test, {
    PATH: empty,
    TF_CLI_CONFIG_FILE: undefined,
    OPENAI_API_KEY: "sk-release",
    OPENAI_BASE_URL: server.url,
    ...env,
  });
}

function named(mirror: string, host: string, source = SOURCE): string {
  const { version, platform } = release();
  return join(mirror, host, source, `terraform-provider-openai_${version}_${platform}.zip`);
}

/** The same version with other bytes: a package that holds little, and is never started. */
async function installOther(test: TestContext, mirror: string): Promise<void> {
  const folder = temporaryFolder(test);
  writeFileSync(launcherIn(folder), "#!/bin/sh\n", { mode: 0o755 });
  writeFileSync(join(folder, "OTHER"), "");
  const zip = join(temporaryFolder(test), basename(release().zip));
  const packed = await runProgram(process.execPath, ["scripts/release/zip.mjs", folder, zip]);
  assert.equal(packed.code, 0, packed.stderr);
  const env = { ...process.env, ADDRESSES: "", MIRROR: mirror };
  assert.equal((await runProgram(process.execPath, ["scripts/install.mjs", zip], env)).code, 0);
}

describe("make install", () => {
  it("puts the release where Terraform looks by itself, for init, plan and apply without Node", async (test) => {
    const home = temporaryFolder(test);
    const installed = await install("", { HOME: home });
    assert.equal(installed.code, 0, installed.stderr);

    const work = workspace(test, { HOME: home }).write("main.tf", configuration());
    await work.ok("init");
    const lock = readFileSync(join(work.folder, ".terraform.lock.hcl"), "utf8");
    assert.match(lock, /registry\.terraform\.io\/terraform-provider-openai\/openai"/);
    assert.match(lock, /"h1:/);
    await work.ok("plan");
    await work.ok("apply", "-auto-approve");
    assert.equal(await work.output("finish_reason"), "stop");
    await work.ok("init", "-lockfile=readonly");
  });

  it("fills the mirror that MIRROR names, from which `providers lock` takes its checksums", async (test) => {
    const mirror = temporaryFolder(test, "release mïrror ");
    assert.equal((await install(mirror)).code, 0);
    const config = join(temporaryFolder(test), "cli.tfrc");
    writeFileSync(config, mirrorConfiguration(mirror));
    const work = workspace(test, { TF_CLI_CONFIG_FILE: config }).write("main.tf", configuration());

    const { platform } = release();
    await work.ok("providers", "lock", `-fs-mirror=${mirror}`, `-platform=${platform}`);
    await work.ok("init", "-lockfile=readonly");
    await work.ok("apply", "-auto-approve");
  });

  it("installs under the addresses of ADDRESSES too, for Terraform and OpenTofu", async (test) => {
    const mirror = temporaryFolder(test);
    assert.equal((await install(mirror, { ADDRESSES: "acme/openai" })).code, 0);
    for (const host of ["registry.terraform.io", "registry.opentofu.org"])
      for (const source of [SOURCE, "acme/openai"]) assert.ok(existsSync(named(mirror, host, source)));
    assert.ok(!existsSync(join(mirror, "registry.terraform.io/hashicorp")));
  });

  it("says what comes next: what it prints for MIRROR, a reinstall and the end works as it is", async (test) => {
    const mirror = temporaryFolder(test, "release mirror ");
    const { stdout } = await install(mirror);
    const [, cliConfiguration = ""] = /^( {2}provider_installation \{\n[\s\S]*?^ {2}\})$/m.exec(stdout) ?? [];
    const config = join(temporaryFolder(test), "cli.tfrc");
    writeFileSync(config, cliConfiguration);
    const [, block = ""] = /^( {2}terraform \{\n[\s\S]*?^ {2}\})$/m.exec(stdout) ?? [];
    const env = { TF_CLI_CONFIG_FILE: config, PATH: process.env.PATH };
    const work = workspace(test, env).write("main.tf", block);
    assert.match((await work.ok("init")).output, /Incomplete lock file information/);

    await installOther(test, mirror);
    const added = join(work.folder, ".terraform/providers/registry.terraform.io", SOURCE);
    const { version, platform } = release();
    const isOther = () => existsSync(join(added, version, platform, "OTHER"));
    await work.ok("init", "-upgrade");
    assert.equal(isOther(), false, "the copy is kept");
    const [removal = ""] = /^ {2}rm -rf \.terraform\/.*$/m.exec(stdout) ?? [];
    await runProgram("/bin/sh", ["-c", removal], process.env, work.folder);
    assert.match(await work.fails("init"), /does ?n.t match any of the checksums/);
    rmSync(join(work.folder, ".terraform.lock.hcl"));
    await work.ok("init");
    assert.equal(isOther(), true);

    for (const [command] of stdout.matchAll(/^ {2}rm -r .*$/gm)) await runProgram("/bin/sh", ["-c", command]);
    assert.ok(!existsSync(named(mirror, "registry.terraform.io")));
    assert.ok(!existsSync(named(mirror, "registry.opentofu.org")));
  });

  it("needs no CLI configuration for the folder where Terraform looks, and shows none", async (test) => {
    const { stdout } = await install("", { HOME: temporaryFolder(test) });
    assert.doesNotMatch(stdout, /provider_installation/);
    assert.match(stdout, /^ {2}rm -r \S+\/\.terraform\.d\/plugins\/registry\.terraform\.io\/\S+\/openai$/m);
  });

  it("replaces an earlier install, and leaves nothing else in the folder", async (test) => {
    const mirror = temporaryFolder(test);
    assert.equal((await install(mirror)).code, 0);
    truncateSync(named(mirror, "registry.terraform.io"), 10);
    assert.equal((await install(mirror)).code, 0);
    const file = named(mirror, "registry.terraform.io");
    assert.deepEqual(readFileSync(file), readFileSync(release().zip));
    assert.deepEqual(readdirSync(join(file, "..")), [file.split("/").at(-1)]);
  });

  it("says in one line that a path cannot be a folder, and leaves what is there", async (test) => {
    const folder = temporaryFolder(test);
    writeFileSync(join(folder, "file"), "mine");
    const installed = await install(join(folder, "file"));
    assert.equal(installed.code, 1);
    assert.match(
      installed.stderr,
      /^Nothing was installed into .*: a part of that path is a file\. .*MIRROR=….*\n$/,
    );
    assert.deepEqual(readdirSync(folder), ["file"]);
  });
});

describe("a damaged package in the mirror", () => {
  let mirror: string;
  let env: Record<string, string>;
  let lock: string;
  const cleanups: (() => void)[] = [];
  before(async () => {
    const test = { after: (last: () => void) => cleanups.push(last) };
    mirror = temporaryFolder(test);
    assert.equal((await install(mirror)).code, 0);
    const config = join(temporaryFolder(test), "cli.tfrc");
    writeFileSync(config, mirrorConfiguration(mirror));
    env = { TF_CLI_CONFIG_FILE: config };
    const first = workspace(test, env).write("main.tf", configuration());
    await first.ok("init");
    lock = readFileSync(join(first.folder, ".terraform.lock.hcl"), "utf8");
  });
  after(() => {
    for (const last of cleanups) last();
  });

  for (const [name, damage] of [
    ["cut off", (file: string) => truncateSync(file, 1_000_000)],
    ["with one byte changed", flipByte],
  ] as const) {
    it(`is refused by the lock file's checksums when it is ${name}`, async (test) => {
      const file = named(mirror, "registry.terraform.io");
      copyFileSync(release().zip, file);
      damage(file);
      const work = workspace(test, env).write("main.tf", configuration()).write(".terraform.lock.hcl", lock);
      assert.match(await work.fails("init"), /Failed to install provider|Error while installing/);
    });
  }
});

/** In the middle, which is within the runtime. */
function flipByte(file: string): void {
  const bytes = readFileSync(file);
  const middle = bytes.length >> 1;
  bytes.writeUInt8(bytes.readUInt8(middle) ^ 1, middle);
  writeFileSync(file, bytes);
}
