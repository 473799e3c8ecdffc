import { cpSync } from "node:fs";
import { join } from "node:path";
import type { TestContext } from "node:test";
import { pathToFileURL } from "node:url";
import { root } from "../../support/root.ts";
import { release, runProgram, temporaryFolder } from "./release.ts";

export interface SignedRelease {
  readonly folder: string;
  readonly key: { readonly id: string; readonly armor: string };
}

const NAME = "release-test@example.invalid";

/** Whether this machine has gpg; a reason to skip where it has not. */
export async function missingGpg(): Promise<string | false> {
  try {
    await runProgram("gpg", ["--version"]);
    return false;
  } catch {
    return "gpg is not installed, which signs a release's sums";
  }
}

/** A copy of the release, signed as `make release GPG_KEY=…` does it, with a key made for the test. */
export async function signedRelease(test: TestContext): Promise<SignedRelease> {
  const home = temporaryFolder(test, "gpg-");
  const env = { ...process.env, GNUPGHOME: home };
  test.after(() => runProgram("gpgconf", ["--kill", "all"], env));
  const gpg = async (...args: readonly string[]) => {
    const result = await runProgram(
      "gpg",
      ["--batch", "--pinentry-mode", "loopback", "--passphrase", "", ...args],
      env,
    );
    if (result.code !== 0) throw new Error(result.stderr);
    return result.stdout;
  };
  await gpg("--quick-gen-key", NAME, "rsa2048", "sign", "never");
  const folder = join(temporaryFolder(test), "release");
  cpSync(release().folder, folder, { recursive: true });
  const module = pathToFileURL(join(root, "scripts/release/sums.mjs")).href;
  const script = `(await import(${JSON.stringify(module)})).writeSums(process.argv[1], process.argv[2])`;
  const signed = await runProgram(process.execPath, ["--input-type=module", "-e", script, folder, NAME], env);
  if (signed.code !== 0) throw new Error(signed.stderr);
  const id =
    /^pub:.*?:.*?:.*?:([0-9A-F]{16}):/m.exec(await gpg("--list-keys", "--with-colons", NAME))?.[1] ?? "";
  return { folder, key: { id, armor: await gpg("--armor", "--export", NAME) } };
}
