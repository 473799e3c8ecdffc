import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { almostSeen, keptOf, place } from "./support.ts";

const name = "openai_project";

describe("a project", { concurrency: 8 }, () => {
  it("a plan that destroys a project says that it is archived, and refuses where it is protected", async (t) => {
    const { server, session } = await place(t);
    const kept = keptOf(await session.create(name, { name: "Website" }));
    const said = await session.planDestroy(name, kept);
    assert.deepEqual(said.titles, ["warning: Project is archived, not deleted"]);
    const guarded = keptOf(await session.update(name, kept, { name: "Website", deletion_protection: true }));
    const no = await session.planDestroy(name, guarded);
    assert.deepEqual([no.titles, no.paths], [["error: Project is protected"], ["deletion_protection"]]);
    server.control.clearRequests();
    const refused = await session.delete(name, guarded);
    assert.deepEqual([refused.titles, server.requests.length], [["error: Project is protected"], 0]);
    assert.equal(refused.kept?.state.id, kept.state.id);
  });

  it("a protection that is lifted asks nothing, and a destroy archives with one request", async (t) => {
    const { server, session } = await place(t);
    const kept = keptOf(await session.create(name, { name: "Website", deletion_protection: true }));
    server.control.clearRequests();
    const open = keptOf(await session.update(name, kept, { name: "Website", deletion_protection: false }));
    assert.equal(server.requests.length, 0);
    assert.equal((await session.delete(name, open)).kept, null);
    assert.deepEqual(
      server.requests.map(({ method, path }) => `${method} ${path.replace(String(kept.state.id), "{id}")}`),
      ["POST /v1/organization/projects/{id}/archive"],
    );
  });

  it("a project that somebody archived is gone, and its archiving a second time no error", async (t) => {
    const { server, session } = await place(t);
    const kept = keptOf(await session.create(name, { name: "Website" }));
    const id = String(kept.state.id);
    server.control.changeObject("organization/projects", id, { status: "archived", archived_at: 1 });
    const read = await session.refresh(name, kept);
    assert.deepEqual([read.titles, read.kept], [[], null]);
    const gone = await session.delete(name, kept);
    assert.deepEqual([gone.titles, gone.kept], [[], null]);
  });

  it("the default project, which the API does not archive, stays in state with its words", async (t) => {
    const { session } = await place(t);
    const kept = keptOf(await session.import(name, "proj_default"));
    const refused = await session.delete(name, kept);
    assert.deepEqual(refused.titles, ["error: Request refused by the API"]);
    assert.match(refused.details.join(), /default project/i);
    assert.equal(refused.kept?.state.id, "proj_default");
  });

  it("where a project's data stays is not changed after its creation: an error on the argument, at the plan", async (t) => {
    const { session } = await place(t);
    for (const [argument, other] of [
      ["geography", "residency"],
      ["residency", "geography"],
    ] as const) {
      const given = { name: "Website", [argument]: "EU_STORAGE" };
      const kept = keptOf(await session.create(name, given));
      const plan = await session.plan(name, { ...given, [argument]: "US" }, kept);
      assert.deepEqual([plan.titles, plan.paths], [[`error: ${argument} cannot be changed`], [argument]]);
      assert.deepEqual(plan.replaces, []);
      const both = session.validate(name, { ...given, [other]: "EU" });
      assert.deepEqual(both.titles, ["error: Conflicting arguments"]);
    }
  });

  it("a geography that is written no more changes nothing, with its residency beside it or without", async (t) => {
    const { server, session } = await place(t);
    const kept = keptOf(await session.create(name, { name: "Website", geography: "EU" }));
    server.control.changeObject("organization/projects", String(kept.state.id), { residency: "EU_STORAGE" });
    const read = keptOf(await session.refresh(name, almostSeen(kept)));
    for (const residency of [null, "EU_STORAGE"]) {
      server.control.clearRequests();
      const config = { name: "Website", residency };
      const changed = keptOf(await session.update(name, read, config));
      assert.deepEqual([changed.state.geography, changed.state.residency], [null, "EU_STORAGE"]);
      assert.equal(server.requests.length, 0);
      assert.ok((await session.plan(name, config, keptOf(await session.refresh(name, changed)))).empty);
    }
    const moved = await session.plan(name, { name: "Website", residency: "US" }, read);
    assert.deepEqual(moved.paths, ["residency"]);
  });

  it("a geography that was written no more may be written again as it was, and not otherwise", async (t) => {
    const { server, session } = await place(t);
    const given = { name: "Website", geography: "EU" };
    const removed = keptOf(
      await session.update(name, keptOf(await session.create(name, given)), { name: "Website" }),
    );
    const read = keptOf(await session.refresh(name, removed));
    const moved = await session.plan(name, { ...given, geography: "US" }, read);
    assert.deepEqual([moved.titles, moved.paths], [["error: geography cannot be changed"], ["geography"]]);
    server.control.clearRequests();
    const again = keptOf(await session.update(name, read, given));
    assert.deepEqual([again.state.geography, server.requests.length], ["EU", 0]);
    assert.ok((await session.plan(name, given, keptOf(await session.refresh(name, again)))).empty);
    // Of one that was created without, nobody knows it.
    const without = keptOf(await session.create(name, { name: "Shop" }));
    assert.deepEqual((await session.plan(name, { ...given, name: "Shop" }, without)).paths, ["geography"]);
  });

  it("what belongs to an archived project is gone with it: a destroy of it ends", async (t) => {
    const { server, session } = await place(t);
    const { state } = keptOf(await session.create(name, { name: "Website" }));
    const project_id = String(state.id);
    const children: [string, object][] = [
      ["openai_project_role", { role_name: "Reviewer", permissions: ["api.files.read"] }],
      ["openai_project_data_retention", { type: "none" }],
    ];
    for (const [type, given] of children) {
      const kept = keptOf(await session.create(type, { project_id, ...given }));
      server.fault({ status: 400, body: { error: { message: "No.", type: "invalid_request_error" } } });
      assert.equal((await session.delete(type, kept)).titles.length, 1);
      server.control.changeObject("organization/projects", project_id, {
        status: "archived",
        archived_at: 1,
      });
      const gone = await session.delete(type, kept);
      assert.deepEqual([gone.titles, gone.kept], [[], null], type);
      server.control.changeObject("organization/projects", project_id, {
        status: "active",
        archived_at: null,
      });
    }
  });

  it("a geography beside an imported project is taken over, and not sent", async (t) => {
    const { server, session } = await place(t);
    const imported = keptOf(await session.import(name, "proj_default"));
    const given = { name: "Default project", geography: "EU" };
    server.control.clearRequests();
    const kept = keptOf(await session.update(name, imported, given));
    assert.deepEqual([kept.state.geography, server.requests.length], ["EU", 0]);
    assert.ok((await session.plan(name, given, keptOf(await session.refresh(name, kept)))).empty);
  });

  it("an update is one request, whose answer is the state, and no read after it", async (t) => {
    const { server, session } = await place(t);
    const kept = keptOf(await session.create(name, { name: "Website" }));
    server.control.clearRequests();
    const updated = keptOf(await session.update(name, kept, { name: "Shop" }));
    assert.deepEqual([updated.state.name, server.requests.length], ["Shop", 1]);
  });

  it("a list that does not have a project yet does not make it gone: it is asked for by itself", async (t) => {
    const { server, session } = await place(t);
    const kept = keptOf(await session.refresh(name, keptOf(await session.create(name, { name: "Website" }))));
    server.fault({ method: "GET", body: { object: "list", data: [], has_more: false } });
    const read = keptOf(await session.refresh(name, kept));
    assert.deepEqual(read.state, kept.state);
  });

  it("reads that lag behind the writes neither lose a project nor show it as it was", async (t) => {
    const { session } = await place(t, { lagMs: 1_300, createdStatus: 201 });
    const kept = keptOf(await session.create(name, { name: "Website" }));
    const read = keptOf(await session.refresh(name, kept));
    assert.deepEqual(read.state, kept.state);
    const updated = keptOf(await session.update(name, read, { name: "Shop" }));
    const again = keptOf(await session.refresh(name, updated));
    assert.equal(again.state.name, "Shop");
    assert.ok((await session.plan(name, { name: "Shop" }, again)).empty);
  });

  it("the state of openai/openai is read as it is, and plans no change", async (t) => {
    const { server, session } = await place(t);
    const { id } = server.control.addObject("organization/projects", { id: "proj_old", name: "Old" });
    const theirs = { id, project_id: id, name: "Old", created_at: 1711471533, status: "active" };
    const kept = await session.stored(name, theirs, { name: "Old" });
    const read = keptOf(await session.refresh(name, kept));
    assert.ok((await session.plan(name, { name: "Old" }, read)).empty);
  });

  it("many projects are read through the pages of one list", async (t) => {
    const { server, session } = await place(t);
    for (let index = 0; index < 150; index += 1)
      server.control.addObject("organization/projects", { id: `proj_${index}`, name: `Project ${index}` });
    const read = keptOf(await session.read("openai_projects", {}));
    assert.equal((read.state.ids as unknown[]).length, 151);
    const whole = JSON.parse(String(read.state.response_json));
    assert.deepEqual([whole.data.length, whole.has_more], [151, false]);
    const one = keptOf(await session.read(name, { project_id: "proj_0" }));
    assert.equal(JSON.parse(String(one.state.response_json)).id, "proj_0");
  });
});
