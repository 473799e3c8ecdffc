import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { CliResult, RunOptions, Workspace } from "./terraform.ts";

/** A diagnostic as Terraform shows it, from the JSON that `validate`, `plan` and `apply` print. */
export interface Shown {
  readonly severity: string;
  /** The title. */
  readonly summary: string;
  readonly detail: string;
  /** What it is about, such as `data.openai_chat_completion.example`. */
  readonly address: string | undefined;
  /** The line of configuration that is underlined. */
  readonly code: string | undefined;
}

/** What a diagnostic has to be. */
export interface Expected {
  readonly title: string;
  /** Pieces of its text: what happened, why, and what to do. */
  readonly says: readonly string[];
  /** The argument that is underlined; absent where it is the block as a whole. */
  readonly at?: string;
}

/** The diagnostics of a command that ran with -json, without Terraform's own warnings. */
export function diagnosticsOf(result: CliResult): Shown[] {
  return messages(result.stdout)
    .map(shown)
    .filter((diagnostic) => diagnostic.severity === "error" || diagnostic.address !== undefined);
}

/** The errors of a command that ran with -json, by the name of the data source or the provider's alias. */
export function errorsByName(result: CliResult): Map<string, Shown> {
  const byName = new Map<string, Shown>();
  for (const diagnostic of diagnosticsOf(result)) {
    if (diagnostic.severity !== "error") continue;
    const name = diagnostic.address?.split(".").at(-1) ?? "";
    assert.ok(
      !byName.has(name),
      `two errors of ${name}: ${diagnostic.summary}, ${byName.get(name)?.summary}`,
    );
    byName.set(name, diagnostic);
  }
  return byName;
}

/** Compares one error with what it has to be. */
export function assertError(error: Shown | undefined, expected: Expected): void {
  assert.ok(error !== undefined, "there is no such error");
  assert.equal(error.summary, expected.title, error.detail);
  for (const piece of expected.says) {
    assert.ok(error.detail.includes(piece), `${JSON.stringify(piece)} is not in:\n${error.detail}`);
  }
  const code = error.code?.trim() ?? "";
  if (expected.at === undefined) assert.match(code, /^(data|provider) /, "the block is underlined");
  else assert.match(code, new RegExp(`^${expected.at}\\b`), `${expected.at} is underlined`);
  assert.doesNotMatch(error.detail, /[^\P{C}\n]/u, "no control characters");
}

/**
 * Applies a configuration that has to fail, over a state that stands: the exit code is 1 and the state
 * keeps every byte. Gives the errors by name.
 */
export async function failingApply(
  work: Workspace,
  config: string,
  options: RunOptions = {},
): Promise<Map<string, Shown>> {
  const file = join(work.folder, "terraform.tfstate");
  writeFileSync(file, standing);
  work.write("main.tf", config);
  const result = await work.run(["apply", "-auto-approve", "-json"], options);
  assert.equal(result.code, 1, result.output);
  assert.equal(readFileSync(file, "utf8"), standing, "the state is as it was");
  const errors = errorsByName(result);
  for (const { detail } of errors.values()) {
    // One paragraph for what happened, and at least one more.
    assert.ok(detail.includes("\n\n"), `no remedy in:\n${detail}`);
  }
  return errors;
}

const standing = JSON.stringify({
  version: 4,
  terraform_version: "1.5.0",
  serial: 7,
  lineage: "0c8f4b0e-57d5-4a54-9f27-2d1f3d1c7a55",
  outputs: { kept: { value: "as it was", type: "string" } },
  resources: [],
});

/** `validate` prints one JSON document, other commands one message a line. */
function messages(stdout: string): unknown[] {
  if (/^\{\s*\n/.test(stdout)) {
    const document: unknown = JSON.parse(stdout);
    const list = member(document, "diagnostics");
    return Array.isArray(list) ? list : [];
  }
  return stdout
    .split("\n")
    .filter((line) => line.startsWith("{"))
    .map((line): unknown => member(JSON.parse(line), "diagnostic"))
    .filter((diagnostic) => diagnostic !== undefined);
}

function shown(diagnostic: unknown): Shown {
  return {
    severity: text(diagnostic, "severity") ?? "",
    summary: text(diagnostic, "summary") ?? "",
    detail: text(diagnostic, "detail") ?? "",
    address: text(diagnostic, "address"),
    code: text(member(diagnostic, "snippet"), "code"),
  };
}

function text(value: unknown, name: string): string | undefined {
  const found = member(value, name);
  return typeof found === "string" ? found : undefined;
}

function member(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null ? Reflect.get(value, name) : undefined;
}
