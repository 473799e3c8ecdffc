import assert from "node:assert/strict";
import { keysOf, type Scenario } from "./scenario.ts";

export const scenario: Scenario = {
  environment: () => ({}),
  variables: (server) => ({
    base_url: server.url,
    openai_key: "sk-from-variable",
    openai_admin_key: "sk-admin-from-variable",
  }),
  outputs: { model: "gpt-4o-mini-2024-07-18" },
  check({ server }) {
    assert.deepEqual(keysOf(server), ["sk-from-variable"]);
    for (const { headers, query } of server.requests) {
      assert.equal(headers["openai-organization"], "org-example");
      assert.equal(headers["openai-project"], "proj_example");
      assert.equal(headers["x-team"], "platform");
      assert.equal(query.get("audit"), "2026");
    }
  },
};
