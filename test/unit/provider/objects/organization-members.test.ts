import assert from "node:assert/strict";
import { test } from "node:test";
import type { OpenAIServer } from "../../../support/openai-server/server.ts";
import { keptOf, place } from "./support.ts";

const users = "organization/users";
const pem = "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n";

function asked(server: OpenAIServer): string[] {
  return server.requests.map(({ method, path }) => `${method} ${path.replace("/v1/organization/", "")}`);
}

test("a user cannot be created: the plan says so, with the import that takes one into state", async (t) => {
  const { server, session } = await place(t);
  server.control.addObject(users, { id: "user-1", role: "reader" });
  const plan = await session.plan("openai_organization_user", { role: "owner" });
  assert.deepEqual(plan.titles, ["error: Organization user cannot be created"]);
  assert.match(
    plan.details.join(),
    /import \{\n {4}to = openai_organization_user\.example\n {4}id = "user-abc123"\n {2}\}\n\nIf it does not exist: openai_invite/,
  );
  const imported = keptOf(await session.import("openai_organization_user", "user-1"));
  assert.deepEqual([imported.state.user_id, imported.state.role], ["user-1", "reader"]);
  assert.ok((await session.plan("openai_organization_user", {}, imported)).empty, "left out means as it is");
  const kept = keptOf(await session.update("openai_organization_user", imported, { role: "owner" }));
  assert.equal(server.control.objects.peek(users, "user-1")?.body.role, "owner");
  assert.ok((await session.plan("openai_organization_user", { role: "owner" }, kept)).empty);
});

test("the last owner is neither removed nor made anything else, and nothing is sent", async (t) => {
  const { server, session } = await place(t);
  server.control.addObject(users, { id: "user-1", role: "owner" });
  server.control.addObject(users, { id: "user-2", role: "reader" });
  const name = "openai_organization_user";
  const kept = keptOf(await session.import(name, "user-1"));
  const said = await session.planDestroy(name, kept);
  assert.deepEqual(said.titles, ["warning: User is removed from the organization"]);
  for (const run of [
    () => session.delete(name, kept),
    () => session.update(name, kept, { role: "reader" }),
  ]) {
    server.control.clearRequests();
    const refused = await run();
    assert.deepEqual([refused.titles, refused.paths], [["error: Last owner of the organization"], ["role"]]);
    // Terraform names no resource beside the error of a destroy.
    assert.match(refused.details.join(), /The user "user-1" is the only owner/);
    assert.ok(server.requests.every(({ method }) => method === "GET"));
    assert.deepEqual(refused.kept?.state, kept.state);
  }
  server.control.changeObject(users, "user-2", { role: "owner" });
  const reader = keptOf(await session.update(name, kept, { role: "reader" }));
  assert.equal((await session.delete(name, reader)).kept, null);
});

/** The admin key in use, of a user, among others; their ends are what the API shows. */
function keysOf(server: OpenAIServer, owner: string): void {
  const at = "organization/admin_api_keys";
  server.control.addObject(at, { id: "key_1", redacted_value: "sk-admin...def", owner: { id: "user-2" } });
  server.control.addObject(at, { id: "key_2", redacted_value: "sk-admin**test", owner: { id: owner } });
}

test("the user whom the admin key belongs to is not removed from the organization, and nothing is sent", async (t) => {
  const { server, session } = await place(t);
  const name = "openai_organization_user";
  for (const id of ["user-1", "user-2"]) server.control.addObject(users, { id, role: "owner" });
  keysOf(server, "user-1");
  const own = keptOf(await session.import(name, "user-1"));
  server.control.clearRequests();
  const refused = await session.delete(name, own);
  assert.deepEqual([refused.titles, refused.paths], [["error: User of the admin key in use"], ["user_id"]]);
  assert.match(
    refused.details.join(),
    /"user-1", who would be removed from the organization: nothing was sent/,
  );
  assert.ok(server.requests.every(({ method }) => method === "GET"));
  assert.deepEqual(refused.kept?.state, own.state);
  // Another one is, and a role of one's own may be changed while somebody else is an owner.
  const other = keptOf(await session.import(name, "user-2"));
  assert.equal((await session.delete(name, other)).kept, null);
  assert.deepEqual((await session.update(name, own, { technical_level: "high" })).titles, []);
});

