// An organization as it is kept: by Terraform's usual parallelism, created, planned, changed and destroyed under each kind
// of limit.
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { described, organizationConfig, throttledOrganization } from "../support/throttled-organization.ts";

const many = 100;

describe(`an organization of ${many} projects with 4 objects each`, () => {
  for (const [kind, perMinute] of [
    ["sliding", 10],
    ["fixed", 7],
    ["bucket", 7],
  ] as const) {
    it(`is created, planned, changed and destroyed under ${perMinute} requests a minute: ${kind}`, async (test) => {
      const { work, run } = await throttledOrganization(test, { perMinute, kind });
      // Of an endpoint that was asked as often just before.
      const least = many / perMinute;
      const steps: [number, string[]][] = [
        [0, ["apply", "-auto-approve"]],
        [0, ["plan", "-detailed-exitcode"]],
        [1, ["apply", "-auto-approve"]],
        [1, ["destroy", "-auto-approve"]],
      ];
      for (const [variant, args] of steps) {
        work.write("main.tf", organizationConfig(many, variant));
        const taken = await run(args);
        assert.equal(taken.code, 0, taken.output);
        test.diagnostic(`${args[0]}, of ${least.toFixed(1)} for each endpoint: ${described(taken)}`);
        for (const [endpoint, { taken: through, refused }] of Object.entries(taken.calls)) {
          assert.ok(through <= many, `${endpoint}: ${through}`);
          assert.ok(refused <= many * 0.08, `${endpoint}: ${refused} requests too many`);
        }
        // Terraform takes the objects of one resource before those of the next, ten at a time: one endpoint waits for the
        // other.
        const busy = Object.values(taken.calls).filter((count) => count.taken === many).length;
        const atMost = busy * least * 1.1;
        assert.ok(taken.minutes <= atMost, `${taken.minutes} of ${atMost} minutes`);
      }
    });
  }
});
