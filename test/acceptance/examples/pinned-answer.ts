import assert from "node:assert/strict";
import type { Scenario } from "./scenario.ts";

export const scenario: Scenario = {
  server: { completions: [] },
  outputs: { motto: "You said: A motto for a platform team, in at most six words." },
  async check({ work, server }) {
    const [first] = server.control.ids();
    await work.ok("apply", "-auto-approve");
    assert.deepEqual(server.control.ids(), [first], "the answer stays");
    await work.ok("apply", "-auto-approve", "-var=edition=2");
    assert.equal(server.control.ids().length, 1, "the old answer is gone");
    assert.notEqual(server.control.ids()[0], first, "and a new one is there");
    await work.ok("destroy", "-auto-approve");
    assert.deepEqual(server.control.ids(), []);
  },
};
