import assert from "node:assert/strict";
import type { Scenario } from "./scenario.ts";

export const scenario: Scenario = {
  server: { completions: [] },
  environment: (server) => ({ OPENAI_ADMIN_KEY: "sk-admin-example", OPENAI_BASE_URL: server.url }),
  outputs: { alerts: ["250000", "400000"], enforced: false },
  async check({ work, server }) {
    const { objects } = server.control;
    await work.ok("destroy", "-auto-approve");
    assert.deepEqual(objects.all("organization/spend_limit"), []);
    assert.deepEqual(objects.all("organization/spend_alerts"), []);
    const [retention] = objects.all("organization/data_retention");
    assert.equal(retention?.body.type, "modified_abuse_monitoring", "a destroy leaves it");
  },
};
