import assert from "node:assert/strict";
import type { Scenario } from "./scenario.ts";

export const scenario: Scenario = {
  server: { completions: [], createdStatus: 201 },
  environment: (server) => ({ OPENAI_ADMIN_KEY: "sk-admin-example", OPENAI_BASE_URL: server.url }),
  variables: () => ({
    members: { "Ada@example.com": "owner", "ben@example.com": "role-api-project-member" },
  }),
  outputs: {
    project_id: /^proj_/,
    members: { "Ada@example.com": "Ada Lovelace", "ben@example.com": "Ada Lovelace" },
    requests_per_minute: { "gpt-5.6-sol": 100, "gpt-image-2": 500 },
  },
  async check({ work, server }) {
    const { objects } = server.control;
    const projects = () => objects.all("organization/projects").map(({ body }) => [body.name, body.status]);
    const plan = await work.ok("plan", "-destroy");
    assert.match(plan.output, /Project is archived, not deleted/);
    // What is protected stays, whatever is planned.
    work.write("override.tf", 'resource "openai_project" "website" {\n  deletion_protection = true\n}\n');
    await work.ok("apply", "-auto-approve");
    const refused = await work.run(["destroy", "-auto-approve"]);
    assert.match(refused.output, /Project is protected/);
    assert.deepEqual(projects().at(-1), ["Website", "active"]);
    work.remove("override.tf");
    await work.ok("apply", "-auto-approve");
    await work.ok("destroy", "-auto-approve");
    assert.deepEqual(projects(), [
      ["Default project", "active"],
      ["Website", "archived"],
    ]);
  },
};
