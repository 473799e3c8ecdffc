import assert from "node:assert/strict";
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { basename, dirname, join } from "node:path";
import { after, before, describe, it, type TestContext } from "node:test";
import { type OpenAIServer, startOpenAIServer } from "../support/openai-server/server.ts";
import { Workspace } from "../support/terraform.ts";
import { folderForm } from "./support/folder-form.ts";
import { workspaceOf } from "./support/installed.ts";
import {
  configuration,
  install,
  launcherIn,
  linked,
  mirrorConfiguration,
  release,
  runProgram,
  SOURCE,
  temporaryFolder,
  unpackedPackage,
} from "./support/release.ts";

let server: OpenAIServer;
/** The package, and one of the form that macOS gets. */
let unpacked: string;
let sideBySide: string;
const cleanups: (() => void)[] = [];
before(async () => {
  server = await startOpenAIServer();
  unpacked = await unpackedPackage();
  sideBySide = await folderForm({ after: (last) => cleanups.push(last) });
});
after(async () => {
  for (const last of cleanups) last();
  await server.close();
});

/** Every file below a package's libexec. */
function libexecFiles(whole: string): string[] {
  return readdirSync(join(whole, "libexec"), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(whole.length + 1));
}

/** A package without one of its files. */
function without(test: TestContext, whole: string, missing: string): string {
  const folder = temporaryFolder(test);
  // The launcher is a copy: it would follow a link to the package that is whole.
  copyFileSync(launcherIn(whole), launcherIn(folder));
  for (const file of libexecFiles(whole).filter((name) => name !== missing)) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    symlinkSync(join(whole, file), join(folder, file));
  }
  return folder;
}

/** A package of which this file may be spoilt, and no other. */
function copyOf(test: TestContext, whole: string, spoilt: string): string {
  const folder = join(temporaryFolder(test), "package");
  mkdirSync(folder);
  linked(whole, folder, spoilt);
  return folder;
}

/** What the launcher becomes: the dynamic loader, or Node where there is none. */
function programIn(folder: string): string {
  const loader = libexecFiles(folder).find((file) => basename(file).startsWith("ld-linux-"));
  assert.ok(existsSync(join(folder, loader ?? "libexec/node")));
  return loader ?? "libexec/node";
}

it("a package of Node and scripts side by side applies while it is whole", async (test) => {
  await workspaceOf(test, sideBySide, server.url).ok("apply", "-auto-approve");
});

