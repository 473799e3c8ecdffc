import assert from "node:assert/strict";
import type { Scenario } from "./scenario.ts";

export const scenario: Scenario = {
  server: { completions: [] },
  environment(server) {
    server.control.addObject("organization/users", { id: "user-abc123", role: "reader" });
    return { OPENAI_ADMIN_KEY: "sk-admin-example", OPENAI_BASE_URL: server.url };
  },
  outputs: { email: "ada@example.com" },
  async check({ work, server }) {
    const user = () => server.control.objects.peek("organization/users", "user-abc123");
    assert.equal(user()?.body.role, "owner");
    const refused = await work.run(["destroy", "-auto-approve"]);
    assert.match(refused.output, /User is removed from the organization/);
    assert.match(refused.output, /Last owner of the organization/);
    server.control.addObject("organization/users", { id: "user-ben", role: "owner" });
    await work.ok("destroy", "-auto-approve");
    assert.equal(user(), undefined);
    const created = await work.run(["plan"]);
    assert.notEqual(created.code, 0, "what is gone cannot be imported");
    work.write("main.tf", 'resource "openai_organization_user" "ada" {\n  role = "owner"\n}\n');
    const plan = await work.run(["plan"]);
    assert.match(plan.output, /Organization user cannot be created/);
    assert.match(plan.output, /import \{/);
  },
};
