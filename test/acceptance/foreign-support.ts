import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { cli } from "../support/cli.ts";
import type { Given } from "../support/provider-session.ts";
import { builtProvider } from "../support/root.ts";
import type { Workspace } from "../support/terraform.ts";

/** A resource in a state, as another provider left it. */
export interface StoredResource {
  /** The end of the provider's address. */
  readonly provider: string;
  readonly type: string;
  readonly name: string;
  /** Of its schema; unset means 0. */
  readonly version?: number | undefined;
  readonly attributes: Given;
}

/** A state file with resources of other providers. */
export function foreignState(resources: readonly StoredResource[]): string {
  const host = `registry.${cli().product === "OpenTofu" ? "opentofu.org" : "terraform.io"}`;
  return JSON.stringify({
    version: 4,
    terraform_version: "1.5.7",
    serial: 7,
    lineage: "5d2f0c9e-7a31-b846-9e0f-4c6a4d11aa00",
    outputs: {},
    resources: resources.map(({ provider, type, name, version = 0, attributes }) => ({
      mode: "managed",
      type,
      name,
      provider: `provider["${host}/${provider}"]`,
      // What an SDK keeps of nothing.
      instances: [{ schema_version: version, attributes, sensitive_attributes: [], private: "bnVsbA==" }],
    })),
  });
}

/**
 * The workspace, in which the other providers are found, too: Terraform asks each one that the state names for its schemas.
 * This provider stands in for them.
 */
export function otherProviders(work: Workspace, providers: readonly string[]): Workspace {
  const own = readFileSync(builtProvider().cliConfig, "utf8");
  // OpenTofu takes no provider twice.
  const missing = providers.filter((each) => !own.includes(`"${each}" = `));
  const config = own.replace(
    /( *)("[^"]*" = )(".*")\n/,
    (line, space, _, folder) => line + missing.map((each) => `${space}"${each}" = ${folder}\n`).join(""),
  );
  const file = join(work.folder, "..", "others.tfrc");
  writeFileSync(file, config);
  const run = work.run.bind(work);
  work.run = (args, options = {}) =>
    run(args, {
      ...options,
      env: { OPENAI_ADMIN_KEY: "sk-admin-acceptance", ...options.env, TF_CLI_CONFIG_FILE: file },
    });
  return work;
}
