import assert from "node:assert/strict";
import { unboxed } from "../../support/terraform.ts";
import type { Scenario } from "./scenario.ts";

const platform = { metadata: { team: "platform" } };

export const scenario: Scenario = {
  needs: ["actions"],
  server: {
    completions: [
      { id: "chatcmpl-1", view: platform },
      { id: "chatcmpl-2", view: platform },
      { id: "chatcmpl-3" },
    ],
  },
  variables: () => ({ review: "2026-11" }),
  outputs: { review: "2026-11" },
  async check({ work, server, applied }) {
    assert.match(applied, /2 of 2 stored completions tagged, 0 left/);
    const updates = server.requests.filter(({ method }) => method === "POST");
    assert.deepEqual(
      updates.map(({ body }) => JSON.parse(body).metadata),
      Array.from({ length: 2 }, () => ({ team: "platform", review: "2026-11" })),
    );
    const again = await work.ok("apply", "-auto-approve", "-invoke=action.openai_chat_completion_tag.review");
    assert.match(unboxed(again.output), /2 more have this metadata already/);
    assert.equal(server.requests.filter(({ method }) => method === "POST").length, 2);
  },
};
