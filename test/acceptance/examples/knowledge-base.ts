import assert from "node:assert/strict";
import type { Scenario } from "./scenario.ts";

export const scenario: Scenario = {
  server: { completions: [], visibleAfterMs: 300, readyAfterMs: 600 },
  outputs: {
    vector_store_id: /^vs_/,
    documents: { "on-call.md": "completed", "releases.md": "completed" },
  },
  async check({ work, server }) {
    const { objects } = server.control;
    const indexed = () =>
      objects.all("vector_stores/{vector_store_id}/files").map(({ body }) => body.attributes);
    assert.deepEqual(
      indexed()
        .map((each) => Reflect.get(Object(each), "path"))
        .sort(),
      ["on-call.md", "releases.md"],
    );
    work.remove("handbook/releases.md");
    work.write("handbook/retro.md", "# Retro\n");
    await work.ok("apply", "-auto-approve");
    assert.deepEqual(
      indexed()
        .map((each) => Reflect.get(Object(each), "path"))
        .sort(),
      ["on-call.md", "retro.md"],
    );
    assert.equal(objects.all("files").length, 2);
    await work.ok("destroy", "-auto-approve");
    assert.deepEqual([objects.all("files"), objects.all("vector_stores"), indexed()], [[], [], []]);
  },
};
