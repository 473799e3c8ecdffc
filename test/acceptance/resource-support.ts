import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { TestContext } from "node:test";
import type { ServerOptions } from "../support/openai-server/options.ts";
import { type OpenAIServer, startOpenAIServer } from "../support/openai-server/server.ts";
import { Workspace } from "../support/terraform.ts";

/** A server of the test's own, and a workspace that reaches it: dev overrides need no init. */
export async function started(
  test: TestContext,
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
  const plan = JSON.parse((await work.ok("show", "-json", "plan.bin")).stdout);
  const changes: {
    address: string;
    mode: string;
    change: { actions: string[]; replace_paths?: string[][] };
  }[] = plan.resource_changes ?? [];
  return changes
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
