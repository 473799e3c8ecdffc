import assert from "node:assert/strict";
import type { Scenario } from "./scenario.ts";

const accounts = "organization/projects/{project_id}/service_accounts";

export const scenario: Scenario = {
  server: { completions: [] },
  environment: (server) => ({ OPENAI_ADMIN_KEY: "sk-admin-example", OPENAI_BASE_URL: server.url }),
  outputs: { role: "member" },
  async check({ work, server }) {
    const { objects } = server.control;
    assert.deepEqual(
      objects.all(accounts).map(({ body }) => body.role),
      ["member"],
    );
    await work.ok("destroy", "-auto-approve");
    assert.deepEqual(objects.all(accounts), []);
  },
};
