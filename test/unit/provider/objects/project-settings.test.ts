import assert from "node:assert/strict";
import { test } from "node:test";
import { apiObjects } from "../../../../src/provider/objects/index.ts";
import { objectCases } from "../../../support/object-cases.ts";
import type { OpenAIServer } from "../../../support/openai-server/server.ts";
import { keptOf, place } from "./support.ts";

const project = { project_id: "proj_default" };
const limits = "organization/projects/{project_id}/rate_limits";

function asked(server: OpenAIServer): string[] {
  return server.requests.map(
    ({ method, path }) => `${method} ${path.replace("/v1/organization/projects/", "")}`,
  );
}

function rateLimit(server: OpenAIServer): void {
  server.control.addObject(limits, { id: "rl-gpt-5.6-sol", max_requests_per_1_minute: 500 }, project);
}

test("a rate limit without a value is taken as it is, and with one is set by one request", async (t) => {
  const { server, session } = await place(t);
  rateLimit(server);
  const named = { ...project, rate_limit_id: "rl-gpt-5.6-sol" };
  const taken = keptOf(await session.create("openai_project_rate_limit", named));
  assert.deepEqual(asked(server), ["GET proj_default/rate_limits"]);
  assert.equal(taken.state.max_requests_per_1_minute, 500);
  server.control.clearRequests();
  const set = keptOf(
    await session.create("openai_project_rate_limit", { ...named, max_requests_per_1_minute: 7 }),
  );
  assert.deepEqual(asked(server), ["POST proj_default/rate_limits/rl-gpt-5.6-sol"]);
  assert.deepEqual(JSON.parse(server.requests[0]?.body ?? ""), { max_requests_per_1_minute: 7 });
  assert.equal(set.state.max_tokens_per_1_minute, 30000, "what is not given is as the API has it");
  // A value that is left out again stays.
  assert.ok((await session.plan("openai_project_rate_limit", named, set)).empty);
  server.control.clearRequests();
  assert.equal((await session.delete("openai_project_rate_limit", set)).kept, null);
  assert.deepEqual(asked(server), [], "a destroy leaves it");
});

test("a rate limit that its project does not have is an error that names it", async (t) => {
  const { session } = await place(t);
  const named = { ...project, rate_limit_id: "rl-none" };
  for (const more of [{}, { max_requests_per_1_minute: 7 }]) {
    const failed = await session.create("openai_project_rate_limit", { ...named, ...more });
    assert.equal(failed.kept ?? null, null);
    assert.match(failed.details.join(), /rl-none/);
  }
  const read = await session.read("openai_project_rate_limit", named);
  assert.deepEqual([read.titles.length, read.paths], [1, ["rate_limit_id"]]);
});

test("a spend limit is set whole, removed, and gone where somebody removed it", async (t) => {
  const { server, session } = await place(t);
  const given = { ...project, threshold_amount: 5000, currency: "USD", interval: "month" };
  const kept = keptOf(await session.create("openai_project_spend_limit", given));
  assert.deepEqual(asked(server), ["POST proj_default/spend_limit"]);
  assert.equal(kept.state.enforcement_status, "inactive");
  server.control.clearRequests();
  const lower = { ...given, threshold_amount: 4000 };
  const updated = keptOf(await session.update("openai_project_spend_limit", kept, lower));
  assert.deepEqual(JSON.parse(server.requests[0]?.body ?? ""), {
    threshold_amount: 4000,
    currency: "USD",
    interval: "month",
  });
  assert.equal(server.requests.length, 1);
  const stored = server.control.objects.all("organization/projects/{project_id}/spend_limit");
  if (stored[0] !== undefined) stored[0].body.enforcement = { status: "enforcing" };
  const read = keptOf(await session.refresh("openai_project_spend_limit", updated));
  assert.equal(read.state.enforcement_status, "enforcing");
  assert.ok((await session.plan("openai_project_spend_limit", lower, read)).empty);
  assert.equal((await session.delete("openai_project_spend_limit", read)).kept, null);
  assert.equal((await session.refresh("openai_project_spend_limit", read)).kept, null);
  assert.equal((await session.delete("openai_project_spend_limit", read)).kept, null);
});

test("the state of openai/openai, which has no ID of a singleton, is read and plans no change", async (t) => {
  const { session } = await place(t);
  const given = { ...project, threshold_amount: 5000, currency: "USD", interval: "month" };
  keptOf(await session.create("openai_project_spend_limit", given));
  const theirs = { ...given, enforcement_status: "inactive", object: "project.spend_limit" };
  const kept = await session.stored("openai_project_spend_limit", theirs, given);
  const read = keptOf(await session.refresh("openai_project_spend_limit", kept));
  assert.equal(read.state.id, "proj_default");
  assert.ok((await session.plan("openai_project_spend_limit", given, read)).empty);
});

