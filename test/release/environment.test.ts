import assert from "node:assert/strict";
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { PluginClient } from "../process/support/plugin-client.ts";
import { selfSigned } from "../support/openai-server/certificate.ts";
import { type OpenAIServer, startOpenAIServer } from "../support/openai-server/server.ts";
import { terraformPath } from "../support/terraform.ts";
import { workspaceOf } from "./support/installed.ts";
import { missingMounts, mountMemory, mountReadOnly } from "./support/mount.ts";
import {
  configuration,
  install,
  launcherIn,
  linked,
  mirrorConfiguration,
  runProgram,
  temporaryFolder,
  unpackedPackage,
} from "./support/release.ts";

let server: OpenAIServer;
let unpacked: string;
before(async () => {
  server = await startOpenAIServer();
  unpacked = await unpackedPackage();
});
after(() => server.close());

/** Settings that change a Node, its OpenSSL or the dynamic loader, each with a trace that it leaves. */
function straySettings(folder: string): Record<string, string> {
  writeFileSync(
    join(folder, "stray.cjs"),
    `require("node:fs").writeFileSync(${JSON.stringify(join(folder, "obeyed"))}, "");`,
  );
  const libraries = join(folder, "libraries");
  mkdirSync(libraries);
  // The shell that starts the launcher needs none of these; Node does.
  for (const name of ["libstdc++.so.6", "libatomic.so.1"]) writeFileSync(join(libraries, name), "no library");
  return {
    NODE_OPTIONS: `--require=${join(folder, "stray.cjs")} --max-old-space-size=1`,
    NODE_PATH: folder,
    NODE_ENV: "production",
    NODE_DEBUG: "net,tls,http2",
    NODE_V8_COVERAGE: join(folder, "coverage"),
    NODE_COMPILE_CACHE: join(folder, "compiled"),
    NODE_REDIRECT_WARNINGS: join(folder, "warnings"),
    NODE_TLS_REJECT_UNAUTHORIZED: "0",
    NODE_CHANNEL_FD: "3",
    NODE_UNIQUE_ID: "1",
    OPENSSL_CONF: join(folder, "stray.cjs"),
    LD_PRELOAD: join(folder, "missing.so"),
    LD_LIBRARY_PATH: libraries,
    GLIBC_TUNABLES: "glibc.malloc.check=3",
  };
}

describe("settings that are meant for other programs", () => {
  it("neither break the provider nor are obeyed", async (test) => {
    const folder = temporaryFolder(test);
    const stray = straySettings(folder);
    const before = readdirSync(folder);
    await workspaceOf(test, unpacked, server.url, stray).ok("apply", "-auto-approve");
    assert.deepEqual(readdirSync(folder), before, "no trace is left");
  });

  const skip = process.platform === "linux" ? false : "/proc lists processes on Linux only";
  it("do not reach the process, which has no library but its own", { skip }, async (test) => {
    const env = { ...straySettings(temporaryFolder(test)), NODE_EXTRA_CA_CERTS: "/missing/authorities.pem" };
    const client = await PluginClient.start({ command: [launcherIn(unpacked)], env });
    try {
      const seen = readFileSync(`/proc/${client.process.pid}/environ`, "utf8").split("\0");
      const names = seen.map((entry) => entry.split("=")[0] ?? "");
      assert.deepEqual(
        names.filter((name) => /^(NODE_|LD_|OPENSSL_|GLIBC_)/.test(name)),
        [],
      );
      const maps = readFileSync(`/proc/${client.process.pid}/maps`, "utf8");
      const libraries = new Set(maps.match(/\/.*\.so\b.*$/gm));
      assert.ok(libraries.size > 5);
      for (const library of libraries) assert.ok(library.startsWith(join(unpacked, "libexec/lib/")), library);
    } finally {
      await client.shutdown();
    }
  });

  it("leave NODE_TLS_REJECT_UNAUTHORIZED=0 without power over the connection to the API", async (test) => {
    const secure = await startOpenAIServer({ tls: selfSigned() });
    test.after(() => secure.close());
    const work = workspaceOf(test, unpacked, secure.url, { NODE_TLS_REJECT_UNAUTHORIZED: "0" });
    assert.match(await work.fails("plan"), /certificate/);
  });
});

