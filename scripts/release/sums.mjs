// What the Registry asks for beside the zips: a manifest, the sums, and their signature.
import { spawnSync } from "node:child_process";
import { readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { executable, version } from "../build/provider.mjs";
import { digestOf } from "./cached.mjs";
import { Refusal } from "./refusal.mjs";

const stem = `${executable}_${version}`;

/**
 * Writes …_manifest.json and …_SHA256SUMS, and with a key …_SHA256SUMS.sig.
 * @param {string} folder @param {string | undefined} key  a GPG key's name, for gpg --local-user
 */
export function writeSums(folder, key) {
  const manifest = { version: 1, metadata: { protocol_versions: ["6.0"] } };
  writeFileSync(join(folder, `${stem}_manifest.json`), `${JSON.stringify(manifest, null, 2)}\n`);
  const names = readdirSync(folder)
    .filter((name) => /\.(zip|json)$/.test(name))
    .sort();
  const lines = names.map((name) => `${digestOf(join(folder, name), "sha256", "hex")}  ${name}\n`);
  const sums = join(folder, `${stem}_SHA256SUMS`);
  writeFileSync(sums, lines.join(""));
  if (key === undefined || key === "") return;
  const args = ["--batch", "--yes", "--local-user", key, "--output", `${sums}.sig`, "--detach-sign", sums];
  const signed = spawnSync("gpg", args, { encoding: "utf8" });
  if (signed.status !== 0)
    throw new Refusal(
      `GPG_KEY: gpg cannot sign with ${key}: ${(signed.stderr ?? "there is no gpg").trim().split("\n").at(-1)}`,
    );
}
