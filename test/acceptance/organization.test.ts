import assert from "node:assert/strict";
import type { ChildProcess } from "node:child_process";
import { it } from "node:test";
import { unboxed } from "../support/terraform.ts";
import {
  described,
  organizationConfig,
  type Taken,
  throttledOrganization,
} from "../support/throttled-organization.ts";

const many = 100;
const perMinute = 10;
/** The minutes that so many requests of one endpoint take at least. */
const least = Math.ceil(many / perMinute) - 1;
/** All at once: most wait for longer than their time. */
const parallelism = `-parallelism=${4 * many}`;

it(`an organization of ${many} projects with 4 objects each is applied and planned under ${perMinute} requests a minute`, async (test) => {
  const { work, run } = await throttledOrganization(test, { perMinute });
  work.write("main.tf", organizationConfig(many));

  const applied = await run(["apply", "-auto-approve", parallelism]);
  assert.equal(applied.code, 0, applied.output);
  test.diagnostic(`apply: ${described(applied)}`);
  assert.equal(applied.calls["POST /organization/projects"]?.taken, many);
  // Terraform waits for all projects before it begins with what is in them.
  assertPace(applied, 2 * least);

  const planned = await run(["plan", "-detailed-exitcode", parallelism]);
  assert.equal(planned.code, 0, planned.output);
  test.diagnostic(`plan: ${described(planned)}`);
  const lists = planned.calls["GET /organization/projects"]?.taken ?? 0;
  assert.ok(lists <= 2, "one list, of two pages, for all projects");
  assert.equal(planned.calls["GET /organization/projects/{id}"], undefined);
  assertPace(planned, least);
});

function assertPace({ minutes, calls }: Taken, atLeast: number): void {
  for (const [endpoint, { taken, refused }] of Object.entries(calls)) {
    assert.ok(taken <= many, `${endpoint}: ${taken}`);
    assert.ok(refused <= many * 0.08, `${endpoint}: ${refused} requests too many`);
  }
  assert.ok(minutes <= atLeast * 1.1, `${minutes} of ${atLeast} minutes`);
}

it("one call creates an object, one changes it and one removes it; a list reads them all", async (test) => {
  const { work, run } = await throttledOrganization(test, { perMinute: 1000 });
  const taken = ({ calls }: Taken) =>
    Object.fromEntries(Object.entries(calls).map(([endpoint, count]) => [endpoint, count.taken]));
  const list = {
    "GET /organization/projects": 1,
    "GET /organization/projects/{id}/users": 3,
    "GET /organization/projects/{id}/rate_limits": 3,
    "GET /organization/projects/{id}/spend_limit": 3,
  };

  work.write("main.tf", organizationConfig(3));
  assert.deepEqual(taken(await run(["apply", "-auto-approve"])), {
    "POST /organization/projects": 3,
    "POST /organization/projects/{id}/users": 3,
    "POST /organization/projects/{id}/rate_limits/{id}": 3,
    "POST /organization/projects/{id}/spend_limit": 3,
  });
  assert.deepEqual(taken(await run(["plan", "-detailed-exitcode"])), list);

  work.write("main.tf", organizationConfig(3, 1));
  assert.deepEqual(taken(await run(["apply", "-auto-approve"])), {
    ...list,
    "POST /organization/projects/{id}": 3,
    "POST /organization/projects/{id}/users/{id}": 3,
    "POST /organization/projects/{id}/rate_limits/{id}": 3,
    "POST /organization/projects/{id}/spend_limit": 3,
  });

  assert.deepEqual(taken(await run(["destroy", "-auto-approve"])), {
    ...list,
    // By which one's own user is known, once for all.
    "GET /organization/admin_api_keys": 1,
    "DELETE /organization/projects/{id}/users/{id}": 3,
    "DELETE /organization/projects/{id}/spend_limit": 3,
    "POST /organization/projects/{id}/archive": 3,
  });
});

it("Ctrl-C leaves the queue for the rate limit, which the log reports: Terraform ends, and nothing more is sent", async (test) => {
  const { work, run, requests, logged } = await throttledOrganization(test, { perMinute: 1, turnMs: 20 });
  work.write("main.tf", organizationConfig(20));
  const message = "requests wait for the API's rate limit";
  let sent: number | undefined;
  const started = (child: ChildProcess) => {
    const timer = setInterval(() => {
      if (child.exitCode !== null || sent !== undefined) return clearInterval(timer);
      if (logged(message).length === 0) return;
      sent = requests();
      child.kill("SIGINT");
    }, 20);
  };
  const { code, output, minutes, calls } = await run(["apply", "-auto-approve", parallelism], { started });
  assert.equal(code, 1, output);
  const { "@level": level, endpoint, waiting } = JSON.parse(logged(message)[0] ?? "{}");
  assert.deepEqual([level, endpoint], ["info", "POST /organization/projects"]);
  assert.ok(waiting >= 17, `${waiting} of 20 wait`);
  assert.match(unboxed(output), /Creation cancelled/);
  assert.doesNotMatch(unboxed(output), /may have been created/);
  // The queue was one of twenty minutes.
  assert.ok(minutes < 5, `${minutes} minutes`);
  assert.ok(requests() <= (sent ?? 0) + 2, `${requests()} requests, ${sent} of them before`);
  const state = await work.ok("state", "list");
  assert.equal(state.stdout.trim().split("\n").length, calls["POST /organization/projects"]?.taken);
});
