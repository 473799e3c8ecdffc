import assert from "node:assert/strict";
import type { Scenario } from "./scenario.ts";

export const scenario: Scenario = {
  needs: ["ephemeral resources", "write-only arguments"],
  server: { completions: [] },
  variables: () => ({ prompt: "Is canary-prompt secret?" }),
  // The local server echoes the prompt, of which one token is kept.
  outputs: { verdict: "You " },
  async check({ work, server }) {
    assert.ok(!(await work.ok("state", "pull")).stdout.includes("canary-prompt"));
    await work.ok("apply", "-auto-approve", "-var=prompt_version=2");
    assert.equal(server.counts.paidCreates, 2, "the version creates it anew");
  },
};