test("where the API does not say whose the admin key is, a user is removed as before", async (t) => {
  const { server, session } = await place(t);
  const name = "openai_organization_user";
  for (const [status, body] of [
    [403, { error: { message: "Missing scopes: api.admin_api_keys.read" } }],
    [404, { error: { message: "Invalid URL", type: "invalid_request_error" } }],
    [200, { object: "list", data: [{ redacted_value: "sk-admin...est", owner: null }, 7], has_more: false }],
    [200, { object: "list", data: [{ redacted_value: "...", owner: { id: "user-3" } }], has_more: false }],
  ] as const) {
    server.control.reset();
    for (const id of ["user-3", "user-4"]) {
      server.control.forgetObject(users, id);
      server.control.addObject(users, { id, role: "owner" });
    }
    const kept = keptOf(await session.import(name, "user-3"));
    server.fault({ path: "/v1/organization/admin_api_keys", status, body, times: "always" });
    const removed = await session.delete(name, kept);
    assert.deepEqual([removed.titles, removed.kept], [[], null], JSON.stringify(body));
  }
});

test("the keys are read once for many users that are removed", async (t) => {
  const { server, session } = await place(t);
  const name = "openai_organization_user";
  keysOf(server, "user-1");
  const ids = ["user-5", "user-6", "user-7"];
  for (const id of ids) server.control.addObject(users, { id, role: "reader" });
  const all = [];
  for (const id of ids) all.push(keptOf(await session.import(name, id)));
  server.control.clearRequests();
  await Promise.all(all.map((kept) => session.delete(name, kept)));
  const lists = server.requests.filter(({ path }) => path.endsWith("/admin_api_keys"));
  assert.equal(lists.length, 1);
});

test("an owner of a project whom the admin key belongs to is not removed from it, and a member is", async (t) => {
  const { server, session } = await place(t);
  const name = "openai_project_user";
  keysOf(server, "user-ada");
  const given = { project_id: "proj_default", user_id: "user-ada", role: "owner" };
  const owner = keptOf(await session.create(name, given));
  const refused = await session.delete(name, owner);
  assert.deepEqual([refused.titles, refused.paths], [["error: User of the admin key in use"], ["user_id"]]);
  const member = keptOf(await session.update(name, owner, { ...given, role: "member" }));
  assert.equal((await session.delete(name, member)).kept, null);
});

test("user_id and email may both be written of one user, and of two it is an error before anything is sent", async (t) => {
  const { server, session } = await place(t);
  const name = "openai_project_user";
  server.control.addObject(users, { id: "user-8", email: "eve@example.com" });
  const given = { project_id: "proj_default", user_id: "user-8", role: "member" };
  const wrong = await session.create(name, { ...given, email: "ben@example.com" });
  assert.deepEqual([wrong.titles, wrong.paths], [["error: user_id and email name two users"], ["email"]]);
  assert.ok(server.requests.every(({ method }) => method === "GET"));
  const both = { ...given, email: "Eve@example.com" };
  const kept = keptOf(await session.create(name, both));
  server.control.clearRequests();
  // What one of them names is not looked up.
  await session.create(name, { project_id: "proj_default", user_id: "user-9", role: "member" });
  await session.create(name, { project_id: "proj_default", email: "a@example.com", role: "member" });
  assert.deepEqual(
    server.requests.map(({ method }) => method),
    ["POST", "POST"],
  );
  assert.equal(kept.state.email, "Eve@example.com");
  // Where the address cannot be read, the API decides.
  server.fault({ method: "GET", path: "/v1/organization/users/user-8", status: 403, body: {} });
  const other = await session.create(name, { ...both, project_id: "proj_default" });
  assert.deepEqual(other.titles, []);
});

