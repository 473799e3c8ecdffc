import assert from "node:assert/strict";
import { test } from "node:test";
import type { Given } from "../../../support/provider-session.ts";
import { keptOf, place } from "./support.ts";

const project = { project_id: "proj_default" };
const email = {
  threshold_amount: 5000,
  currency: "USD",
  interval: "month",
  notification_channel_type: "email",
  notification_channel_recipients: ["costs@example.com"],
};

test("an alert is changed with all that it has, and a prefix that is taken away is null", async (t) => {
  const { server, session } = await place(t);
  const given = { ...project, ...email, notification_channel_subject_prefix: "[Website]" };
  const kept = keptOf(await session.create("openai_project_spend_alert", given));
  server.control.clearRequests();
  await session.update("openai_project_spend_alert", kept, { ...project, ...email, threshold_amount: 7000 });
  assert.deepEqual(JSON.parse(server.requests[0]?.body ?? ""), {
    threshold_amount: 7000,
    currency: "USD",
    interval: "month",
    notification_channel: { type: "email", recipients: ["costs@example.com"], subject_prefix: null },
  });
});

test("a recipient that is no address, and a list without one, are errors on the argument", async (t) => {
  const { session } = await place(t);
  for (const recipients of [[], ["costs"], ["costs@example.com", "a b@example.com"]]) {
    const given = { ...project, ...email, notification_channel_recipients: recipients };
    const { paths, titles } = session.validate("openai_project_spend_alert", given);
    assert.equal(titles.length, 1, recipients.join());
    assert.match(paths[0] ?? "", /^notification_channel_recipients/);
  }
});

test("models in another order are no change", async (t) => {
  const { session } = await place(t);
  const given = { ...project, mode: "allow_list", model_ids: ["gpt-5.6-sol", "gpt-6-luna"] };
  const kept = keptOf(await session.create("openai_project_model_permissions", given));
  const other = { ...given, model_ids: ["gpt-6-luna", "gpt-5.6-sol"] };
  assert.ok((await session.plan("openai_project_model_permissions", other, kept)).empty);
  const none = { ...given, model_ids: [] };
  const updated = keptOf(await session.update("openai_project_model_permissions", kept, none));
  assert.deepEqual(updated.state.model_ids, [], "an empty list is kept apart from no list");
});

test("an import finds the role that a group has its access by, without what binds it to the project", async (t) => {
  const { server, session } = await place(t);
  const given = { ...project, group_id: "group_1", role: "role-api-project-member" };
  keptOf(await session.create("openai_project_group", given));
  server.control.clearRequests();
  const imported = keptOf(await session.import("openai_project_group", "proj_default/group_1"));
  assert.equal(imported.state.role, "role-api-project-member");
  assert.ok((await session.plan("openai_project_group", { ...given, role: "member" }, imported)).empty);
});

test("an import of a group may name its role, as openai/openai documents it", async (t) => {
  const { session } = await place(t);
  const given = { ...project, group_id: "group_1", role: "role-api-project-member" };
  keptOf(await session.create("openai_project_group", given));
  const id = "proj_default/group_1/role-api-project-member";
  const imported = keptOf(await session.import("openai_project_group", id));
  assert.deepEqual([imported.state.id, imported.state.role], ["group_1", given.role]);
  assert.ok((await session.plan("openai_project_group", given, imported)).empty);
  const more = await session.import("openai_project_group", `${id}/more`);
  assert.deepEqual(more.titles, ["error: Invalid ID"]);
});

test("a destroy sets the retention of a project back to the organization's", async (t) => {
  const { server, session } = await place(t);
  const kept = keptOf(await session.create("openai_project_data_retention", { ...project, type: "none" }));
  server.control.clearRequests();
  assert.equal((await session.delete("openai_project_data_retention", kept)).kept, null);
  assert.deepEqual(
    server.requests.map(({ method, body }) => [method, JSON.parse(body)]),
    [["POST", { retention_type: "organization_default" }]],
  );
});

/** Configurations of openai/openai's resources, and whether their states have `id`. */
const states: readonly [type: string, config: Given, hasId: boolean][] = [
  ["openai_project_role", { ...project, role_name: "Reviewer", permissions: ["api.files.read"] }, true],
  ["openai_project_spend_alert", { ...project, ...email }, true],
  ["openai_project_model_permissions", { ...project, mode: "allow_list", model_ids: ["gpt-5.6-sol"] }, false],
  ["openai_project_data_retention", { ...project, type: "none" }, false],
  ["openai_project_group", { ...project, group_id: "group_1", role: "role_1" }, false],
  ["openai_project_group_role", { ...project, group_id: "group_1", role_id: "role_1" }, false],
  ["openai_project_user_role", { ...project, user_id: "user-1", role_id: "role_1" }, false],
];

for (const [type, config, hasId] of states)
  test(`a state of openai/openai's ${type} is taken over, and planned without a change`, async (t) => {
    const { session } = await place(t);
    const kept = keptOf(await session.create(type, config));
    const { timeouts: _, id, ...theirs } = kept.state;
    const taken = await session.stored(type, hasId ? { ...theirs, id } : theirs, config);
    const read = keptOf(await session.refresh(type, taken));
    assert.equal(read.state.id, id);
    assert.ok((await session.plan(type, config, read)).empty);
  });