describe("authorities of the practitioner", () => {
  for (const name of ["SSL_CERT_FILE", "NODE_EXTRA_CA_CERTS"]) {
    it(`are trusted by the HTTPS client when ${name} names them`, async (test) => {
      const certificate = selfSigned();
      const secure = await startOpenAIServer({ tls: certificate });
      test.after(() => secure.close());
      const file = join(temporaryFolder(test), "authority.pem");
      writeFileSync(file, certificate.cert);
      await workspaceOf(test, unpacked, secure.url, { [name]: file }).ok("plan");
    });
  }
});

describe("folders and permissions", () => {
  it("may have spaces, other letters, quotes and colons in their path", async (test) => {
    const odd = temporaryFolder(test, "ein Ordner 例 'x' \"y\" a:b;c ");
    linked(unpacked, odd);
    await workspaceOf(test, odd, server.url).ok("plan");
  });

  for (const umask of ["077", "000"]) {
    it(`are right after an init under umask ${umask}`, async (test) => {
      const folder = temporaryFolder(test);
      const mirror = join(folder, "mirror");
      assert.equal((await install(mirror)).code, 0);
      writeFileSync(join(folder, "cli.tfrc"), mirrorConfiguration(mirror));
      writeFileSync(join(folder, "main.tf"), configuration());
      const env = {
        PATH: process.env.PATH,
        HOME: folder,
        TF_CLI_CONFIG_FILE: join(folder, "cli.tfrc"),
        OPENAI_API_KEY: "sk-release",
        OPENAI_BASE_URL: server.url,
      };
      const commands = 'umask "$1" && "$2" init -input=false && "$2" apply -auto-approve -input=false';
      const ran = await runProgram("/bin/sh", ["-c", commands, "sh", umask, terraformPath()], env, folder);
      assert.equal(ran.code, 0, ran.stdout + ran.stderr);
      const launcher = launcherIn(packageBelow(join(folder, ".terraform/providers")));
      assert.equal(statSync(launcher).mode & 0o022, 0, "nobody else may write it");
    });
  }

  const skip = missingMounts();
  it("may be read-only where the package lies", { skip }, async (test) => {
    await workspaceOf(test, mountReadOnly(test, unpacked), server.url).ok("apply", "-auto-approve");
  });

  it("may forbid programs where temporary files lie", { skip }, async (test) => {
    const temporary = mountMemory(test, "noexec,size=10m");
    const env = { TMPDIR: temporary };
    await workspaceOf(test, unpacked, server.url, env).ok("apply", "-auto-approve");
    assert.deepEqual(readdirSync(temporary), [], "and nothing is left there");
  });

  it("give a clear error where a mirror is full, and nothing half-written", { skip }, async (test) => {
    const full = mountMemory(test, "size=5m");
    const installed = await install(join(full, "mirror"));
    assert.equal(installed.code, 1);
    assert.match(installed.stderr, /^Nothing was installed into .*: no space is left there\. .*\n$/);
    assert.deepEqual(readdirSync(full), []);
  });

  it("give a clear error where a mirror is read-only", { skip }, async (test) => {
    const folder = mountReadOnly(test, temporaryFolder(test));
    const installed = await install(join(folder, "mirror"));
    assert.equal(installed.code, 1);
    assert.match(
      installed.stderr,
      /^Nothing was installed into .*: it is on a read-only file system\. .*\n$/,
    );
  });
});

/** The one folder with a launcher, below one that `terraform init` filled. */
function packageBelow(folder: string): string {
  const name = readdirSync(folder, { recursive: true, encoding: "utf8" }).find((file) =>
    file.endsWith("libexec"),
  );
  assert.ok(name !== undefined && existsSync(join(folder, name)));
  return join(folder, name, "..");
}
