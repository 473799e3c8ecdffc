import assert from "node:assert/strict";
import { test } from "node:test";
import { endpointOf } from "../../support/openai-server/admin.ts";
import { Clock } from "../../support/openai-server/clock.ts";
import { stringify } from "../../support/openai-server/json.ts";
import { defaultProject } from "../../support/openai-server/objects/admin-kinds.ts";
import { listOf } from "../../support/openai-server/objects/list.ts";
import { singletonOf } from "../../support/openai-server/objects/singleton.ts";
import { StoredObjects } from "../../support/openai-server/objects/stored-objects.ts";
import { initialSettings } from "../../support/openai-server/options.ts";
import type { OpenAIServer } from "../../support/openai-server/server.ts";
import { Throttle } from "../../support/openai-server/throttle.ts";
import { ask, errorOf, get, idsOf, serve } from "./openai-server-client.ts";

const key = "sk-admin-test";
const projects = "/organization/projects";

async function project(server: OpenAIServer, name: string): Promise<string> {
  const answer = await ask(server, "POST", projects, { key, body: { name } });
  assert.equal(answer.status, server.control.settings.createdStatus, answer.text);
  return JSON.parse(answer.text).id;
}

const asAdmin = (server: OpenAIServer, path: string) => get(server, path, { key });

test("each kind of key is refused where the other belongs, with the API's words", async (t) => {
  const server = await serve(t, { keys: { "sk-admin-a": {}, plain: { plane: "admin" }, "sk-a": {} } });
  assert.equal((await get(server, projects, { key: "sk-admin-a" })).status, 200);
  assert.equal((await get(server, projects, { key: "plain" })).status, 200);
  const project = await get(server, projects, { key: "sk-a" });
  assert.deepEqual(errorOf(project), [403, "invalid_request_error", null, null]);
  assert.match(project.text, /Missing scopes: api\.management\.read\./);
  const admin = await get(server, "/files", { key: "sk-admin-a" });
  assert.equal(admin.status, 401);
  assert.match(admin.text, /Missing scopes: model\.request\./);
  assert.equal((await get(server, projects, { key: "sk-admin-none" })).status, 401, "not among the keys");
});

test("an admin key has the scopes that it was given", async (t) => {
  const server = await serve(t, { keys: { reads: { plane: "admin", scopes: ["api.management.read"] } } });
  assert.equal((await get(server, projects, { key: "reads" })).status, 200);
  const refused = await ask(server, "POST", projects, { key: "reads", body: { name: "a" } });
  assert.equal(refused.status, 403);
  assert.match(refused.text, /Missing scopes: api\.management\.write\./);
});

test("all admin keys of an organization see the same, whatever project they name", async (t) => {
  const server = await serve(t);
  const id = await project(server, "a");
  const other = await get(server, `${projects}/${id}`, {
    key: "sk-admin-other",
    headers: { "openai-project": "proj_x" },
  });
  assert.equal(other.status, 200);
  const foreign = await get(server, `${projects}/${id}`, {
    key,
    headers: { "openai-organization": "org-b" },
  });
  assert.equal(foreign.status, 404);
});

test("a project is archived instead of deleted, and then listed only when asked for", async (t) => {
  const server = await serve(t);
  const id = await project(server, "a");
  assert.equal((await ask(server, "DELETE", `${projects}/${id}`, { key })).status, 405);
  const archived = JSON.parse((await ask(server, "POST", `${projects}/${id}/archive`, { key })).text);
  assert.equal(archived.status, "archived");
  assert.ok(archived.archived_at > 0);
  assert.equal(JSON.parse((await asAdmin(server, `${projects}/${id}`)).text).status, "archived");
  assert.deepEqual(idsOf(await asAdmin(server, projects)), [defaultProject]);
  assert.ok(idsOf(await asAdmin(server, `${projects}?include_archived=true`)).includes(id));
  const changed = await ask(server, "POST", `${projects}/${id}`, { key, body: { name: "b" } });
  assert.equal(changed.status, 400);
});

test("the default project stays", async (t) => {
  const server = await serve(t);
  const refused = await ask(server, "POST", `${projects}/${defaultProject}/archive`, { key });
  assert.equal(refused.status, 400);
  assert.deepEqual(idsOf(await asAdmin(server, projects)), [defaultProject]);
});

test("a creation is answered with 200 or 201", async (t) => {
  const server = await serve(t, { createdStatus: 201 });
  await project(server, "a");
  const id = await project(server, "b");
  assert.equal((await ask(server, "POST", `${projects}/${id}`, { key, body: { name: "c" } })).status, 200);
});

test("reads lag behind writes, and writes do not", async (t) => {
  const server = await serve(t, { lagMs: 5_000 });
  const id = await project(server, "a");
  const path = `${projects}/${id}`;
  assert.equal((await asAdmin(server, path)).status, 404);
  assert.ok(!idsOf(await asAdmin(server, projects)).includes(id));
  const update = await ask(server, "POST", path, { key, body: { name: "b" } });
  assert.equal(JSON.parse(update.text).name, "b", "a write meets what reads do not show yet");
  server.control.advance(5_000);
  assert.equal(JSON.parse((await asAdmin(server, path)).text).name, "b");
  await ask(server, "POST", path, { key, body: { name: "c" } });
  assert.equal(JSON.parse((await asAdmin(server, path)).text).name, "b");
  await ask(server, "POST", `${path}/archive`, { key });
  assert.ok(idsOf(await asAdmin(server, projects)).includes(id), "still listed");
  server.control.advance(5_000);
  assert.equal(JSON.parse((await asAdmin(server, path)).text).name, "c");
  assert.ok(!idsOf(await asAdmin(server, projects)).includes(id));
});

