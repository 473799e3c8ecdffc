import { join } from "node:path";

/** The repository: tests run from its root (scripts/test.mjs). */
export const root = process.cwd();

/**
 * The provider that scripts/test.mjs built for this run. Its executable is the development build; `cliConfig` has Terraform
 * start the same, or the release where one was packed for the run; `developmentConfig` always the same.
 */
export function builtProvider(): {
  readonly executable: string;
  readonly cliConfig: string;
  readonly developmentConfig: string;
} {
  const folder = process.env.TEST_PROVIDER;
  if (folder === undefined)
    throw new Error("Run tests with scripts/test.mjs, which builds the provider first.");
  return {
    executable: join(folder, "dev", "terraform-provider-openai"),
    cliConfig: process.env.TEST_CLI_CONFIG ?? join(folder, "dev.tfrc"),
    developmentConfig: join(folder, "dev.tfrc"),
  };
}
