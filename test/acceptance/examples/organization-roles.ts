import assert from "node:assert/strict";
import type { Scenario } from "./scenario.ts";

export const scenario: Scenario = {
  server: { completions: [] },
  environment(server) {
    server.control.addObject("organization/groups", { id: "group_abc123" });
    return { OPENAI_ADMIN_KEY: "sk-admin-example", OPENAI_BASE_URL: server.url };
  },
  variables: () => ({ group_id: "group_abc123" }),
  outputs: { roles: [["api.groups.read", "api.roles.read"]] },
  async check({ work, server }) {
    const { objects } = server.control;
    await work.ok("destroy", "-auto-approve");
    assert.deepEqual(
      ["organization/roles", "organization/groups/{group_id}/roles"].map((path) => objects.all(path)),
      [[], []],
    );
  },
};
