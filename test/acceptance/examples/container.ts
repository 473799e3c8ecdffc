import assert from "node:assert/strict";
import type { Scenario } from "./scenario.ts";

export const scenario: Scenario = {
  outputs: { path: /^\/mnt\/data\/.*sales\.csv$/, files: 1, rows: 2 },
  async check({ work, server }) {
    const { objects } = server.control;
    const [before] = objects.all("containers");
    server.control.changeObject("containers", before?.id ?? "", { status: "expired" });
    await work.ok("apply", "-auto-approve");
    const running = objects.all("containers").filter(({ body }) => body.status === "running");
    assert.equal(running.length, 1);
    assert.notEqual(running[0]?.id, before?.id);
    assert.equal(objects.all("containers/{container_id}/files").at(-1)?.parents.container_id, running[0]?.id);
    assert.equal((await work.run(["plan", "-detailed-exitcode"])).code, 0);
    await work.ok("destroy", "-auto-approve");
    assert.deepEqual(
      objects.all("containers").map(({ id }) => id),
      [before?.id],
    );
  },
};
