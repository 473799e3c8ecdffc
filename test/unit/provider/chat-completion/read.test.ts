import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { mergedAnswer } from "../../../../src/provider/chat-completion/read.ts";
import { answerOf, fullBody } from "./full-body.ts";

describe("a read over an answer", () => {
  const earlier = answerOf(fullBody);

  test("wipes nothing that only the create answer has", () => {
    const bare = {
      ...fullBody,
      usage: { prompt_tokens: 1, completion_tokens: 2, total_tokens: 3 },
      request_id: null,
      choices: [
        { index: 0, finish_reason: "stop", message: { role: "assistant", content: "New." }, logprobs: null },
      ],
    };
    const kept = mergedAnswer(earlier, answerOf(bare));
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
    const nothing = answerOf({ object: "chat.completion", choices: [] });
    assert.deepEqual(mergedAnswer(nothing, earlier), earlier);
    assert.deepEqual(mergedAnswer(earlier, nothing), { ...earlier, stored: nothing.stored });
    const two = { ...earlier, choices: [...(earlier.choices ?? []), ...(earlier.choices ?? [])] };
    assert.equal(mergedAnswer(earlier, two).choices?.length, 2);
  });
});
