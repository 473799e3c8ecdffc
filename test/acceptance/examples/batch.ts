import assert from "node:assert/strict";
import type { Scenario } from "./scenario.ts";

export const scenario: Scenario = {
  needs: ["provider functions"],
  server: { completions: [], visibleAfterMs: 200, readyAfterMs: 1_500 },
  outputs: { answers: { danube: "Answer to danube", dnipro: "Answer to dnipro" }, failed: {} },
  async check({ work, server, applied }) {
    assert.match(applied, /Creating this batch is paid for/);
    const posts = () =>
      server.requests.filter(({ method, path }) => method === "POST" && path === "/v1/batches");
    await work.ok("apply", "-auto-approve");
    assert.equal(posts().length, 1, "nothing is bought twice");
    await work.ok("destroy", "-auto-approve");
    const names = server.control.objects.all("files").map(({ body }) => body.filename);
    assert.deepEqual([names.length, names.includes("requests.jsonl")], [1, false], "the results stay");
    assert.ok(!server.requests.some(({ path }) => path.endsWith("/cancel")), "it has ended");
  },
};
