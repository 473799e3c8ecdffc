import assert from "node:assert/strict";
import { it } from "node:test";
import { monotonicNow } from "../../src/openai/index.ts";
import { openai } from "../../src/provider/provider.ts";
import { attachedWorkspace } from "../support/attached-provider.ts";
import { fastClock } from "../support/fast-clock.ts";
import { endpointOf } from "../support/openai-server/admin.ts";
import { type OpenAIServer, startOpenAIServer } from "../support/openai-server/server.ts";

/** A minute takes 240 ms. */
const scale = 250;
const many = 100;
const perMinute = 8;

const fast = fastClock(scale);

/** Each project with three objects more. Their time is less than the wait for a turn. */
const config = `
resource "openai_project" "of" {
  count    = ${many}
  name     = "Project \${count.index}"
  timeouts = { create = "10m", read = "10m", update = "10m", delete = "10m" }
}

resource "openai_project_user" "of" {
  count      = ${many}
  project_id = openai_project.of[count.index].id
  email      = "ada@example.com"
  role       = "member"
  timeouts   = { create = "10m", read = "10m", update = "10m", delete = "10m" }
}

resource "openai_project_spend_limit" "of" {
  count            = ${many}
  project_id       = openai_project.of[count.index].id
  threshold_amount = 50000
  currency         = "USD"
  interval         = "month"
  timeouts         = { create = "10m", read = "10m", update = "10m", delete = "10m" }
}

resource "openai_project_rate_limit" "of" {
  count                     = ${many}
  project_id                = openai_project.of[count.index].id
  rate_limit_id             = "rl-gpt-5.6-sol"
  max_requests_per_1_minute = 100 + count.index
  timeouts                  = { create = "10m", read = "10m", update = "10m", delete = "10m" }
}
`;

/** Requests by endpoint: how many were let through, and how many were refused. */
function counted(server: OpenAIServer): Record<string, { taken: number; refused: number }> {
  const counts: Record<string, { taken: number; refused: number }> = {};
  for (const { method, path, status } of server.requests) {
    const endpoint = endpointOf(method, path.slice("/v1".length));
    const count = counts[endpoint] ?? { taken: 0, refused: 0 };
    counts[endpoint] = count;
    count[status === 429 ? "refused" : "taken"] += 1;
  }
  return counts;
}

it(`an organization of ${many} projects with 4 objects each is applied and planned under ${perMinute} requests a minute`, async (test) => {
  const server = await startOpenAIServer({ completions: [] });
  test.after(() => server.close());
  const env = { OPENAI_ADMIN_KEY: "sk-admin-test", OPENAI_BASE_URL: server.url, NO_PROXY: "*" };
  const work = await attachedWorkspace(test, openai(env, new Set(), fast), "openai");
  work.write("main.tf", config);
  server.control.throttle({ perMinute, minuteMs: 60_000 / scale });

  const started = monotonicNow();
  // All at once: most wait for longer than their time.
  await work.ok("apply", "-auto-approve", `-parallelism=${many}`);
  const minutes = ((monotonicNow() - started) * scale) / 60_000;
  const applied = counted(server);
  test.diagnostic(`apply: ${Math.round(minutes)} minutes, ${JSON.stringify(applied)}`);
  assert.equal(applied["POST /organization/projects"]?.taken, many);
  for (const [endpoint, { taken }] of Object.entries(applied))
    assert.ok(taken <= many, `${endpoint}: ${taken}`);
  // On a machine that is busy some requests come late, and meet the minute of others.
  const refused = Object.values(applied).reduce((sum, count) => sum + count.refused, 0);
  assert.ok(refused <= many, `${refused} requests too many`);

  server.control.clearRequests();
  const plan = await work.run(["plan", "-detailed-exitcode"]);
  assert.equal(plan.code, 0, plan.output);
  const planned = counted(server);
  test.diagnostic(`plan: ${JSON.stringify(planned)}`);
  assert.ok(
    (planned["GET /organization/projects"]?.taken ?? 0) <= 2,
    "one list, of two pages, for all projects",
  );
  assert.equal(planned["GET /organization/projects/{id}"], undefined);
});
