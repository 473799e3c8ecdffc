import assert from "node:assert/strict";
import type { Scenario } from "./scenario.ts";

/** When each kind of object was created, or deleted, by the order of the requests. */
function order(requests: readonly { readonly method: string; readonly path: string }[], method: string) {
  const kinds = requests
    .filter((request) => request.method === method)
    .map(({ path }) => /^\/v1\/(files|responses|vector_stores(?:\/[^/]+\/files)?)/.exec(path)?.[1] ?? path)
    .map((kind) => kind.replace(/\/[^/]+\//, "/ID/"));
  return kinds;
}

export const scenario: Scenario = {
  server: { completions: [], visibleAfterMs: 300, readyAfterMs: 900 },
  outputs: {
    answer: "Echo: Who is on call at the weekend, and since when?",
    cited: ["on-call.md", "releases.md"],
  },
  async check({ work, server }) {
    const created = order(server.requests, "POST");
    assert.equal(created.at(-1), "responses", "the response comes last");
    assert.deepEqual(created.filter((kind) => kind === "files").length, 2);
    assert.ok(created.indexOf("vector_stores/ID/files") > created.lastIndexOf("vector_stores"));
    assert.ok(created.indexOf("vector_stores/ID/files") > created.indexOf("files"));
    server.control.clearRequests();
    await work.ok("destroy", "-auto-approve");
    const deleted = order(server.requests, "DELETE");
    assert.equal(deleted[0], "responses", "the response goes first");
    assert.ok(deleted.indexOf("vector_stores") > deleted.lastIndexOf("vector_stores/ID/files"));
    assert.ok(deleted.lastIndexOf("files") > deleted.indexOf("vector_stores/ID/files"));
    const { objects } = server.control;
    const paths = ["files", "vector_stores", "vector_stores/{vector_store_id}/files", "responses"];
    for (const path of paths) assert.deepEqual(objects.all(path), [], path);
  },
};
