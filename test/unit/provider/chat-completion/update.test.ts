import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { isUnknown } from "../../../../src/cty/index.ts";
import type { Outcome } from "../../../support/provider-session.ts";
import { keptOf } from "../objects/support.ts";
import { config, created, type } from "./support.ts";

const changed = { ...config, metadata: { team: "web", tier: "1" } };

describe("an update", () => {
  it("sends the metadata as a whole and reads it back", async (t) => {
    const { server, session, kept, asked } = await created(t);
    const updated = keptOf(await session.update(type, kept, changed));
    assert.deepEqual(asked(), ["POST /v1/chat/completions/ID", "GET /v1/chat/completions/ID"]);
    assert.equal(server.requests[0]?.body, '{"metadata":{"team":"web","tier":"1"}}');
    assert.deepEqual(updated.state.choices, kept.state.choices);
    assert.ok((await session.plan(type, changed, updated)).empty);
  });

  it("leaves unknown what is stored of the metadata, and nothing else", async (t) => {
    const { session, kept } = await created(t);
    const { planned } = await session.plan(type, changed, kept);
    const stored = planned.stored;
    assert.ok(typeof stored === "object" && stored !== null && "metadata" in stored);
    assert.ok(isUnknown(stored.metadata));
    assert.deepEqual({ ...stored, metadata: 0 }, { ...Object(kept.state.stored), metadata: 0 });
    assert.deepEqual(planned.choices, kept.state.choices);
  });

  for (const given of [{ timeouts: { read: "1m" } }, { on_expiry: "keep" }, { store: true }]) {
    it(`of ${Object.keys(given)} alone asks nothing`, async (t) => {
      const { session, kept, asked } = await created(t);
      keptOf(await session.update(type, kept, { ...config, ...given }));
      assert.deepEqual(asked(), []);
    });
  }

  it("of what says nothing, in the place of what was left out, asks nothing", async (t) => {
    const bare = { model: "gpt-4o-mini", messages: config.messages };
    const { session, kept, asked } = await created(t, {}, bare);
    const nothing = { ...bare, metadata: {}, logit_bias: {}, extra_body_json: "{}" };
    const changed = keptOf(await session.update(type, kept, nothing));
    assert.deepEqual(asked(), []);
    assert.ok((await session.plan(type, nothing, changed)).empty);
    assert.deepEqual((await session.plan(type, bare, changed)).replaces, []);
  });

  it("that needs another completion says that it is paid for, and no other one does", async (t) => {
    const { session, kept } = await created(t);
    const other = await session.plan(type, { ...config, messages: [{ role: "user", content: "Bye" }] }, kept);
    assert.deepEqual(other.titles, ["warning: Creating this chat completion is paid for"]);
    assert.equal(other.replaces.length > 0, true);
    assert.deepEqual((await session.plan(type, changed, kept)).titles, []);
  });

  it("is sent again after a failure that may pass, since it does the same a second time", async (t) => {
    const { server, session, kept, asked } = await created(t);
    server.fault({ method: "POST", error: "rate_limit", headers: { "retry-after-ms": "10" } });
    keptOf(await session.update(type, kept, changed));
    assert.equal(asked().filter((each) => each.startsWith("POST")).length, 2);
  });

  it("that takes the metadata away sends an empty object", async (t) => {
    const { server, session, kept } = await created(t);
    const { model, messages } = config;
    const updated = keptOf(await session.update(type, kept, { model, messages }));
    assert.equal(server.requests[0]?.body, '{"metadata":{}}');
    assert.ok((await session.plan(type, { model, messages }, updated)).empty);
  });

  it("is an error where a removed key survives, and the state has what the API has", async (t) => {
    const { session, kept, asked } = await created(t, { metadataUpdate: "merge" });
    const {
      titles,
      paths,
      kept: left,
    } = await session.update(type, kept, { ...config, metadata: { a: "1" } });
    assert.deepEqual([titles, paths], [["error: Removed metadata survived"], ["metadata"]]);
    assert.deepEqual(metadataOf(left), [
      ["a", "1"],
      ["team", "docs"],
    ]);
    assert.equal(asked().length, 2, "the answer to the update says it already: nothing is waited for");
  });

  it("of what cannot be found by another account is in state only, with a warning", async (t) => {
    const { server, session, kept } = await created(t);
    server.fault({ error: "not_found", times: 5, headers: { "openai-project": "proj_other" } });
    const { titles, kept: left } = await session.update(type, kept, changed);
    assert.deepEqual(titles, ["warning: Metadata changed in state only"]);
    assert.equal(metadataOf(left)[0]?.[1], "web");
  });

  it("that is refused points at the key that is refused, and changes nothing", async (t) => {
    const { server, session, kept } = await created(t);
    const error = { message: "no", type: "invalid_request_error", param: "metadata.tier", code: null };
    server.fault({ method: "POST", status: 400, body: { error } });
    const { paths, kept: left } = await session.update(type, kept, changed);
    assert.deepEqual([paths, left?.state], [['metadata["tier"]'], kept.state]);
  });
});

function metadataOf(kept: Outcome["kept"]): (readonly [string, unknown])[] {
  const metadata = kept?.state.metadata;
  return metadata instanceof Map ? [...metadata].sort() : [];
}
