import { type SpawnSyncReturns, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { terraformPath } from "./terraform.ts";

/** A CLI by what `version` prints. */
export interface Cli {
  readonly product: "Terraform" | "OpenTofu";
  /** Major, minor and patch. */
  readonly version: readonly [number, number, number];
}

/** Undefined: never so far. */
type Minor = readonly [terraform: number, openTofu: number | undefined];

/**
 * Since which minor version of 1.x each product has what some tests need, by their release notes. To
 * generate a configuration for an import crashes Terraform 1.5 and 1.6, and OpenTofu up to 1.11.2, where a
 * schema has computed nested attributes (internal/configs/configschema/filter.go).
 */
const since = {
  "check blocks": [5, 6],
  "expressions in import blocks": [6, 6],
  "removed blocks": [7, 7],
  "terraform test": [6, 6],
  "provider functions": [8, 7],
  "moves across types": [8, 7],
  "generated configuration of nested attributes": [7, 11],
  "mock_provider in tests": [7, 8],
  // go-plugin 1.7 logs a crash as an error, and OpenTofu 1.12 collects what is logged for debugging only.
  "report of a plugin's crash": [5, undefined],
  "ephemeral resources": [10, 11],
  "write-only arguments": [11, 11],
  "imports by identity": [12, 12],
  "terraform query": [14, undefined],
  "configurations that the provider generates": [14, undefined],
  actions: [14, undefined],
  "actions at a destruction": [16, undefined],
} satisfies Record<string, Minor>;

export type Feature = keyof typeof since;

let known: Cli | undefined;

/** The CLI under test. Throws where it does not say what it is. */
export function cli(): Cli {
  if (known !== undefined) return known;
  known = cliOf(runAlone("version").stdout);
  return known;
}

/** Runs a command that needs no workspace, with an empty home: OpenTofu writes into it whatever is asked. */
export function runAlone(...args: readonly string[]): SpawnSyncReturns<string> {
  const home = mkdtempSync(join(tmpdir(), "tf-home-"));
  try {
    const env = { PATH: process.env.PATH, HOME: home, CHECKPOINT_DISABLE: "1" };
    return spawnSync(terraformPath(), args, { encoding: "utf8", env });
  } finally {
    rmSync(home, { recursive: true });
  }
}

/** Reads the output of `version`. */
export function cliOf(text: string): Cli {
  const [, product, major, minor, patch] = /^(Terraform|OpenTofu) v(\d+)\.(\d+)\.(\d+)/.exec(text) ?? [];
  if (product !== "Terraform" && product !== "OpenTofu")
    throw new Error(`The CLI under test does not print its version: ${text}`);
  return { product, version: [Number(major), Number(minor), Number(patch)] };
}

/** For a test's option `skip`: why this CLI cannot run it, or false where it can. */
export function lacks(...features: readonly Feature[]): string | false {
  return lackedBy(cli(), features);
}

/** The same for any CLI. */
export function lackedBy({ product, version }: Cli, features: readonly Feature[]): string | false {
  const [major, minor] = version;
  const missing = features.flatMap((feature) => {
    const [terraform, openTofu] = since[feature];
    const first = product === "OpenTofu" ? openTofu : terraform;
    if (first === undefined) return [feature];
    return major === 1 && minor < first ? [`${feature} (since 1.${first})`] : [];
  });
  if (missing.length === 0) return false;
  return `${product} ${version.join(".")} has no ${missing.join(", ")}`;
}
