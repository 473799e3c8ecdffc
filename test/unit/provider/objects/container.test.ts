import assert from "node:assert/strict";
import { test } from "node:test";
import { keptOf, place } from "./support.ts";

const name = "openai_container";
const path = "containers";
const file = "openai_container_file";
const files = "containers/{container_id}/files";

for (const [how, expire] of [
  ["that the API reports as expired", "status"],
  ["that the API has no more", "gone"],
] as const) {
  test(`a container ${how} stays in state, and is created again only when asked`, async (t) => {
    const { server, session } = await place(t);
    const config = { name: "a" };
    const kept = keptOf(await session.refresh(name, keptOf(await session.create(name, config))));
    if (expire === "gone") server.control.forgetObject(path, String(kept.state.id));
    else server.control.changeObject(path, String(kept.state.id), { status: "expired" });
    const read = keptOf(await session.refresh(name, kept));
    assert.deepEqual([read.state.id, read.state.status], [kept.state.id, "expired"]);
    assert.ok((await session.plan(name, config, read)).empty, "nothing is planned");
    const asked = { ...config, recreate_when_expired: true };
    assert.deepEqual((await session.plan(name, asked, read)).replaces, ["recreate_when_expired"]);
    assert.equal((await session.delete(name, read)).kept, null);
  });

  test(`a container ${how} leaves the state where recreate_when_expired is set`, async (t) => {
    const { server, session } = await place(t);
    const created = keptOf(await session.create(name, { name: "a", recreate_when_expired: true }));
    const kept = keptOf(await session.refresh(name, created));
    if (expire === "gone") server.control.forgetObject(path, String(kept.state.id));
    else server.control.changeObject(path, String(kept.state.id), { status: "expired" });
    assert.equal((await session.refresh(name, kept)).kept, null);
  });
}

test("setting recreate_when_expired on one that runs asks nothing of the API", async (t) => {
  const { server, session } = await place(t);
  const kept = keptOf(await session.create(name, { name: "a" }));
  server.control.clearRequests();
  const updated = keptOf(await session.update(name, kept, { name: "a", recreate_when_expired: true }));
  assert.deepEqual([updated.state.recreate_when_expired, server.requests], [true, []]);
});

test("a failure of the API is no expiry", async (t) => {
  const { server, session } = await place(t);
  const kept = keptOf(await session.create(name, { name: "a" }));
  server.fault({ error: "server_error" });
  const failed = await session.refresh(name, kept);
  assert.deepEqual([failed.titles, failed.kept?.state], [["error: API failed"], kept.state]);
});

test("what is left out takes what the API chose, and stays without a difference", async (t) => {
  const { session } = await place(t);
  const kept = keptOf(await session.create(name, { name: "a" }));
  assert.equal(Reflect.get(Object(kept.state.expires_after), "minutes"), 20);
  const imported = keptOf(await session.import(name, String(kept.state.id)));
  assert.ok((await session.plan(name, { name: "a" }, imported)).empty);
});

test("bad arguments are errors on them, at validate", async (t) => {
  const { session } = await place(t);
  for (const [given, at] of [
    [{ name: " " }, "name"],
    [{ memory_limit: "2g" }, "memory_limit"],
    [{ expires_after: { anchor: "last_active_at", minutes: 0 } }, "expires_after.minutes"],
    [{ network_policy: { type: "allowlist" } }, "network_policy.allowed_domains"],
    [{ network_policy: { type: "disabled", allowed_domains: ["a.com"] } }, "network_policy.type"],
    [{ skills_json: '{"type":"skill_reference"}' }, "skills_json"],
    [{ skills_json: '["skill_1"]' }, "skills_json"],
    [{ skills_json: "[" }, "skills_json"],
    [{ file_ids: [] }, "file_ids"],
  ] as const) {
    const { titles, paths } = session.validate(name, { name: "a", ...given });
    assert.deepEqual([titles.length, paths], [1, [at]], JSON.stringify(given));
  }
});

