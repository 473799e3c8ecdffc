import assert from "node:assert/strict";
import { haiku, type Scenario } from "./scenario.ts";

export const scenario: Scenario = {
  needs: ["terraform test", "mock_provider in tests"],
  variables: () => ({ completion_id: "chatcmpl-abc123" }),
  outputs: { answer: haiku },
  async check({ work, server }) {
    const before = server.requests.length;
    const { stdout } = await work.ok("test");
    assert.match(stdout, /1 passed, 0 failed/);
    assert.equal(server.requests.length, before, "the mocked test asks nobody");
  },
};
