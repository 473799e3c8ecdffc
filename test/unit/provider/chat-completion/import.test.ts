import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { keptOf } from "../objects/support.ts";
import { config, created, type } from "./support.ts";

describe("an import", () => {
  it("asks for the completion and its messages, and is is adopted without another request", async (t) => {
    const tools = [{ type: "function", function: { name: "f", parameters_json: '{"type":"object"}' } }];
    const given = { ...config, temperature: 0.5, tools, user: "u" };
    const { session, id, asked } = await created(t, {}, given);
    const imported = keptOf(await session.import(type, id));
    assert.deepEqual(asked(), [
      "GET /v1/chat/completions/ID",
      "GET /v1/chat/completions/ID/messages",
      "GET /v1/chat/completions/ID",
    ]);
    // The alias is written over the version that it stands for, and nothing is asked for that.
    const adopted = keptOf(await session.update(type, imported, given));
    assert.equal(asked().length, 3);
    assert.ok((await session.plan(type, given, adopted)).empty);
  });

  it("takes an alias for the version that it stands for, and pays for nothing", async (t) => {
    const { session, id } = await created(t);
    const imported = keptOf(await session.import(type, id));
    assert.equal(imported.state.model, "gpt-4o-mini-2024-07-18");
    assert.deepEqual((await session.plan(type, config, imported)).replaces, []);
  });

  for (const id of ["", " ", "a/b", ".."]) {
    it(`of ${JSON.stringify(id)} is refused without a request`, async (t) => {
      const { session, asked } = await created(t);
      assert.deepEqual((await session.import(type, id)).titles, ["error: Invalid ID"]);
      assert.deepEqual(asked(), []);
    });
  }

  it("fails where either read fails", async (t) => {
    const { server, session, id } = await created(t);
    for (const path of [id, "/messages"]) {
      server.fault({ path, error: "server_error" });
      assert.deepEqual((await session.import(type, id)).titles, ["error: API failed"]);
    }
    const missing = await session.import(type, "chatcmpl-none");
    assert.deepEqual(missing.titles, ["error: Chat completion not found"]);
  });
});
