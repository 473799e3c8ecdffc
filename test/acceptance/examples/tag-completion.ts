import assert from "node:assert/strict";
import type { Scenario } from "./scenario.ts";

export const scenario: Scenario = {
  server: { completions: [] },
  outputs: { tags: { team: "platform", review: "pending" } },
  async check({ work, server }) {
    await work.ok("apply", "-auto-approve", "-var=review=good");
    assert.deepEqual(await work.output("tags"), { team: "platform", review: "good" });
    assert.deepEqual([server.counts.paidCreates, server.counts.update], [1, 1]);
  },
};
