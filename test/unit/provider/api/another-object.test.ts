import assert from "node:assert/strict";
import { test } from "node:test";
import { keptOf, place } from "../objects/support.ts";

const title = "error: Answer for another object";

/** Bodies of another object, as a cache gives them out. */
const others = {
  openai_vector_store: { id: "vs_other", object: "vector_store", name: "other", metadata: { a: "b" } },
  openai_project: { id: "proj_other", object: "organization.project", name: "other", status: "active" },
  openai_skill: { id: "skill_other", object: "skill", name: "other", default_version: "7" },
} as const;

/** Answers a GET of one object, and not of a list, with another body. */
const cached = (path: string, body: object) => ({ method: "GET", path, body, times: "always" }) as const;

test("a read that is answered with another object is an error, and state stays as it was", async (t) => {
  const { server, session } = await place(t);
  const kept = keptOf(
    await session.refresh(
      "openai_vector_store",
      keptOf(await session.create("openai_vector_store", { name: "a" })),
    ),
  );
  server.fault(cached(`/vector_stores/${kept.state.id}`, others.openai_vector_store));
  const read = await session.refresh("openai_vector_store", kept);
  assert.deepEqual([read.titles, read.kept?.state], [[title], kept.state]);
  const [detail = ""] = read.details;
  assert.ok(detail.includes(`"${kept.state.id}"`) && detail.includes('"vs_other"'), detail);
  const updated = await session.update("openai_vector_store", kept, { name: "b" });
  assert.deepEqual([updated.titles, updated.kept?.state.id], [[title], kept.state.id]);
  const imported = await session.import("openai_vector_store", String(kept.state.id));
  assert.deepEqual([imported.titles, imported.kept ?? null], [[title], null]);
});

test("a data source that is answered with another object has an error on the ID", async (t) => {
  const { server, session } = await place(t);
  server.fault(cached("/vector_stores/", others.openai_vector_store));
  const read = await session.read("openai_vector_store", { id: "vs_asked" });
  assert.deepEqual([read.titles, read.paths], [[title], ["id"]]);
  server.control.seed({ id: "chatcmpl-asked" });
  server.fault(
    cached("/chat/completions/chatcmpl-asked", { id: "chatcmpl-other", object: "chat.completion" }),
  );
  const completion = await session.read("openai_chat_completion", { completion_id: "chatcmpl-asked" });
  assert.deepEqual([completion.titles, completion.paths], [[title], ["completion_id"]]);
});

test("a model may answer with the name that it stands for, and a version of a skill with its number", async (t) => {
  const { server, session } = await place(t);
  server.fault(
    cached("/models/", { id: "gpt-x-2026-01-01", object: "model", created: 1, owned_by: "openai" }),
  );
  assert.deepEqual((await session.read("openai_model", { id: "gpt-x" })).titles, []);
  const version = {
    id: "skillver_1",
    object: "skill.version",
    skill_id: "skill_1",
    version: "3",
    created_at: 1,
  };
  const path = "/skills/skill_1/versions/";
  const stop = server.fault(cached(path, { ...version, name: "a", description: "b" }));
  const latest = { skill_id: "skill_1", id: "latest" };
  assert.deepEqual((await session.read("openai_skill_version", latest)).titles, []);
  assert.deepEqual((await session.read("openai_skill_version", { ...latest, id: "2" })).titles, [title]);
  stop();
});

test("an answer that is paid for stays in state, where another one is read in its place", async (t) => {
  const { server, session } = await place(t);
  const config = { model: "gpt-5.6-sol", input: "Hello" };
  const kept = keptOf(await session.refresh("openai_response", keptOf(await created(session, config))));
  const asked = `/responses/${kept.state.id}`;
  const body = server.control.objects.peek("responses", String(kept.state.id))?.body ?? {};
  const at = Number(kept.state.created_at);
  const stop = server.fault(cached(asked, { ...body, id: "resp_other", created_at: at + 100 }));
  const read = await session.refresh("openai_response", kept);
  assert.deepEqual([read.titles, read.kept?.state], [[title], kept.state]);
  stop();
  // A gateway that gives the same answer other IDs.
  server.fault(cached(asked, { ...body, id: "resp_alias" }));
  const alias = keptOf(await session.refresh("openai_response", kept));
  assert.equal(alias.state.id, kept.state.id);
});

async function created(
  session: Awaited<ReturnType<typeof place>>["session"],
  config: { readonly [name: string]: unknown },
) {
  const outcome = await session.create("openai_response", config);
  return { ...outcome, titles: outcome.titles.filter((each) => !each.startsWith("warning")) };
}

test("a wait passes over an answer for another object", async (t) => {
  const { server, session } = await place(t);
  const file = keptOf(
    await session.create("openai_file", { purpose: "user_data", content: "a", filename: "a.txt" }),
  );
  server.fault({ method: "GET", path: "/vector_stores/", body: others.openai_vector_store });
  const store = await session.create("openai_vector_store", { name: "a", file_ids: [file.state.id] });
  assert.deepEqual([store.titles, store.kept?.state.status], [[], "completed"]);
});

test("the answer to an update that is another object's is not taken over", async (t) => {
  const { server, session } = await place(t);
  const kept = keptOf(await session.create("openai_project", { name: "a" }));
  server.fault({
    method: "POST",
    path: `/projects/${kept.state.id}`,
    body: { ...others.openai_project, name: "b" },
    carryOut: true,
  });
  const updated = keptOf(await session.update("openai_project", kept, { name: "b" }));
  assert.deepEqual(
    [updated.state.id, updated.state.name, updated.state.created_at],
    [kept.state.id, "b", kept.state.created_at],
  );
});