test("a role that is none of the API's is warned of on its argument, and a role's ID is not", async (t) => {
  const { session } = await place(t);
  const project_id = "proj_default";
  for (const [name, given, ...words] of [
    ["openai_project_user", { project_id, user_id: "user-ada" }, "owner", "member"],
    ["openai_project_group", { project_id, group_id: "group_1" }, "owner", "member"],
    ["openai_organization_user", {}, "owner", "reader"],
  ] as const) {
    const odd = session.validate(name, { ...given, role: "boss" });
    assert.deepEqual([odd.titles, odd.paths], [["warning: Role may not exist"], ["role"]], name);
    for (const word of words) assert.match(odd.details.join(), new RegExp(`"${word}"`));
    const own = ["role_abc123", "role-api-project-viewer__api-project__proj_1"];
    for (const role of [...words, ...own])
      assert.deepEqual(session.validate(name, { ...given, role }).titles, [], `${name} ${role}`);
  }
});

test("what is no email address is an error on its argument", async (t) => {
  const { server, session } = await place(t);
  const member = { project_id: "proj_default", role: "member" };
  for (const email of ["ada", "ada@", "@example.com", "ada @example.com"]) {
    for (const [name, given] of [
      ["openai_invite", { email, role: "reader" }],
      ["openai_project_user", { ...member, email }],
    ] as const) {
      const { titles, paths } = await session.create(name, given);
      assert.deepEqual([titles, paths], [['error: Invalid value for "email"'], ["email"]], email);
    }
  }
  assert.deepEqual(server.requests, []);
});

test("an update of a group, whose answer says less, keeps what it does not say", async (t) => {
  const { session } = await place(t);
  const kept = keptOf(await session.create("openai_group", { name: "Auditors" }));
  const updated = keptOf(await session.update("openai_group", kept, { name: "Readers" }));
  assert.deepEqual([updated.state.name, updated.state.group_type], ["Readers", "group"]);
});

test("an invite keeps how its address was written, and none or no projects as they were meant", async (t) => {
  const { server, session } = await place(t);
  const given = { email: "Ada@Example.com", role: "reader" };
  const usual = keptOf(await session.create("openai_invite", given));
  assert.equal(JSON.stringify(usual.state.projects), '[{"id":"proj_default","role":"member"}]');
  assert.ok(
    (await session.plan("openai_invite", given, keptOf(await session.refresh("openai_invite", usual)))).empty,
  );
  const none = { ...given, email: "ben@example.com", projects: [] };
  const kept = keptOf(await session.create("openai_invite", none));
  assert.deepEqual(JSON.parse(server.requests.at(-1)?.body ?? "").projects, []);
  const read = keptOf(await session.refresh("openai_invite", kept));
  assert.deepEqual(read.state.projects, []);
  assert.ok((await session.plan("openai_invite", none, read)).empty);
});

test("an accepted invite cannot be taken back: it leaves the state with a warning, and no other refusal does", async (t) => {
  const { server, session } = await place(t);
  const kept = keptOf(await session.create("openai_invite", { email: "a@b.c", role: "reader" }));
  server.fault({ method: "DELETE", status: 400, body: { error: { message: "no", type: "x", code: null } } });
  const refused = await session.delete("openai_invite", kept);
  assert.deepEqual(refused.titles, ["error: Request refused by the API"]);
  server.control.changeObject("organization/invites", String(kept.state.id), { status: "accepted" });
  const gone = await session.delete("openai_invite", kept);
  assert.deepEqual([gone.titles, gone.kept], [["warning: Invite not deleted"], null]);
});

test("a certificate is removed with one request, though the answer says it by its type alone", async (t) => {
  const { server, session } = await place(t);
  const kept = keptOf(await session.create("openai_certificate", { certificate: pem }));
  server.control.clearRequests();
  assert.equal((await session.delete("openai_certificate", kept)).kept, null);
  assert.deepEqual(asked(server), [`DELETE certificates/${kept.state.id}`]);
});

