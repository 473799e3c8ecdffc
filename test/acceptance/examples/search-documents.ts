import assert from "node:assert/strict";
import type { Scenario } from "./scenario.ts";

export const scenario: Scenario = {
  server: { completions: [], visibleAfterMs: 300, readyAfterMs: 600 },
  outputs: {
    indexed: 2,
    failed: [],
    answers: [
      {
        file: "on-call.md",
        texts: ["At night the platform team's rota answers.", "The rota changes each Monday."],
      },
      { file: "releases.md", texts: ["Nothing ships on Fridays."] },
    ],
  },
  async check({ work, server }) {
    const { objects } = server.control;
    const inStore = () => objects.all("vector_stores/{vector_store_id}/files");
    assert.equal(inStore().length, 2);
    work.write("handbook/retro.md", "# Retro\n");
    await work.ok("apply", "-auto-approve");
    assert.equal(inStore().length, 3);
    await work.ok("destroy", "-auto-approve");
    assert.deepEqual([objects.all("files"), objects.all("vector_stores"), inStore()], [[], [], []]);
  },
};
