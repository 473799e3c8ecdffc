import assert from "node:assert/strict";
import type { Scenario } from "./scenario.ts";

const below = "organization/projects/{project_id}";

export const scenario: Scenario = {
  server: { completions: [], createdStatus: 201 },
  environment: (server) => ({ OPENAI_ADMIN_KEY: "sk-admin-example", OPENAI_BASE_URL: server.url }),
  variables: () => ({ group_id: "group_abc123", user_id: "user-abc123" }),
  outputs: {
    permissions_of_the_group: ["api.files.read", "api.vector_stores.read"],
    reviewer_may: ["api.files.read", "api.vector_stores.read"],
  },
  async check({ work, server }) {
    const { objects } = server.control;
    const [tools] = objects.all(`${below}/hosted_tool_permissions`);
    assert.deepEqual(tools?.body.code_interpreter, { enabled: false });
    await work.ok("destroy", "-auto-approve");
    const gone = ["roles", "users/{user_id}/roles"].map((each) => `projects/{project_id}/${each}`);
    for (const path of [...gone, `${below}/groups`, `${below}/spend_alerts`, `${below}/model_permissions`])
      assert.deepEqual(objects.all(path), [], path);
    // The API keeps these with the project; a destroy leaves them.
    assert.equal(objects.all(`${below}/hosted_tool_permissions`).length, 1);
  },
};
