import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { UNKNOWN } from "../../../../src/cty/index.ts";
import type { OpenAIServer } from "../../../support/openai-server/server.ts";
import sample from "../../../support/samples/audit_log.json";
import { keptOf, place } from "./support.ts";

const name = "openai_audit_logs";
const path = "organization/audit_logs";
const at = sample.effective_at;

type Log = Readonly<Record<string, unknown>> & { readonly id: string };

function logsIn(state: { readonly [name: string]: unknown }): Log[] {
  assert.ok(Array.isArray(state.audit_logs));
  return state.audit_logs;
}

function add(server: OpenAIServer, ...events: Readonly<Record<string, unknown>>[]): void {
  for (const event of events) server.control.addObject(path, { ...sample, ...event });
}

test("an event's common part is typed, and the whole of it is there as JSON", async (t) => {
  const { server, session } = await place(t);
  const big = { id: "key_2", data: { requests: 12_345_678 } };
  const key = {
    type: "api_key",
    api_key: { id: "key_1", type: "service_account", service_account: { id: "svc_1" } },
  };
  add(
    server,
    { id: "audit_log-1" },
    {
      id: "audit_log-2",
      type: "rate_limit.updated",
      actor: key,
      project: undefined,
      "rate_limit.updated": big,
    },
    { id: "audit_log-3", type: "something.new", actor: null },
  );
  const { state } = keptOf(await session.read(name, {}));
  const [third, second, first] = logsIn(state);
  assert.deepEqual(state.ids, ["audit_log-3", "audit_log-2", "audit_log-1"]);
  assert.deepEqual([first?.type, first?.effective_at], ["project.created", at]);
  assert.equal(
    JSON.stringify(first?.actor),
    JSON.stringify({
      type: "session",
      session: { ip_address: "192.0.2.7", user: { id: "user-abc123", email: "ada@example.com" } },
      api_key: null,
    }),
  );
  assert.equal(JSON.stringify(first?.project), '{"id":"proj_abc123","name":"Search"}');
  assert.deepEqual(JSON.parse(String(first?.details_json)), sample["project.created"]);
  const whole = JSON.parse(String(first?.event_json));
  assert.deepEqual([whole.actor.session.user_agent, whole.id], ["Mozilla/5.0", "audit_log-1"]);
  assert.equal(second?.project, null);
  assert.equal(
    JSON.stringify(second?.actor),
    JSON.stringify({
      type: "api_key",
      session: null,
      api_key: { id: "key_1", type: "service_account", user: null, service_account: { id: "svc_1" } },
    }),
  );
  assert.deepEqual(JSON.parse(String(second?.details_json)), big);
  assert.deepEqual([third?.actor, third?.details_json], [null, null]);
});

test("the JSON of an event is as it was received, to the last digit", async (t) => {
  const { server, session } = await place(t);
  const details = '{ "id":"rl_1", "changes_requested": {"n": 12345678901234567890.10} }';
  const event = `{"id":"audit_log-1","type":"rate_limit.updated","effective_at":1,"rate_limit.updated":${details}}`;
  server.fault({ path: "/audit_logs", body: `{"object":"list","data":[${event}],"has_more":false}` });
  const [log] = logsIn(keptOf(await session.read(name, {})).state);
  assert.deepEqual([log?.details_json, log?.event_json], [details, event]);
});

test("all pages are read, and limit and after choose a part", async (t) => {
  const { server, session } = await place(t);
  for (let index = 0; index < 230; index += 1) add(server, { id: `audit_log-${index}` });
  const all = keptOf(await session.read(name, {}));
  assert.equal(logsIn(all.state).length, 230);
  assert.equal(all.state.has_more, false);
  assert.equal(server.requests.length, 3);
  const part = keptOf(await session.read(name, { limit: 2, after: "audit_log-100" }));
  assert.deepEqual([part.state.ids, part.state.has_more], [["audit_log-99", "audit_log-98"], true]);
});

