import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { Diagnostics, PrivateState } from "../../../../src/framework/index.ts";
import { response } from "../../../../src/provider/response/response.ts";
import { silent } from "../../../support/fake-provider.ts";
import type { OpenAIServer } from "../../../support/openai-server/server.ts";
import type { Given, Outcome } from "../../../support/provider-session.ts";
import { keptOf, place } from "../objects/support.ts";
import { configured } from "../support.ts";

const name = "openai_response";
const given: Given = { model: "gpt-6-luna", input: "Hello" };

function asked(server: OpenAIServer): string[] {
  return server.requests.map(({ method, path }) => `${method} ${path.replace(/resp_[^/?]+/, "ID")}`);
}

function posts(server: OpenAIServer): number {
  return server.requests.filter(({ method, path }) => method === "POST" && path === "/v1/responses").length;
}

/** Without the prototype that objects of a state lack. */
function plain(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value));
}

/** Nothing is tainted, and nothing is bought again. */
function notBought({ titles, kept }: Outcome, server: OpenAIServer): void {
  assert.ok(!titles.some((title) => title.startsWith("error")), titles.join());
  assert.ok(kept);
  assert.equal(posts(server), 1);
}

describe("openai_response", { concurrency: 4 }, () => {
  describe("a response that is created", { concurrency: 8 }, () => {
    test("is kept by an ID that is part of no URL, and never bought again for it", async (t) => {
      const { server, session } = await place(t);
      const content = [{ type: "output_text", text: "Hi.", annotations: [] }];
      const output = [{ type: "message", id: "msg_1", role: "assistant", status: "completed", content }];
      const created_at = Math.floor(server.control.now() / 1000);
      const body = { id: "resp_a/b", object: "response", status: "completed", created_at, output };
      server.fault({ method: "POST", path: "/responses", body });
      const made = await session.create(name, given);
      notBought(made, server);
      assert.deepEqual(
        [made.titles, made.kept?.state.id],
        [["warning: Response cannot be read"], "resp_a/b"],
      );
      assert.ok(made.kept);
      assert.equal(made.kept.state.output_text, "Hi.");
      const read = await session.refresh(name, made.kept);
      notBought(read, server);
      assert.match(read.details.join(), /cannot be part of a URL/);
      const gone = await session.delete(name, made.kept);
      assert.deepEqual([gone.titles, gone.kept], [["warning: Response may still be stored"], null]);
    });

    test("says that it is paid for, and where to look, where its answer has no ID", async (t) => {
      const { server, session } = await place(t);
      server.fault({ method: "POST", path: "/responses", body: { object: "response", status: "completed" } });
      const { titles, details } = await session.create(name, given);
      assert.deepEqual(titles, ["error: Unexpected answer from the API"]);
      assert.match(details.join(), /may have been paid for and is not kept/);
    });

    test("is asked for once, stored and whole, with the arguments to the last digit", async (t) => {
      const { server, session } = await place(t);
      const { state } = keptOf(
        await session.create(name, {
          model: "gpt-6-luna",
          input_json: '[{"role":"user","content":"Hello","weight":0.10,"id_number":4944116822809979520}]',
          tools_json: '[{"type":"function","name":"now","strict":true}]',
          tool_choice: '{"type":"function","name":"now"}',
          conversation: "conv_1",
          temperature: 0.1,
          text: { verbosity: "low" },
          reasoning: { effort: "low", summary: "auto" },
          include: ["reasoning.encrypted_content"],
        }),
      );
      const [create, read] = server.requests;
      const sent = String(create?.body);
      assert.deepEqual(JSON.parse(sent), {
        model: "gpt-6-luna",
        input: [{ role: "user", content: "Hello", weight: 0.1, id_number: Number("4944116822809979520") }],
        tools: [{ type: "function", name: "now", strict: true }],
        tool_choice: { type: "function", name: "now" },
        conversation: "conv_1",
        temperature: 0.1,
        text: { verbosity: "low" },
        reasoning: { effort: "low", summary: "auto" },
        include: ["reasoning.encrypted_content"],
        store: true,
        stream: false,
      });
      assert.match(sent, /"weight":0\.10,"id_number":4944116822809979520/);
      assert.deepEqual(read?.query.getAll("include[]"), ["reasoning.encrypted_content"]);
      assert.deepEqual([posts(server), server.requests.length], [1, 2]);
      assert.equal(state.conversation, "conv_1");
    });

    test("has its text, usage and items, and calls and summaries where there are some", async (t) => {
      const { session } = await place(t);
      const { state } = keptOf(await session.create(name, { ...given, reasoning: { summary: "auto" } }));
      assert.deepEqual(
        [state.output_text, state.refusal, state.status, state.tool_calls, state.reasoning_summaries],
        ["Echo: Hello", null, "completed", [], ["Looked at the question."]],
      );
      const [reasoning, message] = plain(state.output) as Record<string, unknown>[];
      assert.deepEqual([reasoning?.type, reasoning?.summary], ["reasoning", ["Looked at the question."]]);
      assert.deepEqual([message?.type, message?.role], ["message", "assistant"]);
      assert.equal(JSON.parse(String(state.output_json)).length, 2);
      const usage = plain(state.usage) as Record<string, unknown>;
      assert.deepEqual(usage.input_tokens_details, {
        cached_tokens: 0,
        cache_write_tokens: 0,
        cache_write_tokens_details: null,
      });
    });

    test("has a refusal, and null for the text", async (t) => {
      const { session } = await place(t);
      const { state } = keptOf(await session.create(name, { ...given, input: "trigger:refusal" }));
      assert.deepEqual([state.output_text, state.refusal], [null, "I'm sorry, I can't help with that."]);
    });

    test("has the calls of tools as the model wrote them", async (t) => {
      const { session } = await place(t);
      const { state } = keptOf(
        await session.create(name, {
          ...given,
          input: "trigger:tool",
          tools_json: '[{"type":"function","name":"count"}]',
        }),
      );
      const [call] = plain(state.tool_calls) as Record<string, unknown>[];
      assert.deepEqual([call?.type, call?.name, call?.arguments], ["function_call", "count", '{"n": 1.50}']);
      assert.match(String(call?.call_id), /^call_/);
      assert.equal(state.output_text, null);
    });

    test("keeps a write-only input out of the state and of errors", async (t) => {
      const { server, session } = await place(t);
      const secret = "the reactor's code is 4711-0815-beta";
      const config = { model: "gpt-6-luna", input_wo: secret, input_wo_version: 1 };
      const kept = keptOf(await session.create(name, config));
      assert.equal(JSON.parse(String(server.requests[0]?.body)).input, secret);
      assert.deepEqual([kept.state.input_wo, kept.state.input], [null, null]);
      const next = await session.plan(name, { ...config, input_wo_version: 2 }, kept);
      assert.deepEqual(next.replaces, ["input_wo_version"]);
      server.fault({ status: 400, body: { error: { message: `no: ${secret}`, type: "x", param: "input" } } });
      const { titles, details } = await session.create(name, config);
      assert.equal(titles.length, 1);
      assert.doesNotMatch(details.join(), /4711/);
    });

    test("is looked for where its answer is lost, and not asked for again", async (t) => {
      const { server, session } = await place(t);
      server.fault({ method: "POST", reset: "headers" });
      const { titles, details } = await session.create(name, given);
      assert.deepEqual([titles.length, posts(server)], [1, 1]);
      assert.match(
        details.join(),
        /was not sent again[\s\S]*platform\.openai\.com\/logs[\s\S]*terraform import openai_response\.example resp_…/,
      );
    });

    test("that cannot be read back is kept with a warning", async (t) => {
      const { server, session } = await place(t, { visibleAfterMs: 600_000 });
      const made = await session.create(name, { ...given, timeouts: { create: "3s" } });
      assert.deepEqual(made.titles, ["warning: Response not readable yet"]);
      assert.match(made.details.join(), /zero data retention[\s\S]*not created again/);
      assert.equal(made.kept?.state.output_text, "Echo: Hello");
      notBought(made, server);
      const read = await session.refresh(name, keptOf({ ...made, titles: [] }));
      assert.deepEqual([read.titles, read.kept?.state.output_text], [[], "Echo: Hello"]);
    });
  });

  describe("a response in the background", { concurrency: 8 }, () => {
    const background = { ...given, background: true };

    test("is waited for until it is completed", async (t) => {
      const { server, session } = await place(t, { readyAfterMs: 700 });
      const { state } = keptOf(await session.create(name, background));
      assert.deepEqual([state.status, state.output_text], ["completed", "Echo: Hello"]);
      assert.equal(posts(server), 1);
    });

    test("that takes longer is kept as it is, and read by the next refresh", async (t) => {
      const { server, session } = await place(t, { readyAfterMs: 60_000 });
      const made = await session.create(name, { ...background, timeouts: { create: "4s" } });
      assert.deepEqual(made.titles, ["warning: Response not ready yet"]);
      assert.deepEqual([made.kept?.state.status, made.kept?.state.output_text], ["queued", null]);
      server.control.advance(61_000);
      const read = keptOf(await session.refresh(name, keptOf({ ...made, titles: [] })));
      assert.deepEqual([read.state.status, read.state.output_text], ["completed", "Echo: Hello"]);
      assert.ok((await session.plan(name, read.config, read)).empty);
      notBought({ ...made, kept: read }, server);
    });

    test("is cancelled and deleted where it runs, and only deleted where it does not", async (t) => {
      const { server, session } = await place(t, { readyAfterMs: 600_000 });
      const made = await session.create(name, { ...background, timeouts: { create: "4s" } });
      const kept = keptOf({ ...made, titles: [] });
      server.control.clearRequests();
      assert.equal((await session.delete(name, kept)).kept, null);
      assert.deepEqual(asked(server), [
        "GET /v1/responses/ID",
        "POST /v1/responses/ID/cancel",
        "DELETE /v1/responses/ID",
      ]);
      server.control.settings.readyAfterMs = 0;
      const done = keptOf(await session.create(name, background));
      server.control.clearRequests();
      assert.equal((await session.delete(name, done)).kept, null);
      assert.deepEqual(asked(server), ["DELETE /v1/responses/ID"]);
    });
  });

  describe("a response that ends without success", { concurrency: 8 }, () => {
    for (const [input, status, why] of [
      ["trigger:server_error", "failed", /The model failed to answer\. \(server_error\)/],
      ["trigger:length", "incomplete", /max_output_tokens/],
    ] as const) {
      for (const background of [false, true]) {
        test(`${status}${background ? " in the background" : ""}: says why, and is not bought again`, async (t) => {
          const { server, session } = await place(t, { readyAfterMs: 300 });
          const made = await session.create(name, { ...given, input, background });
          assert.deepEqual(made.titles, ["warning: Response ended without success"]);
          assert.match(made.details.join(), why);
          assert.match(made.details.join(), /paid for again/);
          const read = keptOf(await session.refresh(name, keptOf({ ...made, titles: [] })));
          assert.equal(read.state.status, status);
          const plan = await session.plan(name, read.config, read);
          assert.deepEqual([plan.titles, plan.empty], [[], true]);
          notBought({ ...made, kept: read }, server);
          const source = keptOf(await session.read(name, { id: read.state.id }));
          assert.equal(source.state.status, status);
        });
      }
    }

    test("keeps what there is of an answer that was cut off", async (t) => {
      const { session } = await place(t);
      const { kept } = await session.create(name, { ...given, input: "trigger:length" });
      assert.equal(kept?.state.output_text, "Echo: trigger:length");
      assert.deepEqual(plain(kept?.state.incomplete_details), { reason: "max_output_tokens" });
    });
  });

  describe("a response that is not there any more", { concurrency: 8 }, () => {
    const month = 31 * 24 * 3_600_000;

    test("goes where somebody deleted it, and the plan that creates another says that it is paid for", async (t) => {
      const { server, session } = await place(t);
      const kept = keptOf(await session.create(name, given));
      server.control.forgetObject("responses", String(kept.state.id));
      const gone = await session.refresh(name, kept);
      assert.deepEqual([gone.titles, gone.kept], [[], null]);
      assert.deepEqual((await session.plan(name, given)).titles, [
        "warning: Creating this response is paid for",
      ]);
    });

    for (const [onExpiry, stays, titles] of [
      [undefined, true, ["warning: Response expired"]],
      ["warn", true, ["warning: Response expired"]],
      ["keep", true, []],
      ["recreate", false, []],
    ] as const) {
      test(`after 30 days, with on_expiry ${onExpiry}, ${stays ? "stays" : "goes"}`, async (t) => {
        const { server, session } = await place(t);
        const config = onExpiry === undefined ? given : { ...given, on_expiry: onExpiry };
        const kept = keptOf(await session.create(name, config));
        server.control.forgetObject("responses", String(kept.state.id));
        server.control.advance(month);
        const read = await session.refresh(name, kept);
        assert.deepEqual(
          [read.titles, read.kept?.state.output_text],
          [titles, stays ? "Echo: Hello" : undefined],
        );
        if (read.kept) assert.ok((await session.plan(name, config, read.kept)).empty);
        const end = await session.delete(name, kept);
        assert.deepEqual([end.titles, end.kept], [[], null]);
      });
    }

    test("stays where another account asks", async (t) => {
      const { server, session } = await place(t);
      const kept = keptOf(await session.create(name, given));
      const other = session.with({ api_key: "sk-other" });
      const read = await other.refresh(name, kept);
      assert.deepEqual(
        [read.titles, read.kept?.state.output_text],
        [["warning: Response belongs to another account"], "Echo: Hello"],
      );
      const gone = await other.delete(name, kept);
      assert.deepEqual([gone.titles, gone.kept], [["warning: Response may still be stored"], null]);
      assert.ok(server.control.objects.peek("responses", String(kept.state.id)));
    });

    test("is never left behind by a deletion that comes before it can be read", async (t) => {
      const { server, session } = await place(t, { visibleAfterMs: 3_000 });
      const made = await session.create(name, { ...given, timeouts: { create: "2s" } });
      const gone = await session.delete(name, keptOf({ ...made, titles: [] }));
      assert.deepEqual([gone.titles, gone.kept], [[], null]);
      assert.equal(server.control.objects.all("responses").length, 0);
    });
  });

  describe("what changes in place", { concurrency: 8 }, () => {
    test("on_expiry, include and timeouts, without a request", async (t) => {
      const { server, session } = await place(t);
      const kept = keptOf(await session.create(name, given));
      server.control.clearRequests();
      const include = ["file_search_call.results"];
      const config = { ...given, on_expiry: "keep", include, store: true, timeouts: { read: "1m" } };
      const changed = keptOf(await session.update(name, kept, config));
      assert.deepEqual(server.requests, []);
      assert.ok((await session.plan(name, config, changed)).empty);
      await session.refresh(name, changed);
      assert.deepEqual(
        server.control.requests.map(({ query }) => query.getAll("include[]")),
        [include],
      );
    });

    for (const change of [
      { input: "Bye" },
      { metadata: { team: "a" } },
      { temperature: 0 },
      { model: "gpt-5" },
    ]) {
      test(`not ${Object.keys(change)}: it is another response`, async (t) => {
        const { session } = await place(t);
        const kept = keptOf(await session.create(name, given));
        const { replaces, titles } = await session.plan(name, { ...given, ...change }, kept);
        assert.deepEqual(replaces, Object.keys(change));
        assert.deepEqual(titles, ["warning: Creating this response is paid for"]);
      });
    }

    test("what says nothing, in the place of what was left out, and back", async (t) => {
      const { server, session } = await place(t);
      const kept = keptOf(await session.create(name, given));
      server.control.clearRequests();
      const nothing = {
        reasoning: { effort: null },
        text: { verbosity: null },
        image: {},
        metadata: {},
        tools_json: "[]",
        prompt_cache_options_json: " { } ",
      };
      const config = { ...given, ...nothing };
      const plan = await session.plan(name, config, kept);
      assert.deepEqual([plan.replaces, plan.titles, plan.empty], [[], [], false]);
      const changed = keptOf(await session.update(name, kept, config));
      assert.deepEqual(server.requests, []);
      const read = keptOf(await session.refresh(name, changed));
      assert.ok((await session.plan(name, config, read)).empty);
      assert.deepEqual((await session.plan(name, given, read)).replaces, []);
      const said = await session.plan(name, { ...config, reasoning: { effort: "low" } }, read);
      assert.deepEqual(said.replaces, ["reasoning"]);
    });

    test("an answer that lacks what an earlier one had wipes nothing", async (t) => {
      const { server, session } = await place(t);
      const kept = keptOf(await session.create(name, given));
      server.control.changeObject("responses", String(kept.state.id), { output: [], usage: null });
      const read = keptOf(await session.refresh(name, kept));
      assert.equal(read.state.output_text, "Echo: Hello");
      assert.deepEqual(plain(read.state.usage), plain(kept.state.usage));
    });
  });

  describe("an import", { concurrency: 8 }, () => {
    async function imported(t: Parameters<typeof place>[0], config: Given) {
      const { server, session } = await place(t);
      const { state } = keptOf(await session.create(name, config));
      server.control.clearRequests();
      return { server, session, kept: keptOf(await session.import(name, String(state.id))) };
    }

    test("takes one text as input, and leaves out what are defaults", async (t) => {
      const { session, kept } = await imported(t, given);
      const set = Object.entries(session.generate(name, kept));
      assert.deepEqual(set, [
        ["model", "gpt-6-luna"],
        ["input", "Hello"],
      ]);
      assert.ok((await session.plan(name, given, kept)).empty);
    });

    const items = [
      { role: "developer", content: "Answer briefly." },
      {
        role: "user",
        content: [
          { type: "input_text", text: "a" },
          { type: "input_text", text: "b" },
        ],
      },
    ];

    test("takes other input as a list of items, as short as it can be written", async (t) => {
      const config = { model: "gpt-6-luna", input_json: JSON.stringify(items) };
      const { session, kept } = await imported(t, config);
      assert.deepEqual(
        JSON.parse(String(kept.state.input_json)),
        items.map((item) => ({ type: "message", ...item })),
      );
      assert.deepEqual((await session.plan(name, config, kept)).replaces, []);
      const other = { ...config, input_json: JSON.stringify([{ role: "user", content: "something else" }]) };
      assert.deepEqual((await session.plan(name, other, kept)).replaces, ["input_json"]);
    });

    test("is not bought again over the other form of the same input", async (t) => {
      const { server, session, kept } = await imported(t, given);
      const config = { model: "gpt-6-luna", input_json: '[{"role":"user","content":"Hello"}]' };
      const plan = await session.plan(name, config, kept);
      assert.deepEqual([plan.titles, plan.replaces], [[], []]);
      keptOf(await session.update(name, kept, config));
      assert.equal(posts(server), 0);
    });

    test("reads no input of a response that goes on from others", async (t) => {
      const { server, session, kept } = await imported(t, { ...given, previous_response_id: "resp_0" });
      assert.deepEqual([kept.state.input, kept.state.previous_response_id], [null, "resp_0"]);
      assert.ok(!server.requests.some(({ path }) => path.includes("input_items")));
      const plan = await session.plan(name, { ...given, previous_response_id: "resp_0" }, kept);
      assert.deepEqual(plan.replaces, []);
    });
  });

  describe("bad input", { concurrency: 8 }, () => {
    for (const [what, config, path, words] of [
      ["stream", { ...given, stream: true }, "stream", /read whole/],
      ["store = false", { ...given, store: false }, "store", /cannot do without storing/],
      ["messages", { ...given, messages: [] }, "messages", /input_json = jsonencode/],
      ["tools", { ...given, tools: [] }, "tools", /tools_json/],
      ["two inputs", { ...given, input_json: "[]" }, "", /only one|Only one/i],
      ["no input", { model: "gpt-6-luna" }, "", /At least one|at least one/],
      [
        "a conversation and a response before",
        { ...given, conversation: "conv_1", previous_response_id: "resp_1" },
        "",
        /./,
      ],
      ["a temperature of 3", { ...given, temperature: 3 }, "temperature", /from 0 to 2/],
      [
        "a tool choice that is no word",
        { ...given, tool_choice: "sometimes" },
        "tool_choice",
        /"none", "auto"/,
      ],
      ["tools that are no JSON", { ...given, tools_json: "[" }, "tools_json", /not JSON/],
      ["a write-only input without a version", { model: "m", input_wo: "a" }, "", /input_wo_version/],
    ] as const) {
      test(`${what} is an error at validate`, async (t) => {
        const { server, session } = await place(t);
        const { titles, paths, details } = session.validate(name, config);
        assert.deepEqual([titles.length, server.requests], [1, []], titles.join());
        assert.match(details.join(), words);
        if (path !== "") assert.deepEqual(paths, [path]);
      });
    }
  });

  test("the ephemeral resource reads a response, and says what is missing", async (t) => {
    const { server, session } = await place(t);
    const { state } = keptOf(await session.create(name, given));
    const [ephemeral] = response.ephemeralResources;
    assert.ok(ephemeral);
    const provider = configured({ api_key: "sk-test", base_url: server.url });
    const nothing = Object.fromEntries(Object.keys(ephemeral.schema.attributes).map((each) => [each, null]));
    const open = async (id: string) => {
      const diagnostics = new Diagnostics();
      const signal = new AbortController().signal;
      const call = { provider, diagnostics, signal, log: silent, limit() {}, renewAt() {} };
      const opened = await ephemeral.open({
        ...call,
        config: { ...nothing, id },
        private: PrivateState.empty(),
      });
      return opened instanceof Diagnostics ? [...opened].map(({ summary }) => summary) : opened;
    };
    const read = await open(String(state.id));
    assert.ok(!Array.isArray(read));
    assert.equal(read.output_text, "Echo: Hello");
    assert.equal(JSON.parse(String(read.response_json)).id, state.id);
    assert.deepEqual(await open("resp_nothing"), ["Response not found"]);
  });
});
