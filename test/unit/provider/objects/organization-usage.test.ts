import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { UNKNOWN } from "../../../../src/cty/index.ts";
import { terraformNumberText } from "../../../../src/framework/index.ts";
import { mostItems } from "../../../../src/openai/pagination.ts";
import { apiObjects } from "../../../../src/provider/objects/index.ts";
import { mostBuckets } from "../../../../src/provider/objects/usage-buckets.ts";
import { usageKinds } from "../../../support/openai-server/objects/usage-kinds.ts";
import type { OpenAIServer } from "../../../support/openai-server/server.ts";
import { keptOf, place } from "./support.ts";

const day = 86_400;
/** A day whose bucket has results. */
const start = 20_758 * day;
const completions = "openai_organization_usage_completions";
const costs = "openai_organization_costs";

const sources = apiObjects
  .filter(({ declaration }) => /^organization\/(?:usage\/|costs$)/.test(declaration.path))
  .map(({ declaration }) => ({ name: declaration.name, path: declaration.path }));

/** The queries that the API got, as names and values. */
function queries(server: OpenAIServer): [string, string][][] {
  return server.requests.map(({ query }) => [...query]);
}

type Bucket = { readonly start_time: number; readonly results: readonly Readonly<Record<string, unknown>>[] };

function bucketsIn(state: { readonly [name: string]: unknown }): Bucket[] {
  assert.ok(Array.isArray(state.buckets));
  return state.buckets;
}

test("as many buckets may be asked for as items are read of a list", () => {
  assert.equal(mostBuckets, mostItems);
});

test("there is a data source for each kind of usage, and for costs", () => {
  assert.equal(sources.length, 12);
  for (const { name, path } of sources) assert.equal(name, `openai_${path.replaceAll("/", "_")}`);
});

for (const { name, path } of sources) {
  test(`${name} has all that a result has, grouped by everything`, async (t) => {
    const { server, session } = await place(t);
    const kind = usageKinds.find((each) => each.path === path);
    assert.ok(kind?.buckets);
    const { groupBy } = kind.buckets;
    const given = { start_time: String(start), end_time: String(start + 2 * day), group_by: groupBy };
    const { state } = keptOf(await session.read(name, given));
    const buckets = bucketsIn(state);
    assert.deepEqual(
      buckets.map(({ start_time, results }) => [start_time, results.length]),
      [
        [start, 1],
        [start + day, 0],
      ],
    );
    const { object: _, ...expected } = kind.sample;
    for (const [member, value] of Object.entries(expected)) {
      // Costs have their own test.
      if (member !== "amount") assert.equal(buckets[0]?.results[0]?.[member] ?? null, value, member);
    }
    const [request] = server.requests;
    assert.equal(server.requests.length, 1);
    assert.match(request?.key ?? "", /sk-admin-test/);
    const plain = keptOf(await session.read(name, { ...given, group_by: null }));
    for (const member of groupBy) assert.equal(bucketsIn(plain.state)[0]?.results[0]?.[member], null, member);
  });
}

describe("pages", () => {
  for (const [width, size, seconds] of [
    ["1m", 1440, 60],
    ["1h", 168, 3600],
    ["1d", 31, day],
    [null, 31, day],
  ] as const)
    test(`of ${width ?? "the usual"} width are all read, as large as the API makes them`, async (t) => {
      const { server, session } = await place(t);
      const count = 2 * size + 3;
      const given = {
        start_time: String(start),
        end_time: String(start + count * seconds),
        bucket_width: width,
      };
      const { state } = keptOf(await session.read(completions, given));
      const times = bucketsIn(state).map(({ start_time }) => start_time);
      assert.deepEqual(
        times,
        Array.from({ length: count }, (_, index) => start + index * seconds),
      );
      assert.equal(state.has_more, false);
      const asked = queries(server);
      assert.deepEqual(
        asked.map((query) => query.find(([each]) => each === "limit")?.[1]),
        [`${size}`, `${size}`, `${size}`],
      );
      assert.deepEqual(
        asked.map((query) => query.some(([each]) => each === "page")),
        [false, true, true],
      );
      const all = JSON.parse(String(state.response_json));
      assert.equal(all.data.length, count);
    });

  test("of costs are of 180 days, and limit is of all pages together", async (t) => {
    const { server, session } = await place(t);
    const given = { start_time: String(start), end_time: String(start + 400 * day), limit: 200 };
    const { state } = keptOf(await session.read(costs, given));
    assert.equal(bucketsIn(state).length, 200);
    assert.equal(state.has_more, true);
    assert.deepEqual(
      queries(server).map((query) => query.find(([each]) => each === "limit")?.[1]),
      ["180", "20"],
    );
  });

  test("that say there is more, and not where, are an error, and no part stands for the whole", async (t) => {
    const { server, session } = await place(t);
    for (const body of [
      { object: "page", data: [], has_more: true, next_page: null },
      { object: "page", data: [], has_more: true },
    ]) {
      server.fault({ path: "/usage/completions", body });
      const { titles, details, kept } = await session.read(completions, { start_time: "0" });
      assert.deepEqual([titles, kept], [["error: Unexpected answer from the API"], undefined]);
      assert.match(details.join(), /next_page: the cursor that leads to the next page is missing/);
    }
  });

  test("go on behind an empty one, and end where they lead back", async (t) => {
    const { server, session } = await place(t);
    const empty = { object: "page", data: [], has_more: true, next_page: "page_" };
    const token = Buffer.from(String(start)).toString("base64url");
    server.fault({ path: "/costs", body: { ...empty, next_page: `page_${token}` } });
    const given = { start_time: String(start), end_time: String(start + day) };
    assert.equal(bucketsIn(keptOf(await session.read(costs, given)).state).length, 1);
    server.fault({ path: "/costs", body: empty, times: "always" });
    const { titles, details } = await session.with({ max_retries: 0 }).read(costs, given);
    assert.deepEqual(titles, ["error: Unexpected answer from the API"]);
    assert.match(details.join(), /leads back to it/);
  });

  test("without has_more end where there is no cursor", async (t) => {
    const { server, session } = await place(t);
    const bucket = { object: "bucket", start_time: start, end_time: start + day, results: [] };
    server.fault({ path: "/costs", body: { object: "page", data: [bucket], next_page: null } });
    const { state } = keptOf(await session.read(costs, { start_time: String(start), limit: 1 }));
    assert.equal(state.has_more, false);
  });
});

