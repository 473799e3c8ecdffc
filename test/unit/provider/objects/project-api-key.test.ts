import assert from "node:assert/strict";
import { test } from "node:test";
import { keyValue } from "../../../support/openai-server/objects/key-kinds.ts";
import { keptOf, place } from "./support.ts";

const type = "openai_project_api_key";
const keys = "organization/projects/{project_id}/api_keys";
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

/** A key of a service account in state, as an import leaves it. */
async function imported({ session }: Awaited<ReturnType<typeof place>>) {
  const account = { ...project, name: "Deployment", api_key: {} };
  const { state } = keptOf(await session.create("openai_project_service_account", account));
  const id = String(state.api_key_id);
  return {
    id,
    value: String(state.api_key_value),
    kept: keptOf(await session.import(type, `proj_default/${id}`)),
  };
}

test("a key is only imported, and a plan that would create one says how", async (t) => {
  const here = await place(t);
  const plan = await here.session.plan(type, { ...project });
  assert.deepEqual(plan.titles, ["error: Project API key cannot be created"]);
  assert.match(
    plan.details.join(),
    /id = "proj_default\/key_abc123"\n {2}\}\n\nIf it does not exist: the dashboard/,
  );
  const { id, kept } = await imported(here);
  assert.deepEqual([kept.state.id, kept.state.scopes, kept.state.expires_in_seconds], [id, null, null]);
  assert.ok((await here.session.plan(type, project, kept)).empty);
  assert.deepEqual(here.session.identity(type, kept.state), { ...project, id });
  const generated = here.session.generate(type, kept);
  assert.deepEqual(generated, project);
  const found = await here.session.list(type, project, { includeResource: true });
  assert.deepEqual(
    found.map((each) => each.found?.state?.id),
    [id],
  );
});

test("scopes and the end are changed in place, each with what changed alone, and are never null", async (t) => {
  const here = await place(t);
  const { server, session } = here;
  const { id, kept } = await imported(here);
  const read = ["api.model.read"];
  const steps = [
    [{ scopes: read }, { scopes: read }],
    [{ scopes: read, expires_in_seconds: 3600 }, { expires_in_seconds: 3600 }],
    [{ scopes: [], expires_in_seconds: 3600 }, { scopes: [] }],
    [{ expires_in_seconds: 60 }, { expires_in_seconds: 60 }],
    [{}, undefined],
    [{ scopes: [] }, { scopes: [] }],
  ] as const;
  let last = kept;
  for (const [args, body] of steps) {
    const config = { ...project, ...args };
    server.control.clearRequests();
    last = keptOf(await session.update(type, last, config));
    const sent = server.requests.filter(({ method }) => method !== "GET");
    assert.deepEqual(
      sent.map(({ method, path, body: text }) => [method, path.split("/").at(-1), JSON.parse(text)]),
      body === undefined ? [] : [["POST", id, body]],
    );
    assert.ok((await session.plan(type, config, keptOf(await session.refresh(type, last)))).empty);
  }
  const [stored] = server.control.objects.all(keys);
  assert.deepEqual([stored?.body.scopes, last.state.expires_at], [[], stored?.body.expires_at]);
  assert.ok(Number(last.state.expires_at) > 1_700_000_000);
});

test("a key that has expired is not changed, and one that is gone leaves the state", async (t) => {
  const here = await place(t);
  const { server, session } = here;
  const { id, kept } = await imported(here);
  server.control.changeObject(keys, id, { expires_at: 1_700_000_000 });
  const ended = keptOf(await session.refresh(type, kept));
  server.control.clearRequests();
  const refused = await session.update(type, ended, { ...project, scopes: [] });
  assert.deepEqual(refused.titles, ["error: API key has expired"]);
  assert.deepEqual(server.requests, []);
  server.control.forgetObject(keys, id);
  assert.equal((await session.refresh(type, kept)).kept, null);
});

test("a destruction deletes the key, which the plan says, but not the key that the provider asks with", async (t) => {
  const here = await place(t);
  const { server, session } = here;
  const { value, kept } = await imported(here);
  assert.deepEqual((await session.planDestroy(type, kept)).titles, ["warning: API key is deleted"]);
  const refused = await session.with({ api_key: value }).delete(type, kept);
  assert.deepEqual(refused.titles, ["error: Key is the provider's own"]);
  assert.ok(!refused.details.join().includes(value));
  assert.equal(server.control.objects.all(keys).length, 1);
  assert.deepEqual((await session.delete(type, kept)).titles, []);
  assert.deepEqual(server.control.objects.all(keys), []);
});

const numbers = (_: string, value: unknown) => (typeof value === "bigint" ? String(value) : value);

test("a key in the place of an ID is refused before it is sent, and is in no message", async (t) => {
  const { server, session } = await place(t);
  const key = "sk-proj-0123456789abcdef";
  for (const refused of [
    session.validate("openai_group_role", { group_id: key, role_id: "role-1" }),
    session.validate(type, { project_id: ` ${key}` }),
    await session.import(type, `proj_default/${key}`),
    await session.import("openai_admin_api_key", key),
  ]) {
    assert.equal(refused.titles.length, 1);
    assert.match(refused.details.join(), /^The value is an API key, and not an ID\./);
    assert.doesNotMatch(refused.details.join(), /0123456789/);
  }
  assert.equal(server.requests.length, 0);
  const other = await session.import(type, "key_abc123");
  assert.match(other.details.join(), /example "proj_abc123\/key_abc123"/);
});
