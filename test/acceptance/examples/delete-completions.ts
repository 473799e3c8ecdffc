import assert from "node:assert/strict";
import { unboxed } from "../../support/terraform.ts";
import type { Scenario } from "./scenario.ts";

const colours = { metadata: { experiment: "colours" } };

export const scenario: Scenario = {
  needs: ["actions"],
  server: {
    completions: [
      { id: "chatcmpl-1", view: colours },
      { id: "chatcmpl-2", view: colours },
      { id: "chatcmpl-3", view: { metadata: { experiment: "shapes" } } },
    ],
  },
  variables: () => ({ experiment: "colours" }),
  outputs: { ended: "colours" },
  async check({ work, server, applied }) {
    assert.match(unboxed(applied), /2 stored completions to be deleted.*chatcmpl-1, chatcmpl-2/);
    assert.match(applied, /2 of 2 stored completions deleted, 0 left/);
    assert.deepEqual(server.control.ids(), ["chatcmpl-3"]);
    server.control.seed({ id: "chatcmpl-4", view: colours });
    const invoke = "-invoke=action.openai_chat_completion_delete.experiment";
    await work.ok("plan", invoke);
    assert.deepEqual(server.control.ids(), ["chatcmpl-3", "chatcmpl-4"]);
    assert.match(
      (await work.ok("apply", "-auto-approve", invoke)).output,
      /1 of 1 stored completion deleted/,
    );
    assert.deepEqual(server.control.ids(), ["chatcmpl-3"]);
    await work.ok("destroy", "-auto-approve");
  },
};