test("filters are sent as the API wants them", async (t) => {
  const { server, session } = await place(t);
  add(server, { id: "audit_log-1" }, { id: "audit_log-2", effective_at: at + 60 });
  const given = {
    effective_at: { gte: "2026-10-01T00:00:00Z", lt: String(at + 60) },
    event_types: ["project.created", "project.archived"],
    project_ids: ["proj_abc123"],
    actor_ids: ["user-abc123"],
    actor_emails: ["ada@example.com"],
    resource_ids: ["proj_abc123"],
    tenant_only: false,
  };
  const { state } = keptOf(await session.read(name, given));
  assert.deepEqual(state.ids, ["audit_log-1"]);
  assert.deepEqual(
    [...(server.requests[0]?.query ?? [])],
    [
      ["effective_at[gte]", "1790812800"],
      ["effective_at[lt]", "1790812860"],
      ["event_types[]", "project.created"],
      ["event_types[]", "project.archived"],
      ["tenant_only", "false"],
      ["project_ids[]", "proj_abc123"],
      ["actor_ids[]", "user-abc123"],
      ["actor_emails[]", "ada@example.com"],
      ["resource_ids[]", "proj_abc123"],
      ["limit", "100"],
    ],
  );
  for (const [bounds, ids] of [
    [{ gt: String(at) }, ["audit_log-2"]],
    [{ lte: String(at) }, ["audit_log-1"]],
    [{}, ["audit_log-2", "audit_log-1"]],
  ] as const)
    assert.deepEqual(keptOf(await session.read(name, { effective_at: bounds })).state.ids, ids);
  const others = keptOf(await session.read(name, { resource_ids: ["proj_other"] }));
  assert.deepEqual(others.state.audit_logs, []);
});

describe("what cannot be right is refused before anything is asked", () => {
  const wrong: readonly [config: Readonly<Record<string, unknown>>, path: string, words: RegExp][] = [
    [
      { event_types: ["project.created", "project.create"] },
      "event_types[1]",
      /begin with "project\." are project\.created, project\.updated, project\.archived, project\.deleted\..*Given: "project.create"/s,
    ],
    [{ event_types: ["projects.created"] }, "event_types[0]", /Types begin with api_key\., certificate\./],
    [{ event_types: [] }, "event_types", /must not be empty/],
    [{ event_types: ["tenant.user.added"] }, "tenant_only", /tenant_only = true/],
    [{ event_types: ["role.bound_to_resource"], tenant_only: false }, "tenant_only", /tenant_only = true/],
    [{ effective_at: { gte: "monday" } }, "effective_at.gte", /RFC 3339/],
    [{ effective_at: { gt: "1", gte: "2" } }, "effective_at.gte", /Only one of "gt" and "gte"/],
    [{ effective_at: { lt: "1", lte: "2" } }, "effective_at.lte", /Only one of "lt" and "lte"/],
    [{ effective_at: { gt: "60", lte: "1" } }, "effective_at.lte", /before "gt", 1970-01-01T00:01:00Z/],
    [{ actor_emails: [""] }, "actor_emails[0]", /blank/],
  ];
  for (const [config, path, words] of wrong)
    test(`${path}: ${words.source.slice(0, 30)}`, async (t) => {
      const { server, session } = await place(t);
      const { titles, paths, details } = session.validateRead(name, config);
      assert.equal(titles.length, 1, titles.join());
      assert.deepEqual(paths, [path]);
      assert.match(details.join(), words);
      assert.equal(server.requests.length, 0);
    });

  test("and nothing else is", async (t) => {
    const { session } = await place(t);
    for (const config of [
      { event_types: ["tenant.user.added"], tenant_only: true },
      { event_types: ["tenant.user.added"], tenant_only: UNKNOWN },
      { event_types: UNKNOWN, tenant_only: false },
      { event_types: ["project.created", UNKNOWN] },
      { effective_at: UNKNOWN },
      { effective_at: { gt: UNKNOWN, lt: "1" } },
      { effective_at: {} },
      // One moment.
      { effective_at: { gte: "1", lte: "2" } },
    ])
      assert.deepEqual(session.validateRead(name, config).titles, []);
  });
});