test("arguments are sent as the API wants them, times in Unix seconds", async (t) => {
  const { server, session } = await place(t);
  const given = {
    start_time: "2026-11-01T02:00:00+02:00",
    end_time: "1793664000",
    bucket_width: "1h",
    group_by: ["model", "batch"],
    project_ids: ["proj_abc123"],
    user_ids: ["user-abc123", "user-2"],
    api_key_ids: ["key_abc123"],
    models: ["gpt-6-luna"],
    batch: false,
    limit: 1,
  };
  const { state } = keptOf(await session.read(completions, given));
  assert.deepEqual(queries(server), [
    [
      ["start_time", "1793491200"],
      ["end_time", "1793664000"],
      ["project_ids[]", "proj_abc123"],
      ["bucket_width", "1h"],
      ["group_by[]", "model"],
      ["group_by[]", "batch"],
      ["user_ids[]", "user-abc123"],
      ["user_ids[]", "user-2"],
      ["api_key_ids[]", "key_abc123"],
      ["models[]", "gpt-6-luna"],
      ["batch", "false"],
      ["limit", "1"],
    ],
  ]);
  assert.equal(bucketsIn(state)[0]?.results.length, 1);
  assert.equal(state.start_time, given.start_time, "an argument stays as it was written");
  const others = keptOf(await session.read(completions, { ...given, batch: true }));
  assert.deepEqual(bucketsIn(others.state)[0]?.results, []);
});

test("amounts keep every digit, sent as a number or as text", async (t) => {
  const { server, session } = await place(t);
  const given = { start_time: String(start), end_time: String(start + day) };
  const amounts = ["0.0600000000000000012", "123456789012345678901.123456789", "0E-6176", "1.5e-9", "-0.25"];
  for (const [index, amount] of amounts.entries())
    for (const spelled of [amount, `"${amount}"`]) {
      const result = `{"object":"organization.costs.result","amount":{"value":${spelled},"currency":"usd"}}`;
      const bucket = `{"object":"bucket","start_time":${start},"end_time":${start + day},"results":[${result}]}`;
      server.fault({ path: "/costs", body: `{"object":"page","data":[${bucket}],"has_more":false}` });
      const { state } = keptOf(await session.with({}).read(costs, given));
      const value = Reflect.get(Object(bucketsIn(state)[0]?.results[0]?.amount), "value");
      const texts = [
        "0.0600000000000000012",
        "123456789012345678901.123456789",
        "0",
        "0.0000000015",
        "-0.25",
      ];
      assert.equal(terraformNumberText(value), texts[index], spelled);
    }
});

test("an amount that is none is null, with a warning, and nothing else is lost", async (t) => {
  const { server, session } = await place(t);
  for (const [value, warned] of [
    ["free", true],
    [true, true],
    ["1.2.3", true],
    [null, false],
  ] as const) {
    const results = [{ object: "organization.costs.result", amount: { value, currency: "usd" } }];
    const bucket = { object: "bucket", start_time: start, end_time: start + day, results };
    server.fault({ path: "/costs", body: { object: "page", data: [bucket], has_more: false } });
    const { titles, kept } = await session.with({}).read(costs, { start_time: String(start) });
    assert.deepEqual(titles, warned ? ["warning: Unexpected answer from the API"] : [], String(value));
    assert.ok(kept);
    const amount = Object(bucketsIn(kept.state)[0]?.results[0]?.amount);
    assert.deepEqual({ ...amount }, { value: null, currency: "usd" });
  }
});

