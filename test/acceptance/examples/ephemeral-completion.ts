import assert from "node:assert/strict";
import type { Scenario } from "./scenario.ts";

export const scenario: Scenario = {
  needs: ["ephemeral resources", "write-only arguments"],
  server: { completions: [{ id: "chatcmpl-report", content: "canary-of-a-report trigger:length" }] },
  variables: () => ({ completion_id: "chatcmpl-report" }),
  // The local server echoes the prompt, of which this keeps the beginning.
  outputs: { topic: "You " },
  async check({ work, server }) {
    assert.equal(server.counts.paidCreates, 1);
    const created = server.requests.find(({ method }) => method === "POST");
    assert.ok(created?.body.includes("canary-of-a-report"), "the ephemeral answer is part of the prompt");
    const state = (await work.ok("state", "pull")).stdout;
    assert.ok(!state.includes("canary-of-a-report") && !state.includes("Name the topic"), state);
    await work.ok("destroy", "-auto-approve");
    assert.deepEqual(server.control.ids(), ["chatcmpl-report"]);
  },
};
