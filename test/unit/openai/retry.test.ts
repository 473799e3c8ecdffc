import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { backoffMs, retryAfterMs } from "../../../src/openai/retry.ts";
import {
  client,
  errorBody,
  failing,
  get,
  http,
  json,
  ok,
  post,
  QuickClock,
  remove,
  replies,
  update,
} from "./support.ts";

const clock = new QuickClock();
const hint = (headers: Record<string, string>) => retryAfterMs((name) => headers[name], clock);

describe("a hint when to come back", () => {
  it("is taken from retry-after-ms, then from retry-after in seconds or as a date", () => {
    assert.equal(hint({ "retry-after-ms": "12.5", "retry-after": "9" }), 12.5);
    assert.equal(hint({ "retry-after": " 1.5 " }), 1500);
    assert.equal(hint({ "retry-after": "0" }), 0);
    assert.equal(hint({ "retry-after": "Fri, 20 Nov 2026 12:00:07 GMT" }), 7000);
    assert.equal(hint({ "retry-after-ms": "x", "retry-after": "2" }), 2000);
  });

  it("is believed however long it is", () => {
    assert.equal(hint({ "retry-after": "61" }), 61_000);
    assert.equal(hint({ "retry-after": "86400" }), 86_400_000);
    assert.equal(hint({ "retry-after-ms": "7200000" }), 7_200_000);
    assert.equal(hint({ "retry-after": "Fri, 20 Nov 2026 14:00:00 GMT" }), 7_200_000);
  });

  it("is ignored where it is no number or date, or lies in the past", () => {
    for (const value of ["-1", "soon", "", "NaN", "1e9", "9".repeat(400), "Fri, 20 Nov 2026 11:59:59 GMT"]) {
      assert.equal(hint({ "retry-after": value }), undefined, value);
    }
    assert.equal(hint({}), undefined);
  });

  it("is replaced by 0.5 s doubled to 8 s, less up to a quarter", () => {
    assert.deepEqual(
      [0, 1, 2, 3, 4, 5, 50].map((n) => backoffMs(n, clock)),
      [500, 1000, 2000, 4000, 8000, 8000, 8000],
    );
    assert.equal(
      backoffMs(0, { ...clock, random: () => 1, now: clock.now, date: clock.date, sleep: clock.sleep }),
      375,
    );
  });
});

describe("a read", () => {
  for (const status of [408, 409, 500, 502, 503, 529]) {
    it(`is repeated after ${status}, four times by default`, async (t) => {
      const server = await replies(t, json(status, ""));
      const waits = new QuickClock();
      const error = await failing(client(t, server.base, { clock: waits }).send(get("a")));
      assert.deepEqual([error.status, error.attempts, server.seen.length], [status, 5, 5]);
      assert.deepEqual(waits.slept, [500, 1000, 2000, 4000]);
      assert.equal(error.elapsedMs, 7500);
    });
  }

  for (const status of [400, 401, 403, 404, 405, 413, 422]) {
    it(`is not repeated after ${status}`, async (t) => {
      const server = await replies(t, json(status, errorBody({})));
      const error = await failing(client(t, server.base).send(get("a")));
      assert.deepEqual([error.status, error.attempts, server.seen.length], [status, 1, 1]);
    });
  }

  it("succeeds when a repeat does, after the wait the API asked for", async (t) => {
    const server = await replies(t, json(503, "", { "retry-after": "3" }), ok);
    const waits = new QuickClock();
    const response = await client(t, server.base, { clock: waits }).send(get("a"));
    assert.deepEqual([response.context.attempts, waits.slept], [2, [3000]]);
  });

  it("obeys x-should-retry both ways, save where the quota is used up", async (t) => {
    const quota = errorBody({ type: "insufficient_quota" });
    const yes = { "x-should-retry": "true" };
    const attempts = async (...list: Parameters<typeof replies>[1][]) => {
      const server = await replies(t, ...list);
      await client(t, server.base, { maxRetries: 1 })
        .send(get("a"))
        .catch(() => {});
      return server.seen.length;
    };
    assert.equal(await attempts(json(500, "", { "x-should-retry": "false" })), 1);
    assert.equal(await attempts(json(429, "", { "x-should-retry": "false" })), 1);
    assert.equal(await attempts(json(400, "", yes)), 2);
    assert.equal(await attempts(json(429, quota, yes)), 1);
  });

  it("is never repeated for insufficient_quota or credit_balance_exhausted", async (t) => {
    for (const fields of [
      { code: "insufficient_quota" },
      { type: "insufficient_quota", code: "credit_balance_exhausted" },
    ]) {
      const server = await replies(t, json(429, errorBody(fields)));
      const error = await failing(client(t, server.base).send(get("a")));
      assert.deepEqual([error.kind, error.attempts], ["quota", 1]);
    }
  });

  it("takes max_retries, zero among them", async (t) => {
    const server = await replies(t, json(500, ""));
    const error = await failing(client(t, server.base, { maxRetries: 0 }).send(get("a")));
    assert.equal(error.attempts, 1);
  });

  it("waits for a rate limit without using retries up", async (t) => {
    const limited = json(429, errorBody({ code: "rate_limit_exceeded" }), { "retry-after-ms": "20" });
    const server = await replies(t, ...Array.from({ length: 8 }, () => limited), ok);
    const response = await client(t, server.base, { maxRetries: 0 }).send(get("a"));
    assert.equal(response.context.attempts, 9);
  });

  for (const [status, kind] of [
    [429, "rate_limit"],
    [503, "operation_timeout"],
  ] as const) {
    it(`fails at once where ${status} asks to wait longer than is left, and says how long`, async (t) => {
      for (const [headers, waitMs] of [
        [{ "retry-after": "7200" }, 7_200_000],
        [{ "retry-after-ms": "300000" }, 300_000],
        [{ "retry-after": "Sat, 21 Nov 2026 12:00:00 GMT" }, 86_400_000],
      ] as const) {
        const server = await replies(t, json(status, errorBody({}), headers));
        const error = await failing(client(t, server.base).send(get("a")));
        assert.deepEqual([error.kind, error.attempts, error.failure.waitMs], [kind, 1, waitMs]);
        assert.equal((error.last ?? error.failure).status, status);
      }
    });

    it(`waits as long as ${status} asks, more than a minute too, where there is time`, async (t) => {
      const server = await replies(t, json(status, errorBody({}), { "retry-after": "120" }), ok);
      const waits = new QuickClock(200_000);
      const response = await client(t, server.base, { clock: waits }).send(get("a"));
      assert.deepEqual([response.context.attempts, waits.slept], [2, [120_000]]);
    });
  }

  it("does not ask at all while the pause that another read met outlasts its own time", async (t) => {
    const server = await replies(t, json(429, errorBody({}), { "retry-after": "7200" }));
    const clock = new QuickClock();
    const openai = client(t, server.base, { clock });
    assert.equal((await failing(openai.send(get("a")))).attempts, 1);
    const error = await failing(openai.send(get("b")));
    assert.deepEqual([error.kind, error.attempts, error.failure.waitMs], ["rate_limit", 0, 7_200_000]);
    assert.equal(server.seen.length, 1);
  });

  it("gives up on a rate limit when its time is over, with attempts and time spent", async (t) => {
    const server = await replies(
      t,
      json(429, errorBody({ code: "rate_limit_exceeded", message: "slow down" }), { "retry-after": "20" }),
    );
    const error = await failing(client(t, server.base).send(get("a"), { timeoutMs: 150_000 }));
    assert.deepEqual([error.kind, error.status, error.message], ["rate_limit", 429, "slow down"]);
    assert.ok(error.attempts >= 5 && error.attempts <= 8, String(error.attempts));
    assert.ok(error.elapsedMs >= 100_000 && error.elapsedMs <= 150_000, String(error.elapsedMs));
    assert.equal(error.failure.retryAfterMs, 20_000);
  });
});

