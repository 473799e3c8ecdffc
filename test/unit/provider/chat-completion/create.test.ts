import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { keptOf, place } from "../objects/support.ts";
import { config, idOf, prompt, type } from "./support.ts";

describe("a creation", () => {
  it("is one POST and one read, and keeps what the create answer alone has", async (t) => {
    const { server, session } = await place(t);
    const kept = keptOf(await session.create(type, { ...config, logprobs: true, top_logprobs: 2 }));
    assert.deepEqual(
      server.requests.map(({ method }) => method),
      ["POST", "GET"],
    );
    const body = JSON.parse(server.requests[0]?.body ?? "");
    assert.deepEqual([body.store, body.stream, body.messages], [true, false, prompt]);
    assert.match(JSON.stringify(kept.state.choices, bigints), /"top_logprobs":\[\{/);
    assert.ok((await session.plan(type, { ...config, logprobs: true, top_logprobs: 2 }, kept)).empty);
  });

  it("waits until the completion can be read", async (t) => {
    const { server, session } = await place(t, { visibleAfterMs: 700 });
    keptOf(await session.create(type, config));
    const reads = server.requests.filter(({ method }) => method === "GET");
    assert.deepEqual([reads[0]?.status, reads.at(-1)?.status], [404, 200]);
  });

  it("is kept with a warning where nothing is stored, and is not created again", async (t) => {
    const { server, session } = await place(t, { zeroDataRetention: true });
    const { titles, kept } = await session.create(type, { ...config, timeouts: { create: "1s" } });
    assert.deepEqual(titles, ["warning: Chat completion not readable yet"]);
    assert.ok(kept);
    assert.equal(server.requests.filter(({ method }) => method === "POST").length, 1);
  });

  for (const [what, id] of [
    ["without an ID", undefined],
    ["with an empty ID", ""],
    ["with an ID that is no text", 7],
  ] as const) {
    it(`${what} cannot be kept, and says that it may have been paid for`, async (t) => {
      const { server, session } = await place(t);
      server.fault({ method: "POST", body: { id, object: "chat.completion", choices: [] } });
      const { titles, details, kept } = await session.create(type, config);
      assert.deepEqual([titles, kept], [["error: Unexpected answer from the API"], null]);
      assert.match(details[0] ?? "", /paid for/);
    });
  }

  it("is kept by its ID where its answer is more than can be read", async (t) => {
    const { server, session } = await place(t);
    const choices = Array(400_000).fill("{}").join(",");
    const text = `{"id":"chatcmpl-long","object":"chat.completion","choices":[${choices}]}`;
    server.fault({ method: "POST", body: text });
    server.fault({ method: "GET", error: "server_error" });
    const { titles, kept } = await session.create(type, config);
    assert.deepEqual(titles, ["warning: Answer too large", "warning: Chat completion not readable yet"]);
    assert.equal(kept?.state.id, "chatcmpl-long");
  });

  it("keeps the ID of its request where a header alone has it", async (t) => {
    const { server, session } = await place(t);
    const answer = { id: "chatcmpl-1", object: "chat.completion", choices: [] };
    server.fault({ method: "POST", body: answer, headers: { "x-request-id": "req_header" } });
    server.fault({ method: "GET", body: answer });
    const { state } = keptOf(await session.create(type, config));
    assert.equal(state.request_id, "req_header");
  });

  it("hides write-only messages in what the API quotes", async (t) => {
    const { server, session } = await place(t);
    const error = { message: "no: the magic word", type: "x", param: "messages[0].content", code: null };
    server.fault({ method: "POST", status: 400, body: { error } });
    const { model } = config;
    const messages_wo = [{ role: "user", content: "the magic word" }];
    const failed = await session.create(type, { model, messages_wo, messages_wo_version: 1 });
    assert.deepEqual(failed.paths, ["messages_wo[0].content"]);
    assert.doesNotMatch(failed.details.join(), /magic/);
  });

  for (const [param, path] of [
    ["tools[0].function.parameters", "tools[0].function.parameters_json"],
    ["response_format", "response_format_json"],
    ["tomorrow", "extra_body_json"],
  ] as const) {
    it(`points at ${path} where the API refuses ${param}`, async (t) => {
      const { server, session } = await place(t);
      server.fault({ method: "POST", status: 400, body: { error: { message: "no", param } } });
      const tools = [{ type: "function", function: { name: "f", parameters_json: "{}" } }];
      const given = { ...config, tools, response_format_json: "{}", extra_body_json: '{"tomorrow":1}' };
      assert.deepEqual((await session.create(type, given)).paths, [path]);
    });
  }

  it("that is lost on its way is not sent again, and says how to find it", async (t) => {
    const { server, session } = await place(t);
    server.fault({ method: "POST", reset: "headers" });
    const { details, kept } = await session.create(type, config);
    assert.equal(kept, null);
    assert.match(details[0] ?? "", /openai_chat_completions/);
    assert.equal(server.requests.length, 1);
  });

  it("with an ID that no URL can have is kept, and asked for by nothing", async (t) => {
    const { server, session } = await place(t);
    server.fault({ method: "POST", body: { id: "a/b", object: "chat.completion", choices: [] } });
    const { titles, kept } = await session.create(type, config);
    assert.deepEqual(titles, ["warning: Chat completion cannot be read"]);
    assert.ok(kept && idOf(kept) === "a/b");
    await session.refresh(type, kept);
    assert.equal(server.requests.length, 1);
  });
});

function bigints(_: string, value: unknown): unknown {
  return typeof value === "bigint" ? String(value) : value;
}
