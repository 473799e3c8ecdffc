import type { ChildProcess } from "node:child_process";
import type { TestContext } from "node:test";
import { createLogger } from "../../src/framework/index.ts";
import { openai } from "../../src/provider/provider.ts";
import { attachedWorkspace } from "./attached-provider.ts";
import { endpointOf } from "./openai-server/admin.ts";
import { startOpenAIServer } from "./openai-server/server.ts";
import type { ThrottleOptions } from "./openai-server/throttle.ts";
import { isBusy } from "./process-watch.ts";
import type { CliResult, RunOptions, Workspace } from "./terraform.ts";
import { TurnClock } from "./turn-clock.ts";

/** What a command of Terraform took. */
export interface Taken extends CliResult {
  /** From its first request to its last. */
  readonly minutes: number;
  /** Requests by endpoint: how many were let through, and how many were refused. */
  readonly calls: Readonly<Record<string, { taken: number; refused: number }>>;
}

/** An organization that real Terraform keeps, with a minute that is shorter than one. */
export interface ThrottledOrganization {
  readonly work: Workspace;
  run(args: readonly string[], options?: RunOptions): Promise<Taken>;
  /** The requests until now. */
  requests(): number;
  /** The log's lines with this message, as JSON. */
  logged(message: string): string[];
}

/** So many projects with three objects more in each. Their time is less than the wait for a turn. */
export function organizationConfig(projects: number, variant = 0): string {
  const timeouts = 'timeouts = { create = "5m", read = "5m", update = "5m", delete = "5m" }';
  return `
resource "openai_project" "of" {
  count = ${projects}
  name  = "Project \${count.index} of ${variant}"
  ${timeouts}
}

resource "openai_project_user" "of" {
  count      = ${projects}
  project_id = openai_project.of[count.index].id
  email      = "ada@example.com"
  role       = "${variant === 0 ? "member" : "owner"}"
  ${timeouts}
}

resource "openai_project_spend_limit" "of" {
  count            = ${projects}
  project_id       = openai_project.of[count.index].id
  threshold_amount = ${50_000 + variant}
  currency         = "USD"
  interval         = "month"
  ${timeouts}
}

resource "openai_project_rate_limit" "of" {
  count                     = ${projects}
  project_id                = openai_project.of[count.index].id
  rate_limit_id             = "rl-gpt-5.6-sol"
  max_requests_per_1_minute = ${100 + variant} + count.index
  ${timeouts}
}
`;
}

/**
 * Starts a server that throttles, and a provider beside it, which a workspace's CLI reattaches to. `turnMs` is what a turn
 * of the event loop takes: a minute takes 300 unless it is set, and stands while the CLI works.
 */
export async function throttledOrganization(
  test: TestContext,
  { turnMs = 200, ...throttle }: Pick<ThrottleOptions, "kind" | "perMinute"> & { readonly turnMs?: number },
): Promise<ThrottledOrganization> {
  const server = await startOpenAIServer({ completions: [] });
  test.after(() => server.close());
  let cli: number | undefined;
  const clock = new TurnClock(test, turnMs, () => cli !== undefined && isBusy(cli));
  const env = { OPENAI_ADMIN_KEY: "sk-admin-test", OPENAI_BASE_URL: server.url, NO_PROXY: "*" };
  const lines: string[] = [];
  const log = createLogger("info", (line) => lines.push(line));
  const work = await attachedWorkspace(test, openai(env, new Set(), clock), "openai", log);
  let times: number[] = [];
  const now = () => {
    times.push(clock.now());
    return clock.now();
  };
  server.control.throttle({ ...throttle, now });

  const calls = () => {
    const counts: Record<string, { taken: number; refused: number }> = {};
    for (const { method, path, status } of server.requests) {
      const endpoint = endpointOf(method, path.slice("/v1".length));
      const count = counts[endpoint] ?? { taken: 0, refused: 0 };
      counts[endpoint] = count;
      count[status === 429 ? "refused" : "taken"] += 1;
    }
    return counts;
  };
  const run = async (args: readonly string[], options?: RunOptions) => {
    times = [];
    server.control.clearRequests();
    const started = (child: ChildProcess) => {
      cli = child.pid;
      options?.started?.(child);
    };
    const result = await work.run(args, { ...options, started });
    cli = undefined;
    return { ...result, minutes: ((times.at(-1) ?? 0) - (times[0] ?? 0)) / 60_000, calls: calls() };
  };
  const logged = (message: string) => lines.filter((line) => line.includes(JSON.stringify(message)));
  return { work, run, requests: () => server.requests.length, logged };
}

/** One line for each endpoint. */
export function described({ minutes, calls }: Taken): string {
  const lines = Object.entries(calls).map(
    ([endpoint, { taken, refused }]) => `\n  ${endpoint}: ${taken}, and ${refused} too many`,
  );
  return `${minutes.toFixed(1)} minutes${lines.join("")}`;
}
