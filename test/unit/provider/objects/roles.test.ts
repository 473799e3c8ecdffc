import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { plainRole, sameElements, sameRole } from "../../../../src/provider/objects/role-arguments.ts";
import { almostSeen, keptOf, place } from "./support.ts";

const bound = "role-api-project-member__api-project__proj_abc123";

describe("roles", { concurrency: 8 }, () => {
  it("the order in which the API keeps permissions is no change, and another permission is one", async (t) => {
    const { server, session } = await place(t);
    const given = {
      role_name: "Auditor",
      permissions: ["api.groups.read", "api.roles.read", "api.users.read"],
    };
    const kept = keptOf(await session.create("openai_role", given));
    const stored = server.control.objects.peek("organization/roles", String(kept.state.id));
    assert.notDeepEqual(stored?.body.permissions, given.permissions, "the server plays it");
    const read = keptOf(await session.refresh("openai_role", kept));
    assert.deepEqual(read.state.permissions, given.permissions);
    const reordered = { ...given, permissions: [...given.permissions].reverse() };
    assert.ok((await session.plan("openai_role", reordered, read)).empty);
    const changed = { ...given, permissions: ["api.groups.read"] };
    const updated = keptOf(await session.update("openai_role", read, changed));
    assert.deepEqual(updated.state.permissions, changed.permissions);
    server.control.changeObject("organization/roles", String(kept.state.id), {
      permissions: ["api.keys.read"],
    });
    const drifted = keptOf(await session.refresh("openai_role", almostSeen(updated)));
    assert.deepEqual(drifted.state.permissions, ["api.keys.read"]);
  });

  it("a role's ID stays as it was written, whatever ID its assignment has in the API", async (t) => {
    const { server, session } = await place(t);
    const given = { group_id: "group_1", role_id: "role_1" };
    server.control.addObject("organization/groups", { id: "group_1" });
    const kept = keptOf(await session.create("openai_group_role", given));
    const [stored] = server.control.objects.all("organization/groups/{group_id}/roles");
    assert.equal(stored?.body.id, "role_1__group_id__group_1", "the server plays it");
    const read = keptOf(await session.refresh("openai_group_role", kept));
    assert.equal(read.state.role_id, "role_1");
    assert.ok((await session.plan("openai_group_role", given, read)).empty);
    const written = { ...given, role_id: "role_1__group_id__group_1" };
    assert.ok((await session.plan("openai_group_role", written, read)).empty, "both name the same");
    const other = await session.plan("openai_group_role", { ...given, role_id: "role_2" }, read);
    assert.deepEqual(other.replaces, ["role_id"]);
  });

  it("the state of openai/openai, which has no ID of an assignment, is read and plans no change", async (t) => {
    const { server, session } = await place(t);
    const theirs = { group_id: "group_1", role_id: "role_1" };
    server.control.addObject("organization/groups", { id: "group_1" });
    server.control.addObject(
      "organization/groups/{group_id}/roles",
      { id: "role_1" },
      { group_id: "group_1" },
    );
    const kept = await session.stored("openai_group_role", theirs, theirs);
    const read = keptOf(await session.refresh("openai_group_role", kept));
    assert.equal(read.state.id, "role_1");
    assert.ok((await session.plan("openai_group_role", theirs, read)).empty);
    assert.equal((await session.delete("openai_group_role", kept)).kept, null);
  });

  it("lists of roles name them as the API does, all pages by their cursors", async (t) => {
    const { server, session } = await place(t);
    for (let index = 0; index < 120; index += 1)
      server.control.addObject("organization/roles", { id: `role_${index}`, name: `Role ${index}` });
    const read = keptOf(await session.read("openai_roles", {}));
    const roles = read.state.roles as { readonly name: string }[];
    assert.equal(new Set(roles.map(({ name }) => name)).size, 120);
    assert.equal(server.requests.filter(({ query }) => query.get("after")?.startsWith("cursor_")).length, 1);
  });

  it("which roles are the same", () => {
    for (const one of [bound, "role-api-project-member", "member"])
      for (const other of [bound, "role-api-project-member", "member"]) assert.ok(sameRole(one, other), one);
    assert.ok(!sameRole("member", "owner"));
    assert.ok(!sameRole("role-api-project-member", "role-api-project-owner__api-project__proj_abc123"));
    assert.ok(!sameRole("role_1", "role_12"));
    assert.equal(plainRole(bound), "role-api-project-member");
    assert.ok(sameElements(["a", "b"], ["b", "a"]));
    assert.ok(!sameElements(["a", "a", "b"], ["a", "b", "b"]));
    assert.ok(!sameElements(["a"], null));
  });
});
