import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { systemClock } from "../../../src/openai/clock.ts";
import { Redactor } from "../../../src/openai/redact.ts";
import { client, failing, get, json, list, ok, replies } from "./support.ts";

describe("what a successful read does not do", () => {
  it("make exceptions: nothing is aborted without a reason of ours", async (t) => {
    const aborts = t.mock.method(AbortController.prototype, "abort");
    const server = await replies(t, ok);
    const openai = client(t, server.base, { clock: systemClock });
    await openai.send(get("a"));
    await openai.page(list(["order", "asc"])).catch(() => {});
    await new Promise((resolve) => setImmediate(resolve));
    assert.ok(aborts.mock.callCount() > 0);
    for (const {
      arguments: [reason],
    } of aborts.mock.calls)
      assert.equal(typeof reason, "string");
  });

  it("clean its path of secrets, which only messages show", async (t) => {
    const redacted: string[] = [];
    const redact = Redactor.prototype.redact;
    t.mock.method(Redactor.prototype, "redact", function (this: Redactor, text: string) {
      redacted.push(text);
      return redact.call(this, text);
    });
    const server = await replies(t, ok, json(404, ""));
    const openai = client(t, server.base);
    const { context } = await openai.send(get("chatcmpl-a"));
    assert.ok(!redacted.some((text) => text.includes("chatcmpl-a")));
    assert.equal(context.path, "/v1/chat/completions/chatcmpl-a");
    const error = await failing(openai.send(get("chatcmpl-b")));
    assert.equal(error.path, "/v1/chat/completions/chatcmpl-b");
    assert.equal(redacted.filter((text) => text.includes("chatcmpl-b")).length, 1);
  });

  it("search what only a message, a record or a log shows for secrets", async (t) => {
    const redact = t.mock.method(Redactor.prototype, "redact");
    const headers = { "x-request-id": "req_a", "openai-organization": "org-a", "openai-project": "proj_a" };
    const server = await replies(t, json(200, '{"id":"chatcmpl-a"}', headers));
    const response = await client(t, server.base).send(get("chatcmpl-a"));
    assert.equal(redact.mock.callCount(), 0);
    assert.deepEqual(
      [response.requestId, response.account],
      ["req_a", { organization: "org-a", project: "proj_a" }],
    );
    assert.deepEqual(response.account, { organization: "org-a", project: "proj_a" });
    assert.equal(redact.mock.callCount(), 3);
  });

  it("make the fields of a line that nobody writes", async (t) => {
    const server = await replies(t, ok);
    const lines: [string, () => object][] = [];
    const openai = client(t, server.base, { log: (level, _, fields) => lines.push([level, fields]) });
    const rounded = t.mock.method(Math, "round");
    await openai.send(get("a"));
    assert.deepEqual([lines.length, lines[0]?.[0], rounded.mock.callCount()], [1, "debug", 0]);
    assert.ok("duration_ms" in (lines[0]?.[1]() ?? {}));
    assert.equal(rounded.mock.callCount(), 1);
  });

  it("prepare headers and secrets again for another log, or for a prompt to hide", async (t) => {
    const server = await replies(
      t,
      ok,
      json(400, '{"error":{"message":"about the magic word abrakadabra"}}'),
    );
    let reads = 0;
    const headers = {
      get "x-team"() {
        reads += 1;
        return "platform";
      },
    };
    const openai = client(t, server.base, { headers });
    const prepared = reads;
    const lines: string[] = [];
    const logged = openai.withLog((_, message) => lines.push(message));
    await logged.send(get("a"));
    const error = await failing(logged.withHidden(["the magic word abrakadabra"]).send(get("b")));
    assert.equal(reads, prepared);
    assert.deepEqual(lines, ["request done", "request failed"]);
    assert.equal(error.api?.message, "about [redacted]");
    assert.equal(server.seen[1]?.headers["x-team"], "platform");
  });
});

describe("the monotonic clock", () => {
  it("counts milliseconds, and never touches performance", async (t) => {
    const touched = t.mock.method(performance, "now");
    const before = systemClock.now();
    await systemClock.sleep(20, new AbortController().signal);
    const passed = systemClock.now() - before;
    assert.ok(passed >= 15 && passed < 60_000, String(passed));
    assert.equal(touched.mock.callCount(), 0);
  });
});
