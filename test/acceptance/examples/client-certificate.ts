import assert from "node:assert/strict";
import type { Scenario } from "./scenario.ts";

export const scenario: Scenario = {
  server: { completions: [] },
  environment: (server) => ({ OPENAI_ADMIN_KEY: "sk-admin-example", OPENAI_BASE_URL: server.url }),
  variables: () => ({
    certificate: "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n",
    project_id: "proj_default",
  }),
  outputs: { active: { Gateway: true } },
  async check({ work, server }) {
    const { objects } = server.control;
    const active = () =>
      ["organization/certificates", "organization/projects/{project_id}/certificates"].map(
        (path) => objects.all(path)[0]?.body.active,
      );
    assert.deepEqual(active(), [true, true]);
    await work.ok("apply", "-auto-approve", "-destroy", "-target=openai_project_certificate.gateway");
    assert.deepEqual(active(), [true, false]);
    await work.ok("destroy", "-auto-approve");
    assert.deepEqual(objects.all("organization/certificates"), []);
  },
};
