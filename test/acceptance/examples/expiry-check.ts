import assert from "node:assert/strict";
import { unboxed } from "../../support/terraform.ts";
import type { Scenario } from "./scenario.ts";

export const scenario: Scenario = {
  variables: () => ({ completion_id: "chatcmpl-vanished" }),
  outputs: { checked: "chatcmpl-vanished" },
  // Terraform plans to read the data source of a check again in every apply.
  secondPlan: 2,
  async check({ work, applied }) {
    const warned = unboxed(applied);
    assert.match(warned, /Warning: Chat completion not found with data\.openai_chat_completion\.pinned/);
    assert.match(warned, /older than 30 days/);
    assert.doesNotMatch(warned, /Error:/);
    const env = { TF_VAR_completion_id: "chatcmpl-abc123" };
    const there = await work.run(["apply", "-auto-approve"], { env });
    assert.equal(there.code, 0, there.output);
    assert.doesNotMatch(there.output, /Warning: (Chat|Check)/);
  },
};