describe("an installation that lacks a file", () => {
  for (const missing of ["node", "kernel.cjs", "client.cjs", "answers.bin"].map(
    (name) => `libexec/${name}`,
  )) {
    it(`is reported by Terraform's own error when it is ${missing}, with what to do`, async (test) => {
      const whole = missing === "libexec/node" ? unpacked : sideBySide;
      const work = workspaceOf(test, without(test, whole, missing), server.url);
      const error = await work.fails("plan");
      assert.ok(error.includes(`${missing} is missing in `), error);
      assert.match(error, /delete that folder and run "terraform init"/);
    });
  }

  it("names every one of its files", async (test) => {
    for (const whole of [unpacked, sideBySide]) {
      const folder = without(test, whole, "none of them");
      for (const missing of libexecFiles(whole)) {
        rmSync(join(folder, missing));
        const { stdout, code } = await runProgram(launcherIn(folder), []);
        assert.equal(code, 1);
        assert.ok(stdout.includes(`${missing} is missing`), stdout);
        symlinkSync(join(whole, missing), join(folder, missing));
      }
    }
  });

  it("has nothing beside the executable that could be damaged on Linux", () => {
    if (process.platform !== "linux") return;
    const files = libexecFiles(unpacked).filter((file) => !file.startsWith("libexec/lib/"));
    assert.deepEqual(files, ["libexec/node"]);
    assert.ok(libexecFiles(sideBySide).includes("libexec/kernel.cjs"));
  });

  it("is reported the same way when a program lost its mode bits on the way", async (test) => {
    const program = programIn(unpacked);
    const folder = copyOf(test, unpacked, program);
    chmodSync(join(folder, program), 0o644);
    const error = await workspaceOf(test, folder, server.url).fails("plan");
    assert.ok(error.includes(`${program} has lost its permission to be executed in `), error);
    assert.match(error, /delete that folder and run "terraform init"/);
  });

  const scripts = ["kernel", "core", "declarations", "provider-chat-completion-data-source", "api", "client"];
  for (const script of scripts) {
    it(`is reported the same way when a script was cut off: ${script}`, async (test) => {
      const folder = copyOf(test, sideBySide, `libexec/${script}.cjs`);
      const file = join(folder, `libexec/${script}.cjs`);
      truncateSync(file, Math.floor(statSync(file).size / 2));
      const error = (await workspaceOf(test, folder, server.url).fails("plan")).replace(/\s*\n[│\s]*/g, " ");
      const said = new RegExp(
        `is damaged: .*libexec/${script}\\.cjs does not run \\(SyntaxError.*delete that folder and run`,
      );
      assert.match(error, said);
    });
  }

  it("ends with a sentence when the answers were cut off", async (test) => {
    const folder = copyOf(test, sideBySide, "libexec/answers.bin");
    truncateSync(join(folder, "libexec/answers.bin"), 10_000);
    const error = await workspaceOf(test, folder, server.url).fails("plan");
    assert.match(
      error,
      /The installation of this provider is damaged: answers\.bin is cut off\. Install it again/,
    );
  });

  const asRoot = process.getuid?.() === 0 ? false : "only root may become another user";
  it("is reported the same way when a file may not be read", { skip: asRoot }, async (test) => {
    const folder = copyOf(test, sideBySide, "libexec/client.cjs");
    chmodSync(dirname(folder), 0o755);
    chmodSync(folder, 0o755);
    chmodSync(join(folder, "libexec/client.cjs"), 0o600);
    const { code, stdout } = await runProgram("setpriv", [
      "--reuid=65534",
      "--clear-groups",
      launcherIn(folder),
    ]);
    assert.equal(code, 1);
    assert.match(stdout, /libexec\/client\.cjs may not be read by this user in /);
  });

  it("is refused by the checksums in the lock file, and made whole by another init", async (test) => {
    const folder = temporaryFolder(test);
    const mirror = join(folder, "mirror");
    assert.equal((await install(mirror)).code, 0);
    writeFileSync(join(folder, "cli.tfrc"), mirrorConfiguration(mirror));
    const env = {
      TF_CLI_CONFIG_FILE: join(folder, "cli.tfrc"),
      OPENAI_API_KEY: "sk-release",
      OPENAI_BASE_URL: server.url,
    };
    const work = new Workspace(test, env).write("main.tf", configuration());
    await work.ok("init");
    const { version, platform } = release();
    const host = join(work.folder, ".terraform/providers/registry.terraform.io");
    rmSync(join(host, SOURCE, version, platform, "libexec/lib/libatomic.so.1"));
    assert.match(
      await work.fails("plan"),
      /does not match any of the checksums recorded in the dependency lock file/,
    );
    await work.ok("init");
    await work.ok("plan");
  });
});

describe("started by hand", () => {
  it("explains itself, with exit code 1", async () => {
    const { code, stderr, stdout } = await runProgram(launcherIn(unpacked), []);
    assert.equal(code, 1);
    assert.equal(stdout, "");
    assert.match(stderr, /This binary is a plugin/);
    assert.match(stderr, /required_providers/);
  });

  it("prints its version, also through links and from another folder", async (test) => {
    const folder = temporaryFolder(test);
    symlinkSync(launcherIn(unpacked), join(folder, "absolute"));
    symlinkSync("absolute", join(folder, "relative"));
    symlinkSync(unpacked, join(folder, "folder"));
    const [, name = ""] = launcherIn(unpacked).split(`${unpacked}/`);
    const expected = `terraform-provider-openai ${release().version}\n`;
    for (const command of ["./absolute", "./relative", `folder/${name}`, join(folder, "relative")]) {
      const { stdout, stderr } = await runProgram(
        "/bin/sh",
        ["-c", '"$0" --version', command],
        process.env,
        folder,
      );
      assert.equal(stdout, expected, `${command}: ${stderr}`);
    }
    for (const [path, command] of [
      [folder, "relative"],
      [unpacked, name],
    ]) {
      const env = { PATH: `${path}:${process.env.PATH}` };
      const { stdout } = await runProgram("/bin/sh", ["-c", `${command} --version`], env);
      assert.equal(stdout, expected);
    }
    const bare = await runProgram("/bin/sh", [name, "--version"], process.env, unpacked);
    assert.equal(bare.stdout, expected);
  });
});
