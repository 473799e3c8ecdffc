import assert from "node:assert/strict";
import { test } from "node:test";
import { keyValue } from "../../../support/openai-server/objects/key-kinds.ts";
import { keptOf, place } from "./support.ts";

const project = { project_id: "proj_default" };

test("the keys of a project are read with their owners, and without their values", async (t) => {
  const { server, session } = await place(t);
  const account = { ...project, name: "Deployment", api_key: { expires_in_seconds: 3600 } };
  const { state } = keptOf(await session.create("openai_project_service_account", account));
  const api_key_id = String(state.api_key_id);
  server.control.clearRequests();
  const one = keptOf(await session.read("openai_project_api_key", { ...project, api_key_id }));
  assert.deepEqual([one.state.id, one.state.expires_at], [api_key_id, state.api_key_expires_at]);
  assert.match(JSON.stringify(one.state.owner, numbers), /"service_account":\{[^}]*"Deployment"/);
  const all = keptOf(
    await session.read("openai_project_api_keys", { ...project, owner_project_access: "any" }),
  );
  assert.deepEqual(all.state.ids, [api_key_id]);
  assert.equal(server.requests.at(-1)?.query.get("owner_project_access"), "any");
  for (const read of [one, all])
    assert.ok(!JSON.stringify(read.state, numbers).includes(keyValue(api_key_id)));
});

test("a key that was deleted is an error on its argument", async (t) => {
  const { session } = await place(t);
  const read = await session.read("openai_project_api_key", { ...project, api_key_id: "key_none" });
  assert.deepEqual([read.titles.length, read.paths], [1, ["api_key_id"]]);
});

const numbers = (_: string, value: unknown) => (typeof value === "bigint" ? String(value) : value);
