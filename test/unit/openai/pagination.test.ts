import assert from "node:assert/strict";
import { describe, test } from "node:test";
import {
  type JsonObject,
  OpenAIError,
  type Page,
  paginate,
  parseJson,
  type Span,
} from "../../../src/openai/index.ts";

type Asked = { readonly after: string | undefined; readonly limit: number };

/** A page as the client gives it. */
function page(body: string): Page {
  const json = parseJson(body);
  assert.ok(json instanceof Map);
  const object: JsonObject = json;
  const data = object.get("data");
  assert.ok(Array.isArray(data));
  const [lastId, next] = [object.get("last_id"), object.get("next") ?? object.get("next_page")];
  return {
    body: object,
    api: undefined,
    text: body,
    status: 200,
    requestId: "req_page",
    date: undefined,
    account: { organization: undefined, project: undefined },
    display: (text) => text,
    throwIfStopped() {},
    context: { method: "GET", origin: "http://api", path: "/v1/chat/completions", attempts: 1, elapsedMs: 1 },
    data,
    hasMore: object.has("has_more") ? object.get("has_more") === true : null,
    lastId: typeof lastId === "string" ? lastId : null,
    next: typeof next === "string" ? next : null,
  };
}

function envelope(ids: readonly string[], hasMore: boolean): Page {
  return page(
    JSON.stringify({ data: ids.map((id) => ({ id })), has_more: hasMore, last_id: ids.at(-1) ?? null }),
  );
}

/** An API with a list of so many items: `1`, `2`, and so on; heeds `after` and `limit` as OpenAI's does. */
function api(count: number) {
  const asked: Asked[] = [];
  const ids = Array.from({ length: count }, (_, index) => `${index + 1}`);
  const fetch = async (query: Asked) => {
    asked.push(query);
    const start = query.after === undefined ? 0 : ids.indexOf(query.after) + 1;
    const shown = ids.slice(start, start + query.limit);
    return envelope(shown, start + shown.length < count);
  };
  return { asked, fetch };
}

async function collect(fetch: (query: Asked) => Promise<Page>, span?: Span) {
  const ids: unknown[] = [];
  let hasMore: boolean | undefined;
  for await (const items of paginate(fetch, span)) {
    for (const item of items.data) {
      ids.push(item instanceof Map ? (item.get("id") ?? null) : item);
    }
    hasMore = items.hasMore;
  }
  return { ids, hasMore };
}

function upTo(last: number, first = 1): string[] {
  return Array.from({ length: last - first + 1 }, (_, index) => `${first + index}`);
}

describe("a walk over a list", () => {
  test("asks for pages of 100, each after the last item of the one before", async () => {
    const { asked, fetch } = api(250);
    assert.deepEqual(await collect(fetch), { ids: upTo(250), hasMore: false });
    assert.deepEqual(asked, [
      { after: undefined, limit: 100 },
      { after: "100", limit: 100 },
      { after: "200", limit: 100 },
    ]);
  });

  test("ends with a full page after which there is no more", async () => {
    const { asked, fetch } = api(200);
    assert.equal((await collect(fetch)).ids.length, 200);
    assert.equal(asked.length, 2);
  });

  test("ends at an empty page, whatever that page says", async () => {
    const pages = [envelope(["1"], true), envelope([], true)];
    const result = await collect(async () => pages.shift() ?? assert.fail("asked on"));
    assert.deepEqual(result, { ids: ["1"], hasMore: false });
  });

  test("over an empty list gives one page without items", async () => {
    assert.deepEqual(await collect(api(0).fetch), { ids: [], hasMore: false });
  });

  test("of pages with tokens asks for as many as the API takes, and follows the tokens alone", async () => {
    const asked: Asked[] = [];
    const bodies = [
      { data: [{ from: 1 }], has_more: true, next_page: "page_a" },
      { data: [], has_more: true, next_page: "page_b" },
      { data: [{ from: 3 }], has_more: false, next_page: "page_c" },
    ];
    const span = { tokens: true, size: 31 };
    const { ids, hasMore } = await collect(async (query) => {
      asked.push(query);
      return page(JSON.stringify(bodies.shift() ?? assert.fail("asked on")));
    }, span);
    assert.deepEqual([ids.length, hasMore], [2, false]);
    assert.deepEqual(asked, [
      { after: undefined, limit: 31 },
      { after: "page_a", limit: 31 },
      { after: "page_b", limit: 31 },
    ]);
    const silent = { data: [{ id: "1" }], next_page: null };
    assert.deepEqual(await collect(async () => page(JSON.stringify(silent)), { tokens: true, size: 1 }), {
      ids: ["1"],
      hasMore: false,
    });
    for (const next_page of [null, "", undefined])
      await assert.rejects(
        collect(async () => page(JSON.stringify({ data: [{ id: "1" }], has_more: true, next_page })), span),
        /next_page: the cursor that leads to the next page is missing/,
      );
  });

  test("follows the cursor that a page names as its next, whatever its items' IDs are", async () => {
    const asked: (string | undefined)[] = [];
    const bodies = [
      { data: [{ id: "1" }], has_more: true, next: "cursor_a" },
      { data: [{ group_id: "2" }], has_more: true, next: "cursor_b" },
      { data: [{ id: "3" }], has_more: true, next: null },
      { data: [{ id: "4" }], has_more: false, next: "" },
    ];
    const { ids } = await collect(async ({ after }) => {
      asked.push(after);
      return page(JSON.stringify(bodies.shift() ?? assert.fail("asked on")));
    });
    assert.deepEqual(ids, ["1", null, "3", "4"]);
    assert.deepEqual(asked, [undefined, "cursor_a", "cursor_b", "3"]);
    const again = { data: [{ id: "1" }], has_more: true, next: "cursor_a" };
    await assert.rejects(
      collect(async () => page(JSON.stringify(again))),
      /leads back/,
    );
  });

  test("begins after the given item", async () => {
    const { asked, fetch } = api(105);
    assert.deepEqual(await collect(fetch, { after: "3" }), { ids: upTo(105, 4), hasMore: false });
    assert.deepEqual(asked[0], { after: "3", limit: 100 });
  });

  test("asks for no more than the limit in all, and says that there is more", async () => {
    const { asked, fetch } = api(500);
    assert.deepEqual(await collect(fetch, { limit: 230 }), { ids: upTo(230), hasMore: true });
    assert.deepEqual(
      asked.map((query) => query.limit),
      [100, 100, 30],
    );
  });

  test("knows that nothing follows a limit that is the list's length", async () => {
    assert.equal((await collect(api(100).fetch, { limit: 100 })).hasMore, false);
  });

  test("drops what an API sends beyond the limit, and says that it is there", async () => {
    const result = await collect(async () => envelope(["1", "2", "3"], false), { limit: 2 });
    assert.deepEqual(result, { ids: ["1", "2"], hasMore: true });
  });

  test("goes on after a full page, where the API does not say whether there is more", async () => {
    const { asked, fetch } = api(150);
    const silent = async (query: Asked) => ({ ...(await fetch(query)), hasMore: null });
    assert.deepEqual(await collect(silent), { ids: upTo(150), hasMore: false });
    assert.equal(asked.length, 2);
  });

  test("takes more than was asked for as all there is, where the API does not say", async () => {
    const all = { ...envelope(upTo(150), false), hasMore: null };
    assert.deepEqual(await collect(async () => all), { ids: upTo(150), hasMore: false });
  });

  test("takes the envelope's last_id where items have no ID", async () => {
    const pages = [
      page('{"data":[{"n":1}],"has_more":true,"last_id":"cursor-1"}'),
      page('{"data":[{"n":2}],"has_more":false}'),
    ];
    const asked: Asked[] = [];
    await collect(async (query) => {
      asked.push(query);
      return pages.shift() ?? assert.fail("asked on");
    });
    assert.equal(asked[1]?.after, "cursor-1");
  });

  test("reads on only when it is asked for more", async () => {
    const { asked, fetch } = api(1000);
    for await (const items of paginate(fetch)) {
      assert.equal(items.data.length, 100);
      break;
    }
    assert.equal(asked.length, 1);
  });
});

