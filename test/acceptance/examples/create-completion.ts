import assert from "node:assert/strict";
import { models } from "../../../scripts/docs/models.mjs";
import type { Scenario } from "./scenario.ts";

export const scenario: Scenario = {
  server: { completions: [] },
  outputs: {
    motto: "You said: Write a motto for a team that never ships on Fridays.",
    model_that_answered: models[0],
  },
  async check({ work, server }) {
    assert.equal(server.counts.paidCreates, 1);
    await work.ok("destroy", "-auto-approve");
    assert.deepEqual(server.control.ids(), []);
  },
};
