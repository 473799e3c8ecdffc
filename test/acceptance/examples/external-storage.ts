import assert from "node:assert/strict";
import type { Scenario } from "./scenario.ts";

const path = "organization/external_storage";

export const scenario: Scenario = {
  server: { completions: [], createdStatus: 201 },
  environment: (server) => ({ OPENAI_ADMIN_KEY: "sk-admin-example", OPENAI_BASE_URL: server.url }),
  outputs: { external_id: "org-abc123" },
  async check({ work, server }) {
    assert.equal(server.control.objects.all(path).length, 1);
    await work.ok("destroy", "-auto-approve");
    assert.deepEqual(server.control.objects.all(path), []);
  },
};
