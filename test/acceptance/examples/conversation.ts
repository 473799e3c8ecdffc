import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Scenario } from "./scenario.ts";

export const scenario: Scenario = {
  outputs: {
    said: ["developer: Answer in one sentence.", "user: How do I reset my password?"],
    first_item: "input_text",
  },
  async check({ work, server }) {
    const all = () => server.control.objects.all("conversations");
    const [before] = all();
    const text = readFileSync(join(work.folder, "main.tf"), "utf8");
    work.write("main.tf", text.replace('team = "support"', 'team = "help"'));
    await work.ok("apply", "-auto-approve");
    assert.deepEqual(
      all().map(({ id, body }) => [id, body.metadata]),
      [[before?.id, { team: "help" }]],
    );
    await work.ok("destroy", "-auto-approve");
    assert.deepEqual(all(), []);
  },
};
