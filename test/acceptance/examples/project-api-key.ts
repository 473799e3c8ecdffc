import assert from "node:assert/strict";
import type { Scenario } from "./scenario.ts";

const keys = "organization/projects/{project_id}/api_keys";
const parents = { project_id: "proj_abc123" };

export const scenario: Scenario = {
  server: { completions: [] },
  environment(server) {
    const { objects } = server.control;
    server.control.addObject("organization/projects", { id: parents.project_id });
    server.control.addObject(keys, { id: "key_abc123" }, parents);
    server.control.addObject(keys, { id: "key_old", owner_project_access: "inactive" }, parents);
    assert.equal(objects.all(keys).length, 2);
    return { OPENAI_ADMIN_KEY: "sk-admin-example", OPENAI_BASE_URL: server.url };
  },
  outputs: { expires_at: /^20\d\d-\d\d-\d\dT/, left_over: ["key_old"] },
  async check({ work, server }) {
    const key = () => server.control.objects.peek(keys, "key_abc123");
    assert.deepEqual(key()?.body.scopes, ["api.files.read", "api.model.request"]);
    const posts = server.requests.filter(({ method }) => method === "POST");
    assert.equal(posts.length, 1, "both are sent together");
    const destroyed = await work.run(["destroy", "-auto-approve"]);
    assert.equal(destroyed.code, 0, destroyed.output);
    assert.match(destroyed.output, /API key is deleted/);
    assert.equal(key(), undefined);
  },
};
