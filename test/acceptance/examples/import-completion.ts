import assert from "node:assert/strict";
import type { Scenario } from "./scenario.ts";

export const scenario: Scenario = {
  needs: ["expressions in import blocks"],
  server: { completions: [{ id: "chatcmpl-hello", content: "Hello, Terraform!" }] },
  variables: () => ({ completion_id: "chatcmpl-hello" }),
  outputs: { answer: "Hello, Terraform!" },
  check({ server }) {
    assert.deepEqual(
      [...new Set(server.requests.map(({ method }) => method))],
      ["GET"],
      "nothing is changed",
    );
  },
};
