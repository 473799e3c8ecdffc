import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { UNKNOWN } from "../../../../src/cty/index.ts";
import type { OpenAIServer } from "../../../support/openai-server/server.ts";
import type { Kept } from "../../../support/provider-session.ts";
import { alive, keys, type } from "./service-account-support.ts";
import { keptOf, place } from "./support.ts";

const given = { project_id: "proj_default", name: "Deployment", api_key: { version: "1" } };
const none = { api_key: null, api_key_id: null, api_key_value: null, encrypted_value: null };

/** The requests for keys, as "METHOD path?query" below the project. */
function asked(server: OpenAIServer): string[] {
  return server.requests
    .filter(({ path }) => path.includes("/api_keys"))
    .map(({ method, path, query }) => {
      const access = query.get("owner_project_access");
      return `${method} ${path.split("proj_default/")[1]}${access === null ? "" : ` ${access}`}`;
    });
}

describe("the key of a service account that is read", { concurrency: 8 }, () => {
  it("a key that was deleted elsewhere is missing after a refresh, and the next apply makes one key", async (t) => {
    const { server, session } = await place(t);
    const kept = keptOf(await session.refresh(type, keptOf(await session.create(type, given))));
    assert.ok((await session.plan(type, given, kept)).empty);
    server.control.forgetObject(keys, String(kept.state.api_key_id));
    const read = keptOf(await session.refresh(type, kept));
    assert.deepEqual({ ...read.state }, { ...kept.state, ...none, api_key_expires_at: null });
    const plan = await session.plan(type, given, read);
    assert.deepEqual([plan.replaces, plan.planned?.api_key_id], [[], UNKNOWN]);
    server.control.clearRequests();
    const made = keptOf(await session.update(type, read, given));
    assert.deepEqual(asked(server), [`POST service_accounts/${kept.state.id}/api_keys`]);
    assert.deepEqual(alive(server), [made.state.api_key_id]);
    assert.ok((await session.plan(type, given, keptOf(await session.refresh(type, made)))).empty);
    // Without the argument nothing is to be made.
    const without = { project_id: given.project_id, name: given.name };
    const taken = keptOf(await session.update(type, read, without));
    assert.equal(taken.state.api_key_id, null);
    assert.deepEqual(alive(server), [made.state.api_key_id]);
  });

  it("a key that has expired is missing after a refresh, and goes once there is another one", async (t) => {
    const { server, session } = await place(t);
    const config = { ...given, api_key: { expires_in_seconds: 3600 } };
    const made = keptOf(await session.create(type, config));
    const state: Kept["state"] = { ...made.state, api_key_expires_at: 1_700_000_000 };
    const kept = { ...made, state };
    server.control.clearRequests();
    const read = keptOf(await session.refresh(type, kept));
    assert.deepEqual({ ...read.state }, { ...kept.state, ...none, api_key_id: kept.state.api_key_id });
    assert.deepEqual(asked(server), [], "its end is known");
    const again = keptOf(await session.refresh(type, read));
    assert.deepEqual(again.state, read.state);
    const renewed = keptOf(await session.update(type, again, config));
    assert.deepEqual(asked(server), [
      `POST service_accounts/${kept.state.id}/api_keys`,
      `DELETE api_keys/${kept.state.api_key_id}`,
    ]);
    assert.deepEqual(alive(server), [renewed.state.api_key_id]);
    // That an expired key cannot be deleted is no danger.
    const old = { ...read, state: { ...read.state } };
    server.control.fault({ method: "DELETE", path: "/api_keys/", status: 400, body: { error: {} } });
    assert.deepEqual((await session.update(type, old, config)).titles, []);
  });

  it("a key that cannot be read yet is no drift, whether it came with the account or in place of another one", async (t) => {
    const { session } = await place(t, { visibleAfterMs: 900 });
    const kept = keptOf(await session.create(type, given));
    const read = keptOf(await session.refresh(type, kept));
    assert.deepEqual(read.state, kept.state);
    const next = { ...given, api_key: { version: "2" } };
    const rotated = keptOf(await session.update(type, read, next));
    const seen = keptOf(await session.refresh(type, rotated));
    assert.deepEqual(seen.state, rotated.state);
    assert.ok((await session.plan(type, next, seen)).empty);
  });

  it("the keys of all accounts of a project are read once, the hidden ones too, and none where there is no key", async (t) => {
    const { server, session } = await place(t);
    const accounts = [];
    for (const name of ["a", "b", "c"]) accounts.push(keptOf(await session.create(type, { ...given, name })));
    const without = keptOf(await session.create(type, { ...given, api_key: null }));
    const { id } = without.state;
    const theirs = { ...without.state, api_key_id: "key_theirs", api_key_value: "sk-theirs", id: String(id) };
    server.control.clearRequests();
    // A session of its own, as a plan is: what was written is written.
    const plan = session.with({});
    for (const kept of [{ ...without, state: theirs }, without])
      assert.deepEqual({ ...keptOf(await plan.refresh(type, kept)).state }, { ...kept.state });
    assert.deepEqual(asked(server), []);
    const read = await Promise.all(accounts.map((kept) => plan.refresh(type, kept)));
    for (const [index, outcome] of read.entries())
      assert.deepEqual(keptOf(outcome).state, accounts[index]?.state);
    assert.deepEqual(asked(server), ["GET api_keys any"]);
  });

  it("a key that cannot be asked for stays: with a warning where it is forbidden, with an error where the API fails", async (t) => {
    const { server, session } = await place(t);
    const kept = keptOf(await session.create(type, given));
    const refusals = [
      [{ error: "missing_scopes_403" }, "warning: API key not checked"],
      [{ status: 403, body: { error: { message: "No." } } }, "warning: API key not checked"],
      [{ status: 500, body: "" }, "error: API failed"],
    ] as const;
    for (const [refusal, title] of refusals) {
      const over = server.control.fault({ method: "GET", path: "/api_keys", times: "always", ...refusal });
      const read = await session.refresh(type, kept);
      over();
      assert.deepEqual(read.titles, [title]);
      assert.deepEqual(read.kept?.state, kept.state);
    }
  });
});
