import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { systemClock } from "../../../src/openai/clock.ts";
import { client, failing, get, http, json, ok, post, QuickClock, replies } from "./support.ts";

/** Cancels as soon as the server has a request in hand. */
async function cancelled(t: Parameters<typeof http>[0], after: "request" | "headers" | "sleep") {
  const cancel = new AbortController();
  const port = await http(t, (_, response) => {
    if (after === "sleep") response.writeHead(503, { "retry-after": "60" }).end();
    if (after === "headers") response.writeHead(200).write('{"id":');
    setTimeout(() => cancel.abort(), 30);
  });
  const started = performance.now();
  const openai = client(t, `http://127.0.0.1:${port}`, { clock: systemClock });
  const error = await failing(openai.send(get("a"), { signal: cancel.signal }));
  return { error, took: performance.now() - started };
}

describe("cancelling", () => {
  for (const after of ["request", "headers", "sleep"] as const) {
    it(`ends a read at once after ${after}`, async (t) => {
      const { error, took } = await cancelled(t, after);
      assert.deepEqual([error.kind, error.attempts], ["aborted", 1]);
      assert.ok(took < 5_000, `${took} ms`);
    });
  }

  it("before the start sends nothing", async (t) => {
    const server = await replies(t, ok);
    const error = await failing(client(t, server.base).send(get("a"), { signal: AbortSignal.abort() }));
    assert.deepEqual([error.kind, error.attempts, server.seen.length], ["aborted", 0, 0]);
  });

  it("leaves no listener on the signal", async (t) => {
    const server = await replies(t, json(500, ""), ok);
    const { signal } = new AbortController();
    let listeners = 0;
    const [add, remove] = [signal.addEventListener.bind(signal), signal.removeEventListener.bind(signal)];
    signal.addEventListener = (...args: Parameters<typeof add>) => {
      listeners += 1;
      add(...args);
    };
    signal.removeEventListener = (...args: Parameters<typeof remove>) => {
      listeners -= 1;
      remove(...args);
    };
    await client(t, server.base).send(get("a"), { signal });
    assert.equal(listeners, 0);
  });
});

describe("the time of one attempt", () => {
  it("covers waiting for headers, and ends in a repeat", async (t) => {
    const server = await replies(t, () => {}, ok);
    // Long enough for the repeat to be answered on a busy machine.
    const response = await client(t, server.base, { timeoutMs: 500 }).send(get("a"));
    assert.equal(response.context.attempts, 2);
    assert.equal(response.context.last?.kind, "attempt_timeout");
    assert.equal(response.context.last?.limit, 500);
  });

  it("covers a body that does not end", async (t) => {
    const port = await http(t, (_, response) => void response.writeHead(200).write("{"));
    const openai = client(t, `http://127.0.0.1:${port}`, { timeoutMs: 60, maxRetries: 1 });
    const error = await failing(openai.send(get("a")));
    assert.deepEqual([error.kind, error.attempts], ["attempt_timeout", 2]);
  });

  it("does not end a creation, which could not be repeated", async (t) => {
    const server = await replies(t, (response, request) => {
      setTimeout(() => ok(response, request), 150);
    });
    const response = await client(t, server.base, { timeoutMs: 30 }).send(post(new Map()));
    assert.equal(response.context.attempts, 1);
    assert.equal(response.context.sent, true);
  });
});

describe("the time of an operation", () => {
  it("ends an attempt under way", async (t) => {
    const server = await replies(t, () => {});
    const openai = client(t, server.base, { clock: systemClock });
    const error = await failing(openai.send(get("a"), { timeoutMs: 80 }));
    assert.deepEqual([error.kind, error.attempts, error.failure.limit], ["operation_timeout", 1, 80]);
    assert.ok(error.elapsedMs >= 79, String(error.elapsedMs));
  });

  it("ends before a wait that would pass it, and says what came last", async (t) => {
    const server = await replies(t, json(503, "", { "retry-after": "50" }));
    const clock = new QuickClock();
    const error = await failing(client(t, server.base, { clock }).send(get("a"), { timeoutMs: 120_000 }));
    assert.deepEqual(
      [error.kind, error.attempts, error.status, error.requestId],
      ["operation_timeout", 3, 503, "req_test"],
    );
    assert.equal(error.last?.kind, "server_error");
    assert.deepEqual(clock.slept, [50_000, 50_000]);
  });
});

describe("long work on an answer", () => {
  const read = { method: "GET", path: ["files", "a"] } as const;

  it("ends where the operation is cancelled or its time is over", async (t) => {
    const server = await replies(t, ok);
    const clock = new QuickClock(1_000);
    const cancel = new AbortController();
    const options = { signal: cancel.signal, timeoutMs: 5_000 };
    const { throwIfStopped } = await client(t, server.base, { clock }).send(read, options);
    throwIfStopped();
    cancel.abort();
    const aborted = await failing((async () => throwIfStopped())());
    assert.deepEqual([aborted.kind, aborted.attempts], ["aborted", 1]);

    const late = await client(t, server.base, { clock }).send(read, { timeoutMs: 5_000 });
    for (let ms = 0; ms < 4_500; ms += 500) await clock.sleep(500, cancel.signal);
    late.throwIfStopped();
    await clock.sleep(500, cancel.signal);
    const { kind, failure } = await failing((async () => late.throwIfStopped())());
    assert.deepEqual([kind, failure.limit, failure.answered], ["operation_timeout", 5_000, true]);
  });

  it("goes on where the request could be made only once", async (t) => {
    const server = await replies(t, ok);
    const clock = new QuickClock(1_000);
    const cancel = new AbortController();
    const created = await client(t, server.base, { clock }).send(
      { method: "POST", path: ["files"], body: new Map() },
      { signal: cancel.signal, timeoutMs: 5_000 },
    );
    cancel.abort();
    for (let ms = 0; ms < 10_000; ms += 500) await clock.sleep(500, cancel.signal);
    created.throwIfStopped();
  });
});
