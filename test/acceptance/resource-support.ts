import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { after } from "node:test";
import { diagnosticsOf, type Shown } from "../support/diagnostics.ts";
import type { ServerOptions } from "../support/openai-server/options.ts";
import type { RecordedRequest } from "../support/openai-server/recorded.ts";
import { type OpenAIServer, startOpenAIServer } from "../support/openai-server/server.ts";
import { type Cleanup, type CliResult, Workspace } from "../support/terraform.ts";

/** For what all tests of a file share: it is gone after the last of them. Made at the top of the file. */
export function afterAll(): Cleanup {
  const all: (() => unknown)[] = [];
  after(async () => {
    for (const last of all) await last();
  });
  return { after: (last) => all.push(last) };
}

/** A server of the test's own, and a workspace that reaches it: dev overrides need no init. */
export async function started(
  test: Cleanup,
  options: ServerOptions = {},
  environment: Readonly<Record<string, string>> = { OPENAI_API_KEY: "sk-acceptance" },
): Promise<{ server: OpenAIServer; work: Workspace }> {
  const server = await startOpenAIServer({ completions: [], ...options });
  test.after(() => server.close());
  const work = new Workspace(test, { ...environment, OPENAI_BASE_URL: server.url });
  return { server, work };
}

/** A completion's resource block, with arguments as they are written in HCL. */
export function completion(name: string, body = prompt("Hello")): string {
  return `resource "openai_chat_completion" "${name}" {\n  model = "gpt-4o-mini"\n${body}\n}\n`;
}

export function prompt(text: string): string {
  return `  messages = [{ role = "user", content = ${JSON.stringify(text)} }]`;
}

/** The attributes of a resource in the state file, by its name. Numbers are JavaScript's. */
export function attributesOf(work: Workspace, name: string) {
  const state: {
    resources: { name: string; instances: { attributes: unknown; status?: string }[] }[];
  } = JSON.parse(readFileSync(join(work.folder, "terraform.tfstate"), "utf8"));
  const [found] = state.resources.find((resource) => resource.name === name)?.instances ?? [];
  assert.ok(found, `${name} is in state`);
  assert.equal(found.status, undefined, `${name} is not tainted`);
  // biome-ignore lint/suspicious/noExplicitAny: a test reads what it expects, and fails where it is not there.
  return found.attributes as any;
}

/** Fails where a plan would change anything. */
export async function planIsEmpty(work: Workspace): Promise<void> {
  const plan = await work.run(["plan", "-detailed-exitcode"]);
  assert.equal(plan.code, 0, `a plan shows no change:\n${plan.output}`);
}

/** A planned change: the address, what is done, and which attributes force a replacement. */
export interface Change {
  readonly address: string;
  readonly actions: readonly string[];
  readonly because: readonly string[];
}

/** What a plan would change; no changes is an empty list. */
export async function changesOf(work: Workspace, ...args: string[]): Promise<Change[]> {
  await work.ok("plan", "-out=plan.bin", ...args);
  return changesIn(await savedPlan(work));
}

/** The plan in plan.bin, as `show -json` prints it. */
// biome-ignore lint/suspicious/noExplicitAny: a test reads what it expects, and fails where it is not there.
export async function savedPlan(work: Workspace): Promise<any> {
  return JSON.parse((await work.ok("show", "-json", "plan.bin")).stdout);
}

/** The changes of a saved plan. */
export function changesIn(plan: {
  resource_changes?: {
    address: string;
    mode: string;
    change: { actions: string[]; replace_paths?: string[][] };
  }[];
}): Change[] {
  return (plan.resource_changes ?? [])
    .filter(({ mode, change }) => mode === "managed" && !["no-op", "read"].includes(change.actions.join()))
    .map(({ address, change }) => ({
      address,
      actions: change.actions,
      because: (change.replace_paths ?? []).map((path) => path.join(".")).sort(),
    }));
}

export function importBlock(name: string, id: string): string {
  return `import {\n  to = openai_chat_completion.${name}\n  id = ${JSON.stringify(id)}\n}\n`;
}

/** What one run of Terraform planned and said, for several tests that each look at their own resources. */
export interface Outcome {
  readonly code: number | null;
  readonly output: string;
  /** What it planned for the resources that it would change, by address: create, update, replace, delete. */
  readonly planned: Readonly<Record<string, string>>;
  /** The warnings and errors about a resource, as "Warning: Title. Text", but what a plan says of the costs. */
  said(address: string): string[];
  /** All errors, as "Error: Title. Text": those of a destruction name no address. */
  readonly errors: readonly string[];
}

/** Runs a plan or an apply with -json, with whatever exit code. */
export async function outcomeOf(work: Workspace, command: string, ...args: string[]): Promise<Outcome> {
  return outcomeIn(await work.run([command, "-json", ...args]));
}

/** The same of a run that has to succeed. */
export async function succeeded(work: Workspace, command: string, ...args: string[]): Promise<Outcome> {
  return outcomeIn(await work.ok(command, "-json", ...args));
}

/** What a run with -json planned and said. */
export function outcomeIn(result: CliResult): Outcome {
  const { code, output, stdout } = result;
  const changes = stdout
    .split("\n")
    .filter((line) => line.startsWith("{"))
    .map((line): { type: string; change: { action: string; resource: { addr: string } } } => JSON.parse(line))
    .filter(({ type }) => type === "planned_change")
    .map(({ change }) => [change.resource.addr, change.action]);
  const text = ({ severity, summary, detail }: Shown) =>
    `${severity === "error" ? "Error" : "Warning"}: ${summary}. ${detail.replace(/\s+/g, " ")}`;
  return {
    ...{ code, output, planned: Object.fromEntries(changes) },
    said: (address) =>
      diagnosticsOf(result)
        .filter((each) => each.address === address && !/ is paid for$/.test(each.summary))
        .map(text),
    errors: diagnosticsOf(result)
      .filter(({ severity }) => severity === "error")
      .map(text),
  };
}

/** How often a creation was sent whose request has this text. */
export function creations(requests: readonly RecordedRequest[], text: string): number {
  return requests.filter(
    ({ method, path, body }) =>
      method === "POST" && path.endsWith("/chat/completions") && body.includes(text),
  ).length;
}
