import assert from "node:assert/strict";
import { unboxed } from "../../support/terraform.ts";
import { keysOf, type Scenario } from "./scenario.ts";

export const scenario: Scenario = {
  server: { completions: [] },
  environment: (server) => ({ OPENAI_ADMIN_KEY: "sk-admin-example", OPENAI_BASE_URL: server.url }),
  outputs: {
    // The local server has something in every other bucket.
    tokens: { "proj_abc123 gpt-6-luna": 15 * 10_200 },
    total: 0.9,
    first_amount: "0.0600000000000000012",
  },
  async check({ work, server }) {
    assert.deepEqual(keysOf(server), ["sk-admin-example"]);
    const pages = (path: string) => server.requests.filter((request) => request.path.endsWith(path)).length;
    server.control.clearRequests();
    await work.ok("plan", "-var", "days=400");
    assert.deepEqual([pages("/usage/completions"), pages("/costs")], [13, 3]);
    const refused = await work.run(["plan", "-var", "days=0"]);
    assert.equal(refused.code, 1);
    assert.match(unboxed(refused.output), /No time between start and end/);
  },
};
