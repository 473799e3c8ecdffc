import assert from "node:assert/strict";
import type { Scenario } from "./scenario.ts";

const path = "organization/workload_identity_providers";

export const scenario: Scenario = {
  server: { completions: [], createdStatus: 201 },
  environment: (server) => ({ OPENAI_ADMIN_KEY: "sk-admin-example", OPENAI_BASE_URL: server.url }),
  outputs: { rules: ["Releases"], issuer: "https://token.builds.example.com" },
  async check({ work, server }) {
    const { objects } = server.control;
    const [provider] = objects.all(path);
    assert.deepEqual(provider?.body.verification, { type: "discovery", discovery_url: null });
    const [rule] = objects.all(`${path}/{workload_identity_provider_id}/federation_rules`);
    assert.deepEqual(rule?.body.attribute_matchers, {
      repository: "example/site",
      environment: "production",
    });
    await work.ok("destroy", "-auto-approve");
    assert.deepEqual(objects.all(path), []);
  },
};
