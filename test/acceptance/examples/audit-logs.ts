import assert from "node:assert/strict";
import { unboxed } from "../../support/terraform.ts";
import type { Scenario } from "./scenario.ts";

export const scenario: Scenario = {
  server: { completions: [] },
  environment(server) {
    const add = (id: string, event: Readonly<Record<string, unknown>>) =>
      server.control.addObject("organization/audit_logs", { id, ...event });
    const scopes = { id: "key_1", data: { scopes: ["api.model.read"] } };
    add("audit_log-1", { type: "api_key.created", "api_key.created": scopes });
    add("audit_log-2", { type: "project.archived", "project.archived": { id: "proj_abc123" } });
    add("audit_log-3", { type: "project.created" });
    add("audit_log-4", { type: "project.archived", effective_at: 1_790_900_000 });
    return { OPENAI_ADMIN_KEY: "sk-admin-example", OPENAI_BASE_URL: server.url };
  },
  outputs: {
    removals: ["ada@example.com from 192.0.2.7: project.archived proj_abc123"],
    scopes_of_new_keys: { key_1: ["api.model.read"] },
  },
  async check({ work, server }) {
    server.control.clearRequests();
    work.write("main.tf", 'data "openai_audit_logs" "all" {\n  event_types = ["project.remove"]\n}\n');
    const refused = await work.run(["validate"]);
    assert.equal(refused.code, 1);
    assert.match(unboxed(refused.output), /begin with "project\." are project\.created, project\.updated/);
    assert.equal(server.requests.length, 0);
  },
};
