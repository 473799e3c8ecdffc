import type { TestContext } from "node:test";
import { openai } from "../../src/provider/provider.ts";
import { attachedWorkspace } from "./attached-provider.ts";
import { endpointOf } from "./openai-server/admin.ts";
import { startOpenAIServer } from "./openai-server/server.ts";
import type { ThrottleOptions } from "./openai-server/throttle.ts";
import type { CliResult, Workspace } from "./terraform.ts";
import { TurnClock } from "./turn-clock.ts";

/** A minute takes 300 turns of the event loop. */
const turnMs = 200;

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
  run(...args: string[]): Promise<Taken>;
}

/** So many projects with three objects more in each. Their time is less than the wait for a turn. */
export function organizationConfig(projects: number, variant = 0): string {
  const timeouts = 'timeouts = { create = "10m", read = "10m", update = "10m", delete = "10m" }';
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

/** Starts a server that throttles, and a provider beside it, which a workspace's CLI reattaches to. */
export async function throttledOrganization(
  test: TestContext,
  throttle: Pick<ThrottleOptions, "kind" | "perMinute">,
): Promise<ThrottledOrganization> {
  const server = await startOpenAIServer({ completions: [] });
  test.after(() => server.close());
  const clock = new TurnClock(test, turnMs);
  const env = { OPENAI_ADMIN_KEY: "sk-admin-test", OPENAI_BASE_URL: server.url, NO_PROXY: "*" };
  const work = await attachedWorkspace(test, openai(env, new Set(), clock), "openai");
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
  const run = async (...args: string[]) => {
    times = [];
    server.control.clearRequests();
    const result = await work.run(args);
    return { ...result, minutes: ((times.at(-1) ?? 0) - (times[0] ?? 0)) / 60_000, calls: calls() };
  };
  return { work, run };
}

/** One line for each endpoint. */
export function described({ minutes, calls }: Taken): string {
  const lines = Object.entries(calls).map(
    ([endpoint, { taken, refused }]) => `\n  ${endpoint}: ${taken}, and ${refused} too many`,
  );
  return `${minutes.toFixed(1)} minutes${lines.join("")}`;
}
