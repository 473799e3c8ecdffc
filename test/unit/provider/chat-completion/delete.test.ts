import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { created, type } from "./support.ts";

describe("a deletion", { concurrency: 8 }, () => {
  it("is confirmed by a read, and a second one is no error", async (t) => {
    const { session, kept, asked } = await created(t);
    const gone = await session.delete(type, kept);
    assert.deepEqual([gone.titles, gone.kept], [[], null]);
    assert.deepEqual(asked(), ["DELETE /v1/chat/completions/ID", "GET /v1/chat/completions/ID"]);
    assert.deepEqual((await session.delete(type, kept)).titles, []);
  });

  it("waits until the completion is gone", async (t) => {
    const { session, kept } = await created(t, { goneAfterMs: 700 });
    assert.deepEqual((await session.delete(type, kept)).titles, []);
  });

  for (const [what, fault] of [
    ["is said not to have happened", { method: "DELETE", body: { deleted: false } }],
    ["leaves the completion readable", { method: "DELETE", body: { deleted: true } }],
  ] as const) {
    it(`that ${what} is an error, and keeps it in state`, async (t) => {
      const { server, session, kept } = await created(t);
      server.fault(fault);
      const stop = setTimeout(() => session.stop(), 1_500);
      const { titles, kept: left } = await session.delete(type, kept);
      clearTimeout(stop);
      assert.equal(titles.length, 1);
      assert.match(titles[0] ?? "", /^error: /);
      assert.ok(left);
    });
  }

  it("of what another account has is a warning, and leaves the state", async (t) => {
    const { server, session, kept } = await created(t);
    server.fault({ error: "not_found", times: 5, headers: { "openai-project": "proj_other" } });
    const { titles, kept: left } = await session.delete(type, kept);
    assert.deepEqual([titles, left], [["warning: Chat completion may still be stored"], null]);
  });

  it("that fails is an error, and keeps it in state", async (t) => {
    const { server, session, kept } = await created(t);
    server.fault({ error: "server_error", times: 5 });
    const { titles, kept: left } = await session.delete(type, kept);
    assert.deepEqual([titles, left?.state], [["error: API failed"], kept.state]);
  });
});
