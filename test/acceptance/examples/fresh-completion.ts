import assert from "node:assert/strict";
import { setTimeout as sleep } from "node:timers/promises";
import type { Scenario } from "./scenario.ts";

export const scenario: Scenario = {
  server: { completions: [{ id: "chatcmpl-fresh", content: "Just born.", visibleAfterMs: 3_600_000 }] },
  variables: () => ({ completion_id: "chatcmpl-fresh" }),
  // Visible once it has been asked for in vain.
  async during(server, signal) {
    while (!server.requests.some((request) => request.status === 404) && !signal.aborted) await sleep(20);
    server.control.advance(3_600_000);
  },
  outputs: { answer: "Just born." },
  check({ server }) {
    const [first, ...others] = server.requests.map((request) => request.status);
    assert.equal(first, 404);
    assert.equal(others.at(-1), 200);
  },
};
