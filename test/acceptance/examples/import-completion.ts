import assert from "node:assert/strict";
import { models } from "../../../scripts/docs/models.mjs";
import type { Scenario } from "./scenario.ts";

export const scenario: Scenario = {
  needs: ["expressions in import blocks"],
  server: {
    completions: [{ id: "chatcmpl-hello", content: "Hello, Terraform!", view: { model: models[0] } }],
  },
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