test("each endpoint takes so many requests of a key in a minute, and says nothing of when to come back", async (t) => {
  const server = await serve(t);
  server.control.throttle({ perMinute: 2 });
  const statuses: number[] = [];
  for (let count = 0; count < 3; count += 1) statuses.push((await asAdmin(server, projects)).status);
  assert.deepEqual(statuses, [200, 200, 429]);
  const refused = await asAdmin(server, projects);
  assert.deepEqual(errorOf(refused), [429, "rate_limit_error", null, null]);
  assert.match(refused.text, /You're making too many requests, please slow down\./);
  assert.equal(refused.headers.get("retry-after"), null);
  assert.equal((await asAdmin(server, `${projects}/${defaultProject}`)).status, 200, "another endpoint");
  assert.equal((await asAdmin(server, `${projects}/proj_other`)).status, 404, "the same one, of another ID");
  assert.equal((await asAdmin(server, `${projects}/proj_third`)).status, 429);
  assert.equal((await get(server, projects, { key: "sk-admin-other" })).status, 200, "another key");
  assert.equal((await get(server, "/files")).status, 200, "nothing of a project's is throttled");
  server.control.reset();
  assert.equal((await asAdmin(server, projects)).status, 200);
});

test("the three kinds of limit differ in when the next request is let through", () => {
  const taken = (kind: "sliding" | "fixed" | "bucket", times: readonly number[]) => {
    let at = 0;
    const throttle = new Throttle({ perMinute: 2, minuteMs: 60, kind, now: () => at });
    return times.map((time) => {
      at = time;
      return throttle.take("k", "e");
    });
  };
  const times = [50, 51, 59, 61, 81, 111, 112];
  assert.deepEqual(taken("sliding", times), [true, true, false, false, false, true, true]);
  assert.deepEqual(taken("fixed", times), [true, true, false, true, true, false, false]);
  assert.deepEqual(taken("bucket", times), [true, true, false, false, true, true, false]);
});

test("a list may name the next page's cursor, which is no ID", () => {
  const clock = new Clock();
  const objects = new StoredObjects(clock, initialSettings({}));
  const kind = { path: "organization/things", sample: {}, id: { prefix: "t" }, missing: { message: "" } };
  const next = { ...kind, cursors: "next" } as const;
  const common = { parents: {}, owner: undefined, content: undefined, createdAt: 0, progresses: false };
  const things = ["a", "b", "c"].map((id) => ({ ...common, kind: next, id, body: { id } }));
  const listed = (query: string) => {
    const page = listOf(objects, new URLSearchParams(query), next, things);
    assert.ok(!(page instanceof Error));
    return JSON.parse(stringify(page));
  };
  const first = listed("limit=2&order=asc");
  assert.deepEqual(first.data, [{ id: "a" }, { id: "b" }]);
  assert.deepEqual([first.has_more, "last_id" in first, first.next === "b"], [true, false, false]);
  const rest = listed(`limit=2&order=asc&after=${first.next}`);
  assert.deepEqual([rest.data, rest.has_more, rest.next], [[{ id: "c" }], false, null]);
  assert.ok(
    listOf(objects, new URLSearchParams("after=b"), next, things) instanceof Error,
    "no ID is a cursor",
  );
});

test("a singleton is there from the start, below each parent, and a deletion takes it back to that", () => {
  const objects = new StoredObjects(new Clock(), initialSettings({}));
  const kind = {
    path: "organization/projects/{project_id}/thing",
    sample: { amount: null, project_id: "" },
    id: { prefix: "" },
    missing: { message: "" },
    singleton: true,
  } as const;
  const caller = { organization: "org-a", project: "" };
  const of = (project_id: string) => singletonOf(objects, kind, { project_id }, caller);
  assert.deepEqual(of("p1").body, { amount: null, project_id: "p1" });
  of("p1").body.amount = 5;
  assert.deepEqual([of("p1").body.amount, of("p2").body.amount], [5, null]);
  objects.forget(of("p1"));
  assert.equal(of("p1").body.amount, null);
});

test("an endpoint is a method and a path without IDs", () => {
  for (const [path, endpoint] of [
    [projects, projects],
    [`${projects}/p1`, `${projects}/{id}`],
    [`${projects}/p1/users/u1`, `${projects}/{id}/users/{id}`],
    ["/projects/p1/users/u1/roles/r1", "/projects/{id}/users/{id}/roles/{id}"],
    ["/organization/spend_limit", "/organization/spend_limit"],
    ["/organization/usage/images", "/organization/usage/images"],
    [`${projects}/p1/archive`, `${projects}/{id}/archive`],
  ] as const)
    assert.equal(endpointOf("GET", path), `GET ${endpoint}`);
});
