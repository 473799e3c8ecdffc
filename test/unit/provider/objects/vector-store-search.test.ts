import assert from "node:assert/strict";
import { test } from "node:test";
import { UNKNOWN } from "../../../../src/cty/index.ts";
import { parseShortNumber } from "../../../../src/framework/index.ts";
import { keptOf, place } from "./support.ts";

const name = "openai_vector_store_search";
const filter = { type: "and", filters: [{ type: "eq", key: "team", value: "docs" }] };

async function searched(t: Parameters<typeof place>[0]) {
  const { server, session } = await place(t);
  const { id } = server.control.addObject("vector_stores", {});
  return { server, session, vector_store_id: id };
}

test("a search sends what is set and nothing else, and reads every result exactly", async (t) => {
  const { server, session, vector_store_id } = await searched(t);
  const { state } = keptOf(
    await session.read(name, {
      vector_store_id,
      query: "who is on call",
      filters_json: JSON.stringify(filter),
      max_num_results: 2,
      ranking_options: { ranker: "auto", score_threshold: 0.25 },
      rewrite_query: true,
    }),
  );
  const [request] = server.requests;
  assert.deepEqual(
    [request?.method, request?.path, request?.headers["openai-beta"]],
    ["POST", `/v1/vector_stores/${vector_store_id}/search`, "assistants=v2"],
  );
  assert.deepEqual(JSON.parse(request?.body ?? ""), {
    query: "who is on call",
    filters: filter,
    max_num_results: 2,
    ranking_options: { ranker: "auto", score_threshold: 0.25 },
    rewrite_query: true,
  });
  assert.deepEqual([state.search_query, state.has_more, state.next_page], [["who is on call"], false, null]);
  assert.deepEqual(structuredClone(state.results), [
    {
      file_id: "file-9PqL2mXw7RtYv4Bn",
      filename: "on-call.md",
      score: 0.9134729018456721,
      attributes_json: '{"team":"platform","year":2026,"draft":false}',
      content: [
        { type: "text", text: "At night the platform team's rota answers." },
        { type: "text", text: "The rota changes each Monday." },
      ],
    },
    {
      file_id: "file-4Wd8kZs1QvNn6TyE",
      filename: "releases.md",
      score: 0.41,
      attributes_json: null,
      content: [{ type: "text", text: "Nothing ships on Fridays." }],
    },
  ]);
});

test("several queries are one search; the same question has the same ID, another has another", async (t) => {
  const { server, session, vector_store_id } = await searched(t);
  const ask = async (given: object) => keptOf(await session.read(name, { vector_store_id, ...given })).state;
  const one = await ask({ queries: ["a", "b"] });
  assert.deepEqual(JSON.parse(server.requests[0]?.body ?? ""), { query: ["a", "b"] });
  assert.deepEqual(one.search_query, ["a", "b"]);
  assert.equal((await ask({ queries: ["a", "b"] })).id, one.id);
  const others = [{ queries: ["b", "a"] }, { query: "a" }, { query: "a", max_num_results: 1 }];
  for (const given of others) assert.notEqual((await ask(given)).id, one.id, JSON.stringify(given));
});

test("a search query that is a text, scores of many digits, and pages with more are read as they are", async (t) => {
  const { server, session, vector_store_id } = await searched(t);
  const score = "0.12345678901234567890";
  const text = `{"object":"vector_store.search_results.page","search_query":"one","data":[{"score":${score},"attributes":{"n":1.50}}],"has_more":true,"next_page":"tok_1"}`;
  server.fault({ body: text });
  const { state } = keptOf(await session.read(name, { vector_store_id, query: "one" }));
  assert.deepEqual([state.search_query, state.has_more, state.next_page], [["one"], true, "tok_1"]);
  const content = { file_id: null, filename: null, content: null };
  const [result] = Array.isArray(state.results) ? state.results : [];
  const expected = { ...content, score: parseShortNumber(score), attributes_json: '{"n":1.50}' };
  assert.deepEqual({ ...Object(result) }, expected);
});

test("a rate limit and a server error are tried again, since a search creates nothing", async (t) => {
  const { server, session, vector_store_id } = await searched(t);
  server.fault({ error: "rate_limit", headers: { "retry-after-ms": "20" }, times: 1 });
  keptOf(await session.read(name, { vector_store_id, query: "a" }));
  server.fault({ error: "server_error", times: 1 });
  keptOf(await session.with({ max_retries: 2 }).read(name, { vector_store_id, query: "a" }));
  assert.equal(server.requests.length, 4);
});

test("a vector store that is not there is an error on vector_store_id", async (t) => {
  const { session } = await searched(t);
  const { titles, paths, details } = await session.read(name, { vector_store_id: "vs_none", query: "a" });
  assert.deepEqual([titles, paths], [["error: Vector store not found"], ["vector_store_id"]]);
  assert.match(details[0] ?? "", /no vector store "vs_none"/);
});

test("a parameter that the API refuses is an error on its argument", async (t) => {
  const { server, session, vector_store_id } = await searched(t);
  for (const [param, path] of [
    ["filters", "filters_json"],
    ["ranking_options.score_threshold", "ranking_options.score_threshold"],
  ] as const) {
    server.fault({ status: 400, body: { error: { message: "no", param, type: "invalid_request_error" } } });
    const failed = await session.read(name, { vector_store_id, query: "a" });
    assert.deepEqual([failed.titles, failed.paths], [["error: Request refused by the API"], [path]]);
  }
});

test("bad arguments are errors on them, at validate", async (t) => {
  const { session } = await place(t);
  const base = { vector_store_id: "vs_1", query: "a" };
  const filters_json = (value: unknown) => ({ filters_json: JSON.stringify(value) });
  for (const [given, path, words] of [
    [{ query: null }, "", /exactly one/i],
    [{ queries: ["b"] }, "queries", /query/],
    [{ query: null, queries: [] }, "queries", /empty/],
    [{ query: " " }, "query", /blank|empty/],
    [{ max_num_results: 0 }, "max_num_results", /from 1 to 50/],
    [{ max_num_results: 51 }, "max_num_results", /from 1 to 50/],
    [{ ranking_options: { ranker: "best" } }, "ranking_options.ranker", /auto/],
    [{ ranking_options: { score_threshold: 1.5 } }, "ranking_options.score_threshold", /from 0 to 1/],
    [{ filters_json: "[" }, "filters_json", /JSON/],
    [filters_json({ type: "like", key: "a", value: "b" }), "filters_json", /type must be one of eq/],
    [filters_json({ type: "eq", value: "b" }), "filters_json", /key must name/],
    [filters_json({ type: "in", key: "a", value: "b" }), "filters_json", /list of strings and numbers/],
    [filters_json({ type: "eq", key: "a", value: ["b"] }), "filters_json", /string, a number or a boolean/],
    [filters_json({ type: "or", filters: [] }), "filters_json", /at least one filter/],
    [
      filters_json({ type: "or", filters: [{ type: "and", filters: [{ type: "eq" }] }] }),
      "filters_json",
      /key of filters\[0\]\.filters\[0\]/,
    ],
  ] as const) {
    const { titles, paths, details } = session.validateRead(name, { ...base, ...given });
    assert.deepEqual([titles.length, paths], [1, [path]], JSON.stringify(given));
    assert.match(details[0] ?? "", words);
  }
  assert.deepEqual(session.validateRead(name, { ...base, query: UNKNOWN, queries: UNKNOWN }).titles, []);
  assert.deepEqual(session.validateRead(name, { ...base, filters_json: JSON.stringify(filter) }).titles, []);
});
