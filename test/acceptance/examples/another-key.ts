import assert from "node:assert/strict";
import { keysOf, type Scenario } from "./scenario.ts";

export const scenario: Scenario = {
  variables: () => ({ audit_key: "sk-audit" }),
  outputs: { answered_by: "gpt-4o-mini-2024-07-18" },
  check: ({ server }) => assert.deepEqual(keysOf(server), ["sk-audit"]),
};
