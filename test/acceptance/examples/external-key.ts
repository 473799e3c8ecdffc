import assert from "node:assert/strict";
import type { Scenario } from "./scenario.ts";

const path = "organization/external_keys";

export const scenario: Scenario = {
  server: { completions: [], createdStatus: 201 },
  environment: (server) => ({ OPENAI_ADMIN_KEY: "sk-admin-example", OPENAI_BASE_URL: server.url }),
  outputs: { keys: ["arn:aws:kms:eu-west-1:123456789012:key/example"] },
  async check({ work, server }) {
    assert.equal(server.control.objects.all(path).length, 1);
    await work.ok("destroy", "-auto-approve");
    assert.deepEqual(server.control.objects.all(path), []);
  },
};
