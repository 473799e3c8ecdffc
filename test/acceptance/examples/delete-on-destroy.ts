import assert from "node:assert/strict";
import type { Scenario } from "./scenario.ts";

const preview = { metadata: { environment: "preview" } };

export const scenario: Scenario = {
  needs: ["actions at a destruction"],
  server: {
    completions: [
      { id: "chatcmpl-1", view: preview },
      { id: "chatcmpl-2", view: preview },
      { id: "chatcmpl-3", view: { metadata: { environment: "production" } } },
    ],
  },
  variables: () => ({ environment: "preview" }),
  outputs: { environment: "preview" },
  async check({ work, server }) {
    assert.deepEqual(server.requests, [], "to create it deletes nothing");
    server.fault({ method: "DELETE", id: "chatcmpl-2", status: 400, body: { error: { message: "No." } } });
    assert.match(await work.fails("destroy", "-auto-approve"), /1 of 2 stored completions not deleted/);
    assert.match((await work.ok("state", "list")).stdout, /terraform_data\.environment/);
    const { output } = await work.ok("destroy", "-auto-approve");
    assert.match(output, /1 of 1 stored completion deleted, 0 left/);
    assert.deepEqual(server.control.ids(), ["chatcmpl-3"]);
  },
};
