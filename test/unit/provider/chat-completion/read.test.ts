import assert from "node:assert/strict";
import { describe, it, test } from "node:test";
import { atOnce } from "../../../../src/framework/index.ts";
import { parseJson } from "../../../../src/openai/index.ts";
import { refreshedPieces } from "../../../../src/provider/api/refresh.ts";
import { completionBody } from "../../../../src/provider/chat-completion/completion.ts";
import { keptCompletion } from "../../../../src/provider/chat-completion/resource.ts";
import {
  type AnswerState,
  answerAttributes,
} from "../../../../src/provider/chat-completion/resource-attributes.ts";
import { answerOf, fullBody, type Json } from "../../../support/full-completion.ts";
import { keptOf } from "../objects/support.ts";
import { config, created, type } from "./support.ts";

describe("a read over an answer", () => {
  const earlier = answerOf(fullBody);
  const { keeps } = keptCompletion.declaration.resource ?? {};
  const mergedAnswer = (before: AnswerState, body: Json) =>
    atOnce(
      refreshedPieces(
        answerAttributes,
        before,
        completionBody(parseJson(JSON.stringify(body))),
        "fixed",
        keeps,
      ),
    ) as AnswerState;

  test("wipes nothing that only the create answer has", () => {
    const bare = {
      ...fullBody,
      usage: { prompt_tokens: 1, completion_tokens: 2, total_tokens: 3 },
      request_id: null,
      choices: [
        { index: 0, finish_reason: "stop", message: { role: "assistant", content: "New." }, logprobs: null },
      ],
    };
    const kept = mergedAnswer(earlier, bare);
    assert.deepEqual(kept.prompt_tokens_details, earlier.prompt_tokens_details);
    assert.deepEqual(kept.completion_tokens_details, earlier.completion_tokens_details);
    assert.equal(kept.request_id, earlier.request_id);
    const [choice, before] = [kept.choices?.[0], earlier.choices?.[0]];
    assert.ok(choice && before);
    assert.deepEqual(choice.logprobs, before.logprobs);
    assert.equal(choice.message?.[0]?.refusal, "No.");
    assert.deepEqual(choice.message?.[0]?.annotations, before.message?.[0]?.annotations);
    assert.deepEqual(choice.message?.[0]?.tool_calls, before.message?.[0]?.tool_calls);
    // What the read does say counts.
    assert.equal(choice.message?.[0]?.content, "New.");
    assert.equal(choice.finish_reason, "stop");
    assert.equal(kept.usage?.total_tokens, 3);
  });

  test("takes over what was not known before, and other choices", () => {
    const none = { object: "chat.completion", choices: [] };
    const nothing = answerOf(none);
    assert.deepEqual(mergedAnswer(nothing, fullBody), earlier);
    assert.deepEqual(mergedAnswer(earlier, none), { ...earlier, stored: nothing.stored });
    const two = { ...fullBody, choices: [...fullBody.choices, ...fullBody.choices] };
    assert.equal(mergedAnswer(earlier, two).choices?.length, 2);
  });
});

describe("a refresh", () => {
  it("is one GET, and changes nothing of what did not change", async (t) => {
    const { session, kept, asked } = await created(t);
    assert.deepEqual(keptOf(await session.refresh(type, kept)).state, kept.state);
    assert.deepEqual(asked(), ["GET /v1/chat/completions/ID"]);
  });

  it("shows metadata that somebody else changed", async (t) => {
    const { server, session, kept, id } = await created(t);
    server.control.setMetadata(id, { team: "other" });
    const read = keptOf(await session.refresh(type, kept));
    assert.deepEqual(read.state.metadata, new Map([["team", "other"]]));
    assert.equal((await session.plan(type, config, read)).empty, false);
  });

  it("removes from state what the same account has deleted, and nothing else", async (t) => {
    const { server, session, kept, id } = await created(t);
    server.control.forget(id);
    const { titles, kept: left } = await session.refresh(type, kept);
    assert.deepEqual([titles, left], [[], null]);
  });

  it("keeps what another project does not have, with a warning that names both", async (t) => {
    const { server, session, kept, id } = await created(t);
    server.control.forget(id);
    server.fault({ error: "not_found", headers: { "openai-project": "proj_other" } });
    const { titles, kept: left } = await session.refresh(type, kept);
    assert.deepEqual(titles, ["warning: Chat completion belongs to another account"]);
    assert.deepEqual(left?.state, kept.state);
  });

  for (const [on_expiry, titles] of [
    ["warn", ["warning: Chat completion expired"]],
    ["keep", []],
    ["recreate", []],
  ] as const) {
    it(`does as on_expiry = "${on_expiry}" says where it has expired`, async (t) => {
      const { server, session, kept } = await created(t, {}, { ...config, on_expiry });
      server.control.advance(31 * 24 * 3_600_000);
      const read = await session.refresh(type, kept);
      assert.deepEqual(read.titles, titles);
      assert.equal(read.kept === null, on_expiry === "recreate");
    });
  }

  it("is an error that changes nothing where the API fails", async (t) => {
    const { server, session, kept } = await created(t);
    server.fault({ error: "server_error", times: 5 });
    const { titles, kept: left } = await session.refresh(type, kept);
    assert.deepEqual([titles, left?.state], [["error: API failed"], kept.state]);
  });
});
