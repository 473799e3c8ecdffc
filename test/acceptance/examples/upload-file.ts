import assert from "node:assert/strict";
import type { Scenario } from "./scenario.ts";

export const scenario: Scenario = {
  needs: ["ephemeral resources", "write-only arguments"],
  variables: () => ({ instructions: "Answer in canary-words." }),
  outputs: {
    notes_id: /^file-/,
    notes_sha256: "afc0dd1c91bfa0f2330d8db1c10c2a94cadfc93bd0b6167c81bdbcaa4857701a",
    names: ["instructions.txt", "notes.txt"],
  },
  async check({ work, server }) {
    assert.ok(!(await work.ok("state", "pull")).stdout.includes("canary-words"));
    const ids = () => server.control.objects.all("files").map(({ id }) => id);
    const before = ids();
    work.write("notes.txt", "Everything ships on Fridays.\n");
    await work.ok("apply", "-auto-approve");
    assert.deepEqual([ids().length, ids().filter((id) => before.includes(id)).length], [2, 1]);
    await work.ok("destroy", "-auto-approve");
    assert.deepEqual(ids(), []);
  },
};
