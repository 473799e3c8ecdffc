import assert from "node:assert/strict";
import { it } from "node:test";
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

  const applied = await run("apply", "-auto-approve", parallelism);
  assert.equal(applied.code, 0, applied.output);
  test.diagnostic(`apply: ${described(applied)}`);
  assert.equal(applied.calls["POST /organization/projects"]?.taken, many);
  // Terraform waits for all projects before it begins with what is in them.
  assertPace(applied, 2 * least);

  const planned = await run("plan", "-detailed-exitcode", parallelism);
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
  assert.deepEqual(taken(await run("apply", "-auto-approve")), {
    "POST /organization/projects": 3,
    "POST /organization/projects/{id}/users": 3,
    "POST /organization/projects/{id}/rate_limits/{id}": 3,
    "POST /organization/projects/{id}/spend_limit": 3,
  });
  assert.deepEqual(taken(await run("plan", "-detailed-exitcode")), list);

  work.write("main.tf", organizationConfig(3, 1));
  assert.deepEqual(taken(await run("apply", "-auto-approve")), {
    ...list,
    "POST /organization/projects/{id}": 3,
    "POST /organization/projects/{id}/users/{id}": 3,
    "POST /organization/projects/{id}/rate_limits/{id}": 3,
    "POST /organization/projects/{id}/spend_limit": 3,
  });

  assert.deepEqual(taken(await run("destroy", "-auto-approve")), {
    ...list,
    "DELETE /organization/projects/{id}/users/{id}": 3,
    "DELETE /organization/projects/{id}/spend_limit": 3,
    "POST /organization/projects/{id}/archive": 3,
  });
});
