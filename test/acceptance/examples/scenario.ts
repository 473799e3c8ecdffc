import type { Feature } from "../../support/cli.ts";
import type { ServerOptions } from "../../support/openai-server/options.ts";
import type { OpenAIServer } from "../../support/openai-server/server.ts";
import type { Workspace } from "../../support/terraform.ts";

/** What an example needs to run, and what it has to give. */
export interface Scenario {
  /** What the CLI must have. */
  readonly needs?: readonly Feature[];
  readonly server?: ServerOptions;
  /** Values of the example's variables. */
  variables?(server: OpenAIServer): Record<string, unknown>;
  /** The environment; unset means a key and the server's URL. */
  environment?(server: OpenAIServer): Record<string, string>;
  /** Runs while the first apply does. */
  during?(server: OpenAIServer, signal: AbortSignal): Promise<void>;
  /** The outputs after apply; a pattern stands for a text that it matches. */
  readonly outputs: Readonly<Record<string, unknown>>;
  /** What `plan -detailed-exitcode` gives afterwards; unset means 0, no change. */
  readonly secondPlan?: number;
  /** Whatever else is to be seen. `applied` is what the first apply printed. */
  check?(run: { work: Workspace; server: OpenAIServer; applied: string }): Promise<void> | void;
}

/** The answer of `chatcmpl-abc123`. */
export const haiku = "Plan, apply, done:\nthe state agrees with the world,\nuntil someone clicks.";

/** The keys that the requests carried. */
export function keysOf(server: OpenAIServer): (string | undefined)[] {
  return [...new Set(server.requests.map((request) => request.key))];
}