test("a file is uploaded as a form, and copied by a request with its ID", async (t) => {
  const { server, session } = await place(t);
  const { id } = server.control.addObject(path, {});
  const content = { container_id: id, content: "a,b\n", filename: "table.csv" };
  const kept = keptOf(await session.create(file, content));
  assert.equal(String(server.control.objects.peek(files, String(kept.state.id))?.content), "a,b\n");
  assert.match(String(kept.state.container_path), /^\/mnt\/data\/.*table\.csv$/);
  assert.equal(kept.state.bytes, 4);
  const copied = keptOf(await session.create(file, { container_id: id, file_id: "file-1" }));
  assert.equal(server.requests.at(-1)?.body, '{"file_id":"file-1"}');
  assert.deepEqual([copied.state.filename, copied.state.content_sha256], [null, null]);
  assert.ok((await session.plan(file, { container_id: id, file_id: "file-1" }, copied)).empty);
  for (const [given, before] of [
    [{ ...content, content: "a\n" }, kept],
    [{ container_id: id, file_id: "file-1" }, kept],
    [content, copied],
    [{ container_id: id, file_id: "file-2" }, copied],
  ] as const)
    assert.ok((await session.plan(file, given, before)).replaces.length > 0, JSON.stringify(given));
  const imported = keptOf(await session.import(file, `${id}/${copied.state.id}`));
  const adopted = await session.plan(file, { container_id: id, file_id: "file-1" }, imported);
  assert.deepEqual(adopted.replaces, [], "an import adopts what was copied");
});

test("a file stays in state with its expired container, and goes where it alone was deleted", async (t) => {
  const { server, session } = await place(t);
  const { id } = server.control.addObject(path, {});
  const kept = keptOf(await session.create(file, { container_id: id, content: "a", filename: "a.txt" }));
  const read = keptOf(await session.refresh(file, kept));
  server.control.forgetObject(files, String(kept.state.id));
  assert.equal((await session.refresh(file, read)).kept, null);
  const said = { error: { message: "Container is expired.", type: "invalid_request_error" } };
  server.control.changeObject(path, id, { status: "expired" });
  assert.deepEqual(keptOf(await session.refresh(file, read)).state, read.state);
  server.fault({ status: 400, body: said, times: 1 });
  assert.deepEqual(keptOf(await session.refresh(file, read)).state, read.state);
  server.fault({ method: "DELETE", status: 400, body: said, times: 1 });
  assert.equal((await session.delete(file, read)).kept, null);
  server.control.forgetObject(path, id);
  assert.deepEqual(keptOf(await session.refresh(file, read)).state, read.state);
});

test("the content of a container's file is read like that of any file", async (t) => {
  const { server, session } = await place(t);
  const { id } = server.control.addObject(path, {});
  const made = keptOf(await session.create(file, { container_id: id, content: "a,b\n", filename: "a.csv" }));
  const given = { container_id: id, file_id: made.state.id };
  const { state } = keptOf(await session.read("openai_container_file_content", given));
  assert.deepEqual([state.content, state.content_sha256], ["a,b\n", made.state.content_sha256]);
  const missing = await session.read("openai_container_file_content", { ...given, file_id: "cfile_none" });
  assert.deepEqual([missing.titles, missing.paths], [["error: Container file not found"], ["file_id"]]);
});

test("an imported copy is taken over with its file_id, and nothing is sent", async (t) => {
  const { server, session } = await place(t);
  const container = keptOf(await session.create(name, { name: "a" }));
  const copied = keptOf(
    await session.create("openai_file", { content: "x", filename: "x.txt", purpose: "user_data" }),
  );
  const config = { container_id: container.state.id, file_id: copied.state.id };
  const kept = keptOf(await session.create(file, config));
  const imported = keptOf(await session.import(file, `${container.state.id}/${kept.state.id}`));
  server.control.clearRequests();
  const adopted = keptOf(await session.update(file, imported, config));
  assert.deepEqual([adopted.state.file_id, server.requests], [copied.state.id, []]);
  assert.ok((await session.plan(file, config, adopted)).empty);
});

test("a copy has no filename of its own, which is said before anything is destroyed", async (t) => {
  const { session } = await place(t);
  const given = { container_id: "cntr_1", file_id: "file-1", filename: "x.txt" };
  const { titles, paths, details } = session.validate(file, given);
  assert.match(details.join(), /"file_id".*"filename"|"filename".*"file_id"/);
  assert.deepEqual([titles.length, paths.length], [1, 1]);
});

test("an import with a content of another size is uploaded anew", async (t) => {
  const { session } = await place(t);
  const container = keptOf(await session.create(name, { name: "a" }));
  const config = { container_id: container.state.id, content: "a,b\n", filename: "x.csv" };
  const id = `${container.state.id}/${keptOf(await session.create(file, config)).state.id}`;
  const other = { ...config, content: "a,b\n1,2\n" };
  assert.deepEqual((await session.plan(file, other, keptOf(await session.import(file, id)))).replaces, [
    "content_sha256",
  ]);
  assert.deepEqual((await session.plan(file, config, keptOf(await session.import(file, id)))).replaces, []);
});