test("a user is named by an address in any case, and a role by any of its names", async (t) => {
  const { server, session } = await place(t);
  const given = { ...project, email: "Ada@Example.com", role: "role-api-project-owner" };
  const kept = keptOf(await session.create("openai_project_user", given));
  const [stored] = server.control.objects.all("organization/projects/{project_id}/users");
  assert.deepEqual(
    [stored?.body.email, stored?.body.role],
    ["ada@example.com", "owner"],
    "the server plays it",
  );
  assert.deepEqual(JSON.parse(server.requests[0]?.body ?? ""), {
    email: "Ada@Example.com",
    role: "role-api-project-owner",
  });
  const read = keptOf(await session.refresh("openai_project_user", kept));
  assert.deepEqual([read.state.email, read.state.role], [given.email, given.role]);
  assert.equal(read.state.user_id, read.state.id);
  assert.ok((await session.plan("openai_project_user", given, read)).empty);
  assert.ok((await session.plan("openai_project_user", { ...given, role: "owner" }, read)).empty);
  const moved = await session.plan("openai_project_user", { ...given, email: "ben@example.com" }, read);
  assert.deepEqual(moved.replaces, ["email"]);
  assert.deepEqual(session.validate("openai_project_user", { ...project, role: "member" }).titles.length, 1);
});

test("the state of openai/openai of a user is read and plans no change", async (t) => {
  const { server, session } = await place(t);
  const user = { id: "user-1", email: "ada@example.com", role: "member" };
  server.control.addObject("organization/projects/{project_id}/users", user, project);
  const theirs = { ...project, user_id: "user-1", email: "ada@example.com", role: "member" };
  const given = { ...project, user_id: "user-1", role: "member" };
  const kept = await session.stored("openai_project_user", theirs, given);
  const read = keptOf(await session.refresh("openai_project_user", kept));
  assert.ok((await session.plan("openai_project_user", given, read)).empty);
});

test("an import ID has the order of openai/openai's, and nothing more", async (t) => {
  const { server, session } = await place(t);
  rateLimit(server);
  const imported = keptOf(await session.import("openai_project_rate_limit", "proj_default/rl-gpt-5.6-sol"));
  assert.deepEqual([imported.state.project_id, imported.state.id], ["proj_default", "rl-gpt-5.6-sol"]);
  for (const id of ["rl-gpt-5.6-sol", "proj_default/rl-gpt-5.6-sol/more", "/rl-gpt-5.6-sol"]) {
    const failed = await session.import("openai_project_rate_limit", id);
    assert.deepEqual(failed.titles, ["error: Invalid ID"], id);
    assert.match(failed.details.join(), /\{project_id\}\/rl-gpt-5\.6-sol/);
  }
});

test("a plan that destroys what the API cannot set back says that it stays as it is, and nothing is sent", async (t) => {
  const forgotten = apiObjects.filter(({ declaration: { resource } }) => resource?.gone === "forget");
  assert.ok(forgotten.length >= 4);
  for (const { declaration } of forgotten) {
    const object = objectCases.find(({ name }) => name === declaration.name);
    assert.ok(object, declaration.name);
    const { server, session } = await place(t);
    const { kept, titles: made } = await session.create(object.name, object.config(server));
    assert.ok(kept, made.join());
    const { titles } = await session.planDestroy(object.name, kept);
    assert.equal(titles.length, 1, object.name);
    assert.match(titles[0] ?? "", /^warning: .* stays as it is$/);
    server.control.clearRequests();
    assert.deepEqual((await session.delete(object.name, kept)).titles, []);
    assert.deepEqual(server.requests, []);
  }
});

test("a fraction of what the API counts in whole numbers is an error on its argument", async (t) => {
  const { session } = await place(t);
  const limit = { threshold_amount: 10.5, currency: "USD", interval: "month" };
  const alert = {
    ...limit,
    notification_channel_type: "email",
    notification_channel_recipients: ["a@example.com"],
  };
  for (const [type, config, at] of [
    ["openai_organization_spend_limit", limit, "threshold_amount"],
    ["openai_project_spend_limit", { ...project, ...limit }, "threshold_amount"],
    ["openai_organization_spend_alert", alert, "threshold_amount"],
    ["openai_project_spend_alert", { ...project, ...alert }, "threshold_amount"],
    [
      "openai_project_rate_limit",
      { ...project, rate_limit_id: "rl-a", max_requests_per_1_minute: 0.5 },
      "max_requests_per_1_minute",
    ],
    [
      "openai_vector_store_file",
      { vector_store_id: "vs_1", file_id: "file-1", chunking_strategy_json: chunks(400.5) },
      "chunking_strategy_json",
    ],
  ] as const) {
    const { titles, paths, details } = session.validate(type, config);
    assert.deepEqual([titles.length, paths], [1, [at]], `${type}: ${details.join()}`);
    assert.match(details.join(), /whole number/);
  }
});

function chunks(max_chunk_size_tokens: number): string {
  return JSON.stringify({ type: "static", static: { max_chunk_size_tokens, chunk_overlap_tokens: 100 } });
}
