import assert from "node:assert/strict";
import { test } from "node:test";
import type { OpenAIServer } from "../../../support/openai-server/server.ts";
import { keptOf, place } from "./support.ts";

const type = "openai_project_service_account";
const given = { project_id: "proj_default", name: "Deployment" };
const at = "organization/projects/{project_id}/service_accounts";

function sent(server: OpenAIServer): unknown[] {
  return server.requests
    .filter(({ method }) => method !== "GET")
    .map(({ method, body }) => (body === "" ? method : JSON.parse(body)));
}

test("an account is created without a key and without a role", async (t) => {
  const { server, session } = await place(t);
  const { state } = keptOf(await session.create(type, given));
  assert.deepEqual(sent(server), [{ name: "Deployment", create_service_account_only: true }]);
  assert.deepEqual([state.role, state.service_account_id], ["none", state.id]);
});

test("a role is set after the creation, changed in place, and not taken away", async (t) => {
  const { server, session } = await place(t);
  const kept = keptOf(await session.create(type, { ...given, role: "owner" }));
  assert.deepEqual(sent(server), [
    { name: "Deployment", create_service_account_only: true },
    { role: "owner" },
  ]);
  assert.equal(server.control.objects.all(at)[0]?.body.role, "owner");
  const read = keptOf(await session.refresh(type, kept));
  assert.ok((await session.plan(type, { ...given, role: "owner" }, read)).empty);
  assert.ok((await session.plan(type, given, read)).empty, "a role that is left out stays");
  server.control.clearRequests();
  const member = keptOf(await session.update(type, read, { ...given, role: "member" }));
  assert.deepEqual([sent(server), member.state.role], [[{ role: "member" }], "member"]);
  const none = await session.plan(type, { ...given, role: "none" }, member);
  assert.deepEqual([none.titles, none.paths], [["error: role cannot be taken away"], ["role"]]);
});

test("a role that could not be set leaves the account in state with its key, and the next plan sets it in place", async (t) => {
  const { server, session } = await place(t);
  const refused = {
    error: { message: "No role.", type: "invalid_request_error", param: "role", code: null },
  };
  const paths = { method: "POST", path: "/service_accounts/user-" };
  server.control.fault({ ...paths, status: 400, body: refused });
  const config = { ...given, role: "owner", api_key: { version: "1" } };
  const { titles, paths: at, details, kept } = await session.create(type, config);
  // An error would taint it: the next apply would replace it, with its key.
  assert.deepEqual([titles, at], [["warning: Service account without its role"], ["role"]]);
  assert.match(details.join(), /sets the role in place.*No role\./s);
  assert.ok(kept && typeof kept.state.api_key_id === "string", "its key was made");
  const read = keptOf(await session.refresh(type, kept));
  assert.equal(read.state.role, "none");
  const plan = await session.plan(type, config, read);
  assert.deepEqual([plan.replaces, plan.empty], [[], false]);
  const again = keptOf(await session.update(type, read, config));
  assert.deepEqual(
    [again.state.role, again.state.id, again.state.api_key_id],
    ["owner", kept.state.id, kept.state.api_key_id],
  );
  // Of an update it is an error: nothing is tainted by that.
  server.control.fault({ ...paths, status: 400, body: refused });
  const failed = await session.update(type, again, { ...config, role: "member" });
  assert.deepEqual(
    [failed.titles, failed.kept?.state.role],
    [["error: Request refused by the API"], "owner"],
  );
});

test("an imported account without a role has an empty plan", async (t) => {
  const { session } = await place(t);
  const made = keptOf(await session.create(type, given));
  const kept = keptOf(await session.import(type, `proj_default/${made.state.id}`));
  for (const role of [null, "none"]) assert.ok((await session.plan(type, { ...given, role }, kept)).empty);
});

test("the state of openai/openai is read and plans no change", async (t) => {
  const { session } = await place(t);
  const made = keptOf(await session.create(type, given));
  const { id } = made.state;
  const theirs = { ...given, id, service_account_id: id, created_at: made.state.created_at };
  const kept = await session.stored(type, theirs, given);
  const read = keptOf(await session.refresh(type, kept));
  assert.ok((await session.plan(type, given, read)).empty);
});
