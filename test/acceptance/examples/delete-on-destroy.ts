import assert from "node:assert/strict";
import { unboxed } from "../../support/terraform.ts";
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
    const { output } = await work.ok("destroy", "-auto-approve");
    assert.match(unboxed(output), /Warning: 1 of 2 stored completions not deleted .* chatcmpl-2: No\./);
    assert.match(output, /1 of 2 stored completions deleted, 1 left/);
    assert.deepEqual(server.control.ids(), ["chatcmpl-2", "chatcmpl-3"]);
    await work.ok("apply", "-auto-approve");
    await work.ok("destroy", "-auto-approve");
    assert.deepEqual(server.control.ids(), ["chatcmpl-3"]);
  },
};
