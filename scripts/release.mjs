// Builds a release: `node scripts/release.mjs [PLATFORM…]`, all platforms without an argument, into
// dist/release or RELEASE_FOLDER. GPG_KEY names the key that signs the sums. RELEASE_STAGE keeps what the last zip was
// packed of, in that folder.
import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { executable, version } from "./build/provider.mjs";
import { pack } from "./release/pack.mjs";
import { nameOf, platformNamed, platforms, thisMachine } from "./release/platforms.mjs";
import { refuse } from "./release/refusal.mjs";
import { fetchRuntime } from "./release/runtime.mjs";
import { bundleScripts } from "./release/scripts.mjs";
import { stage } from "./release/stage.mjs";
import { writeSums } from "./release/sums.mjs";
import { verify } from "./release/verify.mjs";

const folder = process.env.RELEASE_FOLDER ?? "dist/release";

try {
  const names = process.argv.slice(2);
  await release(names.length === 0 ? platforms : names.map(platformNamed));
} catch (error) {
  refuse(error);
}

/** @param {readonly import("./release/platforms.mjs").Platform[]} wanted */
async function release(wanted) {
  const staged = process.env.RELEASE_STAGE ?? `${folder}-stage`;
  try {
    const node = fetchRuntime(platformNamed(thisMachine).runtime).executable;
    const scripts = await bundleScripts();
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
    for (const platform of wanted) {
      const note = await stage(platform, scripts, node, staged);
      verify(platform, staged);
      pack(platform, node, staged, join(folder, `${executable}_${version}_${nameOf(platform)}.zip`));
      console.log(`  ${note}`);
    }
  } finally {
    if (process.env.RELEASE_STAGE === undefined) rmSync(staged, { recursive: true, force: true });
  }
  writeSums(folder, process.env.GPG_KEY);
  console.log(`Built ${folder}`);
}