describe("what cannot be right is refused before anything is asked", () => {
  const range = { start_time: "2026-11-01T00:00:00Z", end_time: "2026-11-02T00:00:00Z" };
  const wrong: readonly [config: Readonly<Record<string, unknown>>, path: string, words: RegExp][] = [
    [{ start_time: null }, "start_time", /required/],
    [{ start_time: "yesterday" }, "start_time", /RFC 3339.*for example "2026-11-01T00:00:00Z"/s],
    [{ ...range, end_time: "1793491200000" }, "end_time", /Unix seconds/],
    [
      { ...range, end_time: "2026-10-31T00:00:00Z" },
      "end_time",
      /2026-10-31T00:00:00Z, which is before "start_time", 2026-11-01T00:00:00Z/,
    ],
    [{ ...range, end_time: "1793491200" }, "end_time", /the same as "start_time"/],
    [{ ...range, group_by: ["model", "team"] }, "group_by[1]", /"project_id", "user_id".*Given: "team"/s],
    [{ ...range, group_by: ["model", "model"] }, "group_by[1]", /twice/],
    [{ ...range, group_by: [] }, "group_by", /must not be empty/],
    [{ ...range, project_ids: ["proj_1", " "] }, "project_ids[1]", /blank/],
    [{ ...range, bucket_width: "1w" }, "bucket_width", /"1m", "1h", "1d"/],
    [{ ...range, limit: 0 }, "limit", /at least 1/],
    [
      { ...range, start_time: "2025-11-02T00:00:00Z", bucket_width: "1m" },
      "bucket_width",
      /525,600 buckets of 1m, and at most 200,000 are read.*a wider one/s,
    ],
    [{ start_time: "0", end_time: "99999999999" }, "end_time", /1,157,408 buckets of 1d/],
  ];
  for (const [config, path, words] of wrong)
    test(`${path}: ${words.source.slice(0, 40)}`, async (t) => {
      const { server, session } = await place(t);
      const { titles, paths, details } = session.validateRead(completions, config);
      assert.equal(titles.length, 1, titles.join());
      assert.match(titles[0] ?? "", /^error: /);
      assert.deepEqual(paths, [path]);
      assert.match(details.join(), words);
      assert.equal(server.requests.length, 0);
    });

  test("and nothing else is", async (t) => {
    const { session } = await place(t);
    for (const config of [
      { ...range, end_time: null },
      { ...range, start_time: UNKNOWN },
      { ...range, end_time: UNKNOWN, bucket_width: UNKNOWN, group_by: UNKNOWN, limit: UNKNOWN },
      { ...range, group_by: ["model", UNKNOWN] },
      { ...range, start_time: "2025-11-02T00:00:00Z", bucket_width: "1m", limit: 200_000 },
      { ...range, start_time: "2025-11-02T00:00:00Z", bucket_width: UNKNOWN },
      { ...range, start_time: "2025-11-02T00:00:00Z", bucket_width: "1h" },
    ])
      assert.deepEqual(session.validateRead(completions, config).titles, []);
  });

  test("costs have days alone, and lines", async (t) => {
    const { session } = await place(t);
    const hours = session.validateRead(costs, { ...range, bucket_width: "1h" });
    assert.deepEqual(hours.paths, ["bucket_width"]);
    const byModel = session.validateRead(costs, { ...range, group_by: ["model"] });
    assert.match(byModel.details.join(), /"line_item"/);
    assert.deepEqual(session.validateRead(costs, { ...range, group_by: ["line_item"] }).titles, []);
  });
});

test("an argument that the API refuses is the argument of the error", async (t) => {
  const { server, session } = await place(t);
  for (const param of ["group_by", "group_by[]", "project_ids"]) {
    const error = { message: "Unsupported combination.", type: "invalid_request_error", param, code: null };
    server.fault({ path: "/costs", status: 400, body: { error } });
    const { paths, details } = await session.with({}).read(costs, {
      start_time: String(start),
      group_by: ["user_id", "project_id"],
      project_ids: ["proj_1"],
    });
    assert.deepEqual(paths, [param.replace("[]", "")]);
    assert.match(details.join(), /Unsupported combination/);
  }
});

test("a project's key is not sent, and a missing admin key names where it belongs", async (t) => {
  const { server, session } = await place(t);
  const without = session.with({ admin_api_key: null });
  for (const name of [completions, costs, "openai_audit_logs"]) {
    const { titles } = await without.read(name, name === "openai_audit_logs" ? {} : { start_time: "0" });
    assert.deepEqual(titles, ["error: No admin API key"], name);
  }
  assert.equal(server.requests.length, 0);
});