describe("a create", () => {
  const body = new Map([["model", "m"]]);

  it("is not repeated where it may have been carried out", async (t) => {
    for (const status of [408, 409, 500, 502, 503]) {
      const server = await replies(t, json(status, ""));
      const error = await failing(client(t, server.base).send(post(body)));
      assert.deepEqual([error.attempts, server.seen.length], [1, 1], String(status));
    }
    let cut = 0;
    const port = await http(t, (request) => {
      cut += 1;
      request.socket.destroy();
    });
    const error = await failing(client(t, `http://127.0.0.1:${port}`).send(post(body)));
    assert.deepEqual([error.kind, error.attempts, cut], ["reset", 1, 1]);
  });

  it("is repeated where the API says so, after 429, and where the connection was refused", async (t) => {
    const server = await replies(
      t,
      json(503, "", { "x-should-retry": "true" }),
      json(429, "", { "retry-after-ms": "1" }),
      ok,
    );
    const response = await client(t, server.base).send(post(body));
    assert.equal(response.context.attempts, 3);
    const error = await failing(client(t, "http://127.0.0.1:1/v1").send(post(body)));
    assert.deepEqual([error.kind, error.attempts], ["refused", 3]);
  });

  it("is not cut off by cancelling once it is under way, but never begins afterwards", async (t) => {
    const cancel = new AbortController();
    const server = await replies(t, (response) => {
      cancel.abort();
      setTimeout(() => response.end('{"id":"paid"}'), 50);
    });
    const openai = client(t, server.base);
    const response = await openai.send(post(body), { signal: cancel.signal });
    assert.equal(response.body.get("id"), "paid");
    const error = await failing(openai.send(post(body), { signal: cancel.signal }));
    assert.deepEqual([error.kind, error.attempts, server.seen.length], ["aborted", 0, 1]);
  });
});

describe("a POST or a PATCH that says nothing of its policy", () => {
  const path = ["objects"];
  for (const method of ["POST", "PATCH"] as const) {
    it(`${method} is sent once, whichever call sends it`, async (t) => {
      const server = await replies(t, json(500, ""));
      const openai = client(t, server.base);
      for (const call of [openai.send, openai.acknowledge, openai.page])
        assert.equal((await failing(call.call(openai, { method, path, body: new Map() }))).attempts, 1);
      assert.equal(server.seen.length, 3);
    });
  }

  it("and GET, PUT and DELETE are repeated", async (t) => {
    const server = await replies(t, json(500, ""));
    const openai = client(t, server.base, { maxRetries: 2 });
    for (const method of ["GET", "PUT", "DELETE"] as const)
      assert.equal((await failing(openai.send({ method, path }))).attempts, 3);
  });
});

describe("an update that may be repeated, and a delete", () => {
  it("are repeated twice by default", async (t) => {
    const server = await replies(t, json(500, ""));
    const openai = client(t, server.base);
    assert.equal((await failing(openai.acknowledge(update("a", new Map())))).attempts, 3);
    assert.equal((await failing(openai.acknowledge(remove("a")))).attempts, 3);
  });
});
