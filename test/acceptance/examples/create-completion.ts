import assert from "node:assert/strict";
import type { Scenario } from "./scenario.ts";

export const scenario: Scenario = {
  server: { completions: [] },
  outputs: {
    motto: "You said: Write a motto for a team that never ships on Fridays.",
    model_that_answered: "gpt-4o-mini-2024-07-18",
  },
  async check({ work, server }) {
    assert.equal(server.counts.paidCreates, 1);
    await work.ok("destroy", "-auto-approve");
    assert.deepEqual(server.control.ids(), []);
  },
};