test("a certificate is imported with its content, which a file with other line breaks does not change", async (t) => {
  const { session } = await place(t);
  const kept = keptOf(await session.create("openai_certificate", { certificate: pem }));
  const imported = keptOf(await session.import("openai_certificate", String(kept.state.id)));
  assert.equal(imported.state.certificate, pem);
  const given = { certificate: pem.replaceAll("\n", "\r\n").trim() };
  assert.ok((await session.plan("openai_certificate", given, imported)).empty);
});

test("what is no certificate is an error on the argument, and a private key is not shown", async (t) => {
  const { session } = await place(t);
  for (const certificate of ["./gateway.pem", `${pem}-----BEGIN RSA PRIVATE KEY-----\nabc\n`]) {
    const { titles, paths, details } = session.validate("openai_certificate", { certificate });
    assert.deepEqual([titles.length, paths], [1, ["certificate"]]);
    assert.doesNotMatch(details.join(), /abc/);
  }
});

test("a certificate is active where its resource is, and activated again where somebody deactivated it", async (t) => {
  const { server, session } = await place(t);
  const { id } = server.control.addObject("organization/certificates", { id: "cert_1" });
  const given = { certificate_id: id };
  const name = "openai_organization_certificate";
  const kept = keptOf(await session.create(name, given));
  assert.deepEqual(asked(server), ["POST certificates/activate"]);
  assert.deepEqual(JSON.parse(server.requests[0]?.body ?? ""), { certificate_ids: ["cert_1"] });
  assert.equal(kept.state.active, true);
  server.control.changeObject("organization/certificates", "cert_1", { active: false });
  assert.equal((await session.refresh(name, kept)).kept, null);
  const missing = await session.create(name, { certificate_id: "cert_none" });
  assert.deepEqual([missing.titles.length, missing.kept ?? null], [1, null]);
});

test("what is not active is not listed for an import", async (t) => {
  const { server, session } = await place(t);
  const at = "organization/projects/{project_id}/certificates";
  const parent = { project_id: "proj_default" };
  server.control.addObject(at, { id: "cert_1", active: true }, parent);
  server.control.addObject(at, { id: "cert_2", active: false }, parent);
  for (const includeResource of [false, true]) {
    const found = await session.list("openai_project_certificate", parent, { includeResource });
    assert.deepEqual(
      found.map((each) => each.found?.identity.certificate_id),
      ["cert_1"],
    );
    assert.equal(found[0]?.found?.state !== undefined, includeResource);
  }
});

test("states of openai/openai are read as they are, and plan no change", async (t) => {
  const { server, session } = await place(t);
  const group = { group_id: "group_1" };
  const user = { user_id: "user-1" };
  server.control.addObject("organization/groups", { id: "group_1", name: "Auditors" });
  server.control.addObject("organization/groups/{group_id}/users", { id: "user-1" }, group);
  server.control.addObject(users, { id: "user-1", role: "reader" });
  server.control.addObject("organization/users/{user_id}/roles", { id: "role_1" }, user);
  server.control.addObject("organization/invites", { id: "invite-1", email: "a@b.c", projects: [] });
  server.control.addObject("organization/certificates", { id: "cert_1", name: "Gateway" });
  const states = {
    openai_group: [{ id: "group_1", group_id: "group_1", name: "Auditors" }, { name: "Auditors" }],
    openai_group_user: [
      { ...group, ...user },
      { ...group, ...user },
    ],
    openai_user_role: [
      { ...user, role_id: "role_1" },
      { ...user, role_id: "role_1" },
    ],
    openai_organization_user: [{ id: "user-1", user_id: "user-1", role: "reader" }, { role: "reader" }],
    openai_invite: [
      { id: "invite-1", invite_id: "invite-1", email: "a@b.c", role: "reader", projects: [] },
      { email: "a@b.c", role: "reader" },
    ],
    openai_certificate: [
      { id: "cert_1", certificate_id: "cert_1", name: "Gateway", certificate: pem },
      { name: "Gateway", certificate: pem },
    ],
  } as const;
  for (const [name, [theirs, config]] of Object.entries(states)) {
    const kept = await session.stored(name, theirs, config);
    const read = keptOf(await session.refresh(name, kept));
    assert.ok((await session.plan(name, config, read)).empty, name);
  }
});