describe("a list that cannot be walked to its end", () => {
  const fails = (fetch: (query: Asked) => Promise<Page>, span?: Span) =>
    collect(fetch, span).then(
      () => assert.fail("it should have failed"),
      (error: unknown) => {
        assert.ok(error instanceof OpenAIError, String(error));
        return error;
      },
    );

  test("because a page leads back to an earlier one", async () => {
    const error = await fails(async () => envelope(["1", "2"], true));
    assert.equal(error.kind, "unexpected_shape");
    assert.match(error.message, /the page after 2 leads back to it/);
    assert.equal(error.requestId, "req_page");
  });

  test("because the API does not heed the item to begin after", async () => {
    assert.match((await fails(async () => envelope(["1", "x"], true), { after: "x" })).message, /after x/);
  });

  test("because pages go in a circle", async () => {
    const circle = new Map([
      [undefined, ["1"]],
      ["1", ["2"]],
      ["2", ["1"]],
    ]);
    const error = await fails(async ({ after }) => envelope(circle.get(after) ?? [], true));
    assert.equal(error.kind, "unexpected_shape");
  });

  for (const item of ["{}", '{"id":""}', '{"id":7}', "null", "[]"]) {
    test(`because the last item is ${item}, and the envelope has no last_id`, async () => {
      const error = await fails(async () => page(`{"data":[{"id":"1"},${item}],"has_more":true}`));
      assert.equal(error.kind, "unexpected_shape");
      assert.match(error.message, /^data\[1\]\.id: /);
    });
  }

  test("because all pages together are too large", async () => {
    const { asked, fetch } = api(1000);
    const error = await fails(fetch, { most: 3000 });
    assert.equal(error.kind, "too_large");
    assert.equal(error.failure.limit, 3000);
    assert.ok(asked.length > 1 && asked.length < 10, `${asked.length} pages were read`);
  });

  test("because a page fails, whatever came before it", async () => {
    const { fetch } = api(300);
    const failure = new OpenAIError({ kind: "server_error", message: "no" }, envelope([], false).context);
    const error = await fails(async (query) => {
      if (query.after === "200") throw failure;
      return fetch(query);
    });
    assert.equal(error, failure);
  });
});

describe("a page that is too large for one answer", () => {
  const tooLarge = () =>
    new OpenAIError({ kind: "too_large", message: "larger than 32 MiB" }, envelope([], false).context);

  test("is asked for in smaller ones", async () => {
    const { asked, fetch } = api(60);
    const result = await collect(async (query) => {
      if (query.limit > 10) throw tooLarge();
      return fetch(query);
    });
    assert.deepEqual(result, { ids: upTo(60), hasMore: false });
    assert.ok(asked.every(({ limit }) => limit === 7));
  });

  test("is an error where one item alone is", async () => {
    const asked: number[] = [];
    await assert.rejects(
      collect(async ({ limit }) => {
        asked.push(limit);
        throw tooLarge();
      }),
      { kind: "too_large" },
    );
    assert.deepEqual(asked, [100, 25, 7, 2, 1]);
  });
});
