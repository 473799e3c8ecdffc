import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { chmodSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { after, before, describe, it } from "node:test";
import { type OpenAIServer, startOpenAIServer } from "../support/openai-server/server.ts";
import { root } from "../support/root.ts";
import { workspaceOf } from "./support/installed.ts";
import { launcherIn, temporaryFolder, unpackedPackage } from "./support/release.ts";

/*
 * Container runtimes of before 2021 answer system calls that they do not know with EPERM, and not with
 * ENOSYS, which a C library takes for "too new here".
 */

const filter = join(root, "test/release/support/refuse-calls.pl");

let server: OpenAIServer;
let unpacked: string;
before(async () => {
  server = await startOpenAIServer();
  unpacked = await unpackedPackage();
});
after(() => server.close());

/** Whether a filter can be set here, and refuses what it is asked to. */
function missingFilter(): string | false {
  if (process.platform !== "linux") return "there is seccomp on Linux only";
  const tried = spawnSync("perl", [filter, "0", "9999", "/bin/true"]);
  return tried.status === 0 || tried.error !== undefined ? "no perl can set a seccomp filter here" : false;
}

describe("a container runtime that answers with EPERM", () => {
  const skip = missingFilter();
  for (const [what, first, last] of [
    ["clone3", 435, 435],
    ["every call since Linux 5.1, by which sh asks for permissions too", 424, 9999],
    ["statx, rseq and every later call", 332, 9999],
  ] as const) {
    it(`${what}: the release applies`, { skip }, async (test) => {
      const folder = temporaryFolder(test);
      const launcher = launcherIn(unpacked);
      const wrapper = join(folder, basename(launcher));
      writeFileSync(wrapper, `#!/bin/sh\nexec perl '${filter}' ${first} ${last} '${launcher}' "$@"\n`);
      chmodSync(wrapper, 0o755);
      const work = workspaceOf(test, folder, server.url, { PATH: process.env.PATH });
      assert.match((await work.ok("apply", "-auto-approve")).output, /finish_reason = "stop"/);
    });
  }
});
