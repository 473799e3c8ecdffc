// A whole development build in a folder: dev/ (the provider), mirror/ and dev.tfrc.
import { join } from "node:path";
import { bundle } from "./bundle.mjs";
import { writeCliConfig } from "./cli-config.mjs";
import { fillMirror } from "./mirror.mjs";

/** @param {string} folder */
export async function buildInto(folder) {
  const dev = join(folder, "dev");
  const mirror = join(folder, "mirror");
  await bundle(dev, { sourcemap: true });
  fillMirror(mirror, dev);
  writeCliConfig(join(folder, "dev.tfrc"), dev, mirror);
}
