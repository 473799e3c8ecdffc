import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { TestContext } from "node:test";
import { Workspace } from "../../support/terraform.ts";
import { configuration, overrideConfiguration, temporaryFolder } from "./release.ts";

/**
 * A workspace that runs the unpacked package in a folder, with nothing on the PATH.
 * @param url  where its API is
 */
export function workspaceOf(
  test: TestContext,
  packageFolder: string,
  url: string,
  env: Readonly<Record<string, string | undefined>> = {},
): Workspace {
  const folder = temporaryFolder(test);
  const cliConfig = join(folder, "cli.tfrc");
  writeFileSync(cliConfig, overrideConfiguration(packageFolder));
  const work = new Workspace(test, {
    PATH: folder,
    TF_CLI_CONFIG_FILE: cliConfig,
    OPENAI_API_KEY: "sk-release",
    OPENAI_BASE_URL: url,
    ...env,
  });
  return work.write("main.tf", configuration());
}
