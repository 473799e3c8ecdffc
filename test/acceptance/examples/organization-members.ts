import assert from "node:assert/strict";
import type { Scenario } from "./scenario.ts";

export const scenario: Scenario = {
  server: { completions: [], lagMs: 300, createdStatus: 201 },
  environment(server) {
    server.control.addObject("organization/users", { id: "user-ada", email: "ada@example.com" });
    server.control.addObject("organization/users", { id: "user-ben", email: "ben@example.com" });
    return { OPENAI_ADMIN_KEY: "sk-admin-example", OPENAI_BASE_URL: server.url };
  },
  variables: () => ({ auditors: ["ada@example.com", "ben@example.com"], newcomers: ["Cleo@example.com"] }),
  outputs: {
    members: ["ada@example.com", "ben@example.com"],
    invites: { "Cleo@example.com": "pending" },
  },
  async check({ work, server }) {
    const { objects } = server.control;
    const paths = [
      "organization/groups",
      "organization/groups/{group_id}/users",
      "organization/groups/{group_id}/roles",
      "organization/users/{user_id}/roles",
      "organization/roles",
    ];
    // With a lag, reads may show for a while what was removed.
    const there = () =>
      paths.map((path) => objects.all(path).filter(({ goneAt }) => goneAt === undefined).length);
    assert.deepEqual(there(), [1, 2, 1, 2, 1]);
    const [invite] = objects.all("organization/invites");
    assert.deepEqual([invite?.body.email, invite?.body.projects], ["cleo@example.com", []]);
    if (invite !== undefined) invite.body.status = "accepted";
    const destroyed = await work.ok("destroy", "-auto-approve");
    assert.match(destroyed.output, /Invite not deleted/);
    assert.deepEqual(there(), [0, 0, 0, 0, 0]);
    assert.equal(objects.all("organization/users").length, 2);
  },
};
